// Whether somebody is there for the contacts of each channel that tells them, read from its agents and told to those who listen.
import type { WaitingPrograms } from '../channels/api/waiting-programs.ts';
import { tellsPresence } from '../contract/channel-kinds.ts';
import type { Change } from '../desk/change.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { impliedBy } from '../desk/find-wanted.ts';
import { readPresence } from '../desk/read-presence.ts';
import { type PresenceOptions, type PresenceTeller, tellPresence } from '../mqtt/tell-presence.ts';

export function openPresenceTeller(
  means: {
    desk: Desk;
    directory: ChannelDirectory;
    programs: Pick<WaitingPrograms, 'channelsOf'>;
  } & Pick<PresenceOptions, 'onError'>,
  wire: PresenceOptions['wire'],
): PresenceTeller {
  const { desk, directory, programs, onError } = means;
  return tellPresence({
    clock: desk.clock,
    onError,
    wire: {
      tellPresence: wire.tellPresence,
      isHeard: (id) => wire.isHeard(id) || programs.channelsOf(id, 'presence').length > 0,
    },
    read: (workspaceId) => {
      const channels = directory
        .all()
        .filter((one) => tellsPresence(one.kind) && one.workspaceId === workspaceId)
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
