// Opens Rocket.Chat's room and gives it to the server.
import type { ChannelWithSecrets } from '../../store/channels.ts';
import type { Connector, ConnectorMeans } from '../connector.ts';
import { carryToRocketChat } from './carry-to-rocketchat.ts';
import { checkDeskRoute } from './check-desk-route.ts';
import { openExternalQueue } from './external-queue.ts';
import { makeFileTries } from './make-file-tries.ts';
import type { MirrorMeans } from './mirror-means.ts';
import { makeRocketChatClients } from './rocketchat-clients.ts';
import { makeRocketChatDoor } from './rocketchat-door.ts';
import { rocketChatRoutes } from './routes.ts';
import { syncRocketChat } from './sync-rocketchat.ts';

const KIND = 'rocketchat';
/** Below the ten calls a minute of an unchanged limiter, with room for lists of several pages. */
const SYNC_EVERY_MS = 20_000;
const SYNC_EVERY_RELAXED_MS = 2000;
const RELAXED_CALLS = 120;

export function openRocketChat(means: ConnectorMeans): Connector {
  const { desk, directory, outbound, publicUrl } = means;
  const externalQueue = openExternalQueue({ desk, directory });
  const clientOf = makeRocketChatClients({ clock: desk.clock, outside: outbound.typed });
  const fileTries = makeFileTries();
  const meansOf = (channelId: string): MirrorMeans | null => {
    const channel = directory.ofKind(KIND).find((one) => one.channelId === channelId);
    const client = channel === undefined ? null : clientOf(channel);
    return channel === undefined || client === null ? null : { desk, channel, client, fileTries };
  };
  return {
    kind: KIND,
    routes: async (app, given) => {
      const { wasAsked } = externalQueue;
      await app.register(checkDeskRoute, { ...given, meansOf, publicUrl, wasAsked });
      const door = makeRocketChatDoor({ desk, directory, externalQueue, log: app.log });
      await app.register(rocketChatRoutes, door);
    },
    urls: (channelId, base) => ({
      webhook: `${base}/channels/rocketchat/${channelId}/webhook`,
      events: `${base}/channels/rocketchat/${channelId}/events`,
      externalQueue: `${base}/channels/rocketchat/${channelId}/external-queue`,
    }),
    shownOnce: (_channel, made) => ({ secretToken: made }),
    carry: carryToRocketChat(meansOf),
    sync: makeSync(meansOf, desk.clock.elapsed),
    close: externalQueue.close,
  };
}

/** The house asks often while conversations wait: the answer is then that of the last time. */
function makeSync(
  meansOf: (channelId: string) => MirrorMeans | null,
  elapsed: () => number,
): (channel: ChannelWithSecrets) => Promise<string | null> {
  const last = new Map<string, { at: number; error: string | null }>();
  return async ({ channelId }) => {
    const means = meansOf(channelId);
    if (means === null) return 'The channel has no credentials.';
    const before = last.get(channelId);
    const { callsPerMinute } = means.channel.config;
    const everyMs = (callsPerMinute ?? 0) >= RELAXED_CALLS ? SYNC_EVERY_RELAXED_MS : SYNC_EVERY_MS;
    const at = elapsed();
    if (before !== undefined && at - before.at < everyMs) return before.error;
    last.set(channelId, { at, error: before?.error ?? null });
    const error = await syncRocketChat(means);
    last.set(channelId, { at, error });
    return error;
  };
}
