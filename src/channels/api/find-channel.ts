// The API channel of a request's address.
import { type Actor, isBoundTo } from '../../access/can.ts';
import type { ChannelDirectory } from '../../desk/channel-directory.ts';
import { Refused } from '../../errors.ts';

/** Refuses `channel.not-found`. */
export function requireApiChannel(
  directory: Pick<ChannelDirectory, 'ofKind'>,
  workspaceId: string,
  id: string,
) {
  const channelId = id.toLowerCase();
  const found = directory.ofKind('api').find((one) => one.channelId === channelId);
  if (found?.workspaceId !== workspaceId) throw new Refused('channel.not-found');
  return found;
}

/** For its own program alone. Refuses `channel.not-found` and `channel.own-token-needed`. */
export function requireOwnChannel(
  { directory }: { directory: Pick<ChannelDirectory, 'ofKind'> },
  actor: Actor,
  id: string,
): string {
  const { channelId } = requireApiChannel(directory, actor.workspaceId, id);
  if (!isBoundTo(actor, channelId)) throw new Refused('channel.own-token-needed');
  return channelId;
}
