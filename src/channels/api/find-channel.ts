// The API channel of a request's address.
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
