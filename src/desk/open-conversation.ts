// A customer wants to talk: the conversation waits in the queue, unless the same one is open already.
import { v7 as uuid } from 'uuid';
import type { Priority } from '../contract/conversation.ts';
import type { InboundContact, Wants } from '../contract/inbound.ts';
import { needsKey } from '../routing/needs-key.ts';
import { lockOpenRooms } from '../store/close-conversations.ts';
import { makeGather } from '../store/gather.ts';
import {
  type Opened,
  type Opening as OpeningRow,
  openConversations,
} from '../store/open-conversations.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { type ChannelWants, findWanted, noteUnknown, type Wanted } from './find-wanted.ts';

export interface Opening {
  workspaceId: string;
  channel: { channelId: string; weight: number; remote: boolean } & ChannelWants;
  /** Besides what the channel implies. */
  wants?: Wants;
  externalId: string;
  externalChannelId: string | null;
  contact: InboundContact;
  priority: Priority;
  /** The outside system's number of the session before this one. */
  previousSessionId: number | null;
  meta: Record<string, unknown>;
  /** Found by looking, not told: a room that was closed a moment ago is left to the next look. */
  listed?: boolean;
}

type Resolved = Opening & { wanted: Wanted };

// A late webhook of a room just closed is looked up before anybody is sent there (qiscus.md §5.4).
const RECHECK_WITHIN_MS = 60_000;

/** Returns once it is committed. A repeat makes nothing new and keeps the place in the queue. */
export async function openConversation(desk: Desk, asked: Opening): Promise<Opened> {
  const { workspaceId } = asked;
  const opening: Resolved = { ...asked, wanted: await findWanted(desk, asked) };
  const openTogether = opening.listed ? openListed : openTold;
  const opened = await openTogether(desk, workspaceId, opening);
  const { unknown } = opening.wanted;
  if (opened.opened && unknown.length > 0) {
    const key = { workspaceId, conversationId: opened.conversationId as string };
    await withTx(desk.db, (tx) => noteUnknown(tx, key, unknown));
  }
  if (opened.opened) {
    desk.wake(workspaceId);
    desk.changed(workspaceId, [{ kind: 'conversation', id: opened.conversationId }]);
  }
  if (opened.asked || opened.told) desk.send(workspaceId);
  return opened;
}

const openTold = makeGather(({ db }: Pick<Desk, 'db'>, workspaceId: string, openings: Resolved[]) =>
  openConversations(db, workspaceId, shareContacts(openings).map(toRow)),
);

/** After whoever is closing the same rooms this very moment, so that their end is seen. */
const openListed = makeGather(
  ({ db }: Pick<Desk, 'db'>, workspaceId: string, openings: Resolved[]) =>
    withTx(db, async (tx) => {
      const rows = shareContacts(openings).map(toRow);
      await lockOpenRooms(tx, workspaceId, rows);
      return openConversations(tx, workspaceId, rows);
    }),
);

/** Of one contact all of a batch are written as one: each field as it was told last. */
function shareContacts(openings: readonly Resolved[]): Resolved[] {
  const contacts = new Map<string, InboundContact>();
  for (const opening of openings) {
    const { contact } = opening;
    const before = contacts.get(contactOf(opening));
    contacts.set(contactOf(opening), before === undefined ? contact : merge(before, contact));
  }
  if (contacts.size === openings.length) return [...openings];
  return openings.map((opening) => {
    return { ...opening, contact: contacts.get(contactOf(opening)) ?? opening.contact };
  });
}

function merge(before: InboundContact, now: InboundContact): InboundContact {
  return {
    externalId: now.externalId,
    name: now.name ?? before.name,
    email: now.email ?? before.email,
    phone: now.phone ?? before.phone,
    avatarUrl: now.avatarUrl ?? before.avatarUrl,
    attributes: { ...before.attributes, ...now.attributes },
  };
}

function contactOf({ channel, contact }: Opening): string {
  return `${channel.channelId} ${contact.externalId}`;
}

function toRow(opening: Resolved): OpeningRow {
  const { channel, contact } = opening;
  const { teamId, skillIds } = opening.wanted;
  return {
    conversationId: uuid(),
    channelId: channel.channelId,
    externalId: opening.externalId,
    externalChannelId: opening.externalChannelId,
    contactId: uuid(),
    contactExternalId: contact.externalId,
    contactName: contact.name,
    contactEmail: contact.email,
    contactPhone: contact.phone,
    contactAvatarUrl: contact.avatarUrl,
    contactAttributes: contact.attributes,
    priority: opening.priority,
    weight: channel.weight,
    teamId,
    skillIds,
    needsKey: needsKey({
      channelId: channel.channelId,
      remote: channel.remote,
      externalChannelId: opening.externalChannelId,
      teamId,
      skillIds,
      weight: channel.weight,
      excludedAgentIds: [],
    }),
    previousSessionId: opening.previousSessionId,
    meta: opening.meta,
    recheckWithinMs: channel.remote ? RECHECK_WITHIN_MS : 0,
    listed: opening.listed ?? false,
  };
}
