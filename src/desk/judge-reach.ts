// Whether an agent may begin a conversation with a contact on a channel, and what keeps them from it. Pure.
import { type ChannelKind, channelKinds } from '../contract/channel-kinds.ts';
import type { ReachObstacle } from '../contract/contacts.ts';
import type { ReachRow } from '../store/contact-reach.ts';

/** null: nothing. */
export function findObstacle(row: ReachRow): ReachObstacle | null {
  const { begins } = channelKinds[row.channelKind as ChannelKind];
  if (begins === null) return 'no-call';
  if (row.blocked) return 'blocked';
  if (row.isOpen) return 'open';
  if (begins === 'session' && row.session === null) return 'visitor-gone';
  if (begins === 'known-name' && row.latestName === null) return 'unknown-name';
  return null;
}

/** The outside name under which it is opened, which whoever is there knows already. */
export function nameToOpen({ channelKind, externalId, latestName }: ReachRow): string {
  const { begins } = channelKinds[channelKind as ChannelKind];
  return begins === 'known-name' ? (latestName ?? externalId) : externalId;
}
