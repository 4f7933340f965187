// Whether somebody is there for the visitors of each web chat, read from its agents and told to those who listen.
import { meetsVisitors } from '../contract/channel-kinds.ts';
import type { Change } from '../desk/change.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { impliedBy } from '../desk/find-wanted.ts';
import { readPresence } from '../desk/read-presence.ts';
import { type PresenceOptions, type PresenceTeller, tellPresence } from '../mqtt/tell-presence.ts';

export function openPresenceTeller(
  means: { desk: Desk; directory: ChannelDirectory } & Pick<PresenceOptions, 'onError'>,
  wire: PresenceOptions['wire'],
): PresenceTeller {
  const { desk, directory, onError } = means;
  return tellPresence({
    clock: desk.clock,
    ...{ wire, onError },
    read: (workspaceId) => {
      const channels = directory
        .all()
        .filter((one) => meetsVisitors(one) && one.workspaceId === workspaceId)
        .map((one) => {
          const { channelId, kind, weight } = one;
          return { channelId, kind, weight, ...impliedBy(one) };
        });
      return readPresence(desk, workspaceId, channels);
    },
  });
}

/** Which agents are online, their loads and their capacities. */
export function decidesPresence({ kind }: Change): boolean {
  return kind === 'agent' || kind === 'conversation' || kind === 'settings';
}
