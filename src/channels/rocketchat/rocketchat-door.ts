// The door of the routes that Rocket.Chat and its app are given: knows them by the secret, and keeps what they tell.
import type { FastifyBaseLogger } from 'fastify';
import type { ChannelDirectory } from '../../desk/channel-directory.ts';
import type { Desk } from '../../desk/context.ts';
import { keepDeskNews } from '../../desk/desk-room.ts';
import { equalSecrets } from '../../desk/hash-secret.ts';
import { retryAfterOf } from '../../desk/retry-after.ts';
import type { ExternalQueue } from './external-queue.ts';
import { readEvents, readNews } from './read.ts';
import type { RocketChatDoor } from './routes.ts';

interface Means {
  desk: Desk;
  directory: Pick<ChannelDirectory, 'ofKind'>;
  externalQueue: ExternalQueue;
  log: FastifyBaseLogger;
}

/** By these types of the webhook a room that is none of ours is seen to have its agent. */
const TAKEN = ['LivechatSessionTaken', 'LivechatSessionStart'];

export function makeRocketChatDoor({ desk, directory, externalQueue, log }: Means): RocketChatDoor {
  const unknown = new Set<string>();
  const keep = async (channelId: string, body: unknown, isOrdered: boolean): Promise<void> => {
    const channel = directory.ofKind('rocketchat').find((one) => one.channelId === channelId);
    if (channel === undefined) return;
    const { news, kind } = readNews(body, { botId: channel.config.userId, isOrdered });
    if (news === null) return noteUnknown(log, unknown, { channelId, kind });
    const { workspaceId } = channel;
    const { roomId, servedBy: externalId } = news;
    if (await keepDeskNews(desk, { workspaceId, channelId, roomId, news })) return;
    log.debug({ channelId, kind }, 'Rocket.Chat told of a room that is none of ours');
    if (!TAKEN.includes(kind) || externalId === null) return;
    await externalQueue.noteTaken({ workspaceId, channelId, externalId, roomId });
  };
  return {
    isAllowed: (channelId, presented) => {
      const channel = directory.ofKind('rocketchat').find((one) => one.channelId === channelId);
      const { webhookSecret } = channel?.secrets ?? {};
      // Compared in any case, so that the time says nothing of the channel.
      const matches = equalSecrets(presented ?? '', webhookSecret ?? 'no-such-channel');
      return Boolean(webhookSecret) && presented !== null && matches;
    },
    takeWebhook: (channelId, body) => keep(channelId, body, false),
    takeEvents: async (channelId, body) => {
      const events = readEvents(body);
      if (events === null) return null;
      for (const event of events) await keep(channelId, event.body, true);
      return events.map(({ id }) => id);
    },
    nameAgent: externalQueue.ask,
    enter: async (channelId) => {
      const channel = directory.ofKind('rocketchat').find((one) => one.channelId === channelId);
      if (channel !== undefined) await desk.gate.enter(channel.workspaceId);
    },
    retryAfter: retryAfterOf,
    onError: (error) => log.error({ err: error }, 'a call of Rocket.Chat failed'),
  };
}

const MOST_KINDS = 100;

/** Once per kind. */
function noteUnknown(
  log: FastifyBaseLogger,
  known: Set<string>,
  { channelId, kind }: { channelId: string; kind: string },
): void {
  const key = `${channelId} ${kind}`;
  if (known.has(key) || known.size >= MOST_KINDS) return;
  known.add(key);
  log.info({ channelId, kind }, 'Rocket.Chat told something that means nothing here');
}
