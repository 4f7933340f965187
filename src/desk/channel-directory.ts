// All channels in memory: they tell to which workspace a request from outside belongs.
import { type ChannelKind, isKnownKind } from '../contract/channel-kinds.ts';
import {
  type ChannelOf,
  type ChannelWithSecrets,
  listChannelsWithSecrets,
  type SealedChannel,
} from '../store/channels.ts';
import { unsealChannel } from '../store/sealed-rows.ts';
import { LockedSecret } from '../store/secret-box.ts';
import type { Desk } from './context.ts';

export interface ChannelDirectory {
  all(): readonly ChannelWithSecrets[];
  byId(channelId: string): ChannelWithSecrets | null;
  /** For the room of its kind, which knows the settings. */
  ofKind<K extends ChannelKind>(kind: K): ChannelOf<K>[];
  refresh(): Promise<void>;
}

const UNKNOWN_KIND =
  'a channel is out of service: this server does not know its kind; bring this node to the version of the others';

export async function makeChannelDirectory(
  desk: Pick<Desk, 'db' | 'log' | 'secrets'>,
): Promise<ChannelDirectory> {
  let channels: ChannelWithSecrets[] = [];
  let byId = new Map<string, ChannelWithSecrets>();
  const directory: ChannelDirectory = {
    all: () => channels,
    byId: (channelId) => byId.get(channelId) ?? null,
    ofKind: (kind) => channels.filter((one): one is ChannelOf<typeof kind> => one.kind === kind),
    refresh: async () => {
      const sealed = await listChannelsWithSecrets(desk.db);
      channels = sealed.flatMap((channel) => open(desk, channel));
      byId = new Map(channels.map((channel) => [channel.channelId, channel]));
    },
  };
  await directory.refresh();
  return directory;
}

/**
 * Channels that cannot be opened are left out: without its secrets a channel would let anybody in.
 * So are channels of a kind that only a newer server knows.
 */
function open(
  { log, secrets }: Pick<Desk, 'log' | 'secrets'>,
  channel: SealedChannel,
): ChannelWithSecrets[] {
  const { workspaceId, channelId, kind } = channel;
  if (!isKnownKind(kind)) {
    log.error({ workspaceId, channelId, kind }, UNKNOWN_KIND);
    return [];
  }
  try {
    return [unsealChannel(secrets, channel)];
  } catch (error) {
    if (!(error instanceof LockedSecret)) throw error;
    log.error(
      { workspaceId, channelId, reason: error.message },
      'a channel is out of service: its secret cannot be opened; give this node every key in use, or set the secret anew',
    );
    return [];
  }
}
