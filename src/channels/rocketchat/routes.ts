// The routes that Rocket.Chat and its app are given. A secret first; what is told is kept and answered at once.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What the rest of the server does for these routes. */
export interface RocketChatDoor {
  /** In constant time; false for a channel that does not exist or has no secret. */
  isAllowed(channelId: string, presented: string | null): boolean;
  takeWebhook(channelId: string, body: unknown): Promise<void>;
  /** Answers the ids of the events that are kept now; null: it is no list of events. */
  takeEvents(channelId: string, body: unknown): Promise<string[] | null>;
  /** The username of whom a room is to be given that Rocket.Chat makes by itself; null: nobody is free. */
  nameAgent(channelId: string, query: unknown): Promise<string | null>;
  /** Refuses what may be told again later: see retryAfter. */
  enter(channelId: string): Promise<void>;
  /** After how many seconds it may be told again; null: never. */
  retryAfter(error: unknown): number | null;
  onError(error: unknown): void;
}

/** With every message of a long conversation; one of 5,000 has about 4 MiB. */
const MAX_BODY = 16 * 1024 * 1024;
const BASE = '/channels/rocketchat/:id';

export async function rocketChatRoutes(app: FastifyInstance, door: RocketChatDoor): Promise<void> {
  app.removeAllContentTypeParsers();
  // What cannot be read is told again for nothing, so it is taken as a body that says nothing.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, parse(body as Buffer)),
  );
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    if (error.statusCode === 413) return reply.code(413).send({ error: 'Body too large' });
    const retryAfter = door.retryAfter(error);
    if (retryAfter !== null) {
      return reply.code(503).header('retry-after', retryAfter).send({ error: 'Later' });
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send({ error: 'Bad request' });
    }
    door.onError(error);
    return reply.code(500).send({ error: 'Unexpected error' });
  });
  const guard: Guard = async (
    request: FastifyRequest,
    reply: FastifyReply,
    presented: string | null,
  ) => {
    const { id } = request.params as { id: string };
    if (door.isAllowed(id, presented)) {
      await door.enter(id);
      // Whatever it says, even what is no media type: the body alone counts.
      request.headers['content-type'] = 'application/json';
      return;
    }
    // Before the body is read: the unread rest would be taken for the next request.
    return reply.code(401).header('connection', 'close').send({ error: 'Unauthorized' });
  };
  const options = { bodyLimit: MAX_BODY, schema: { hide: true } };
  app.post(
    `${BASE}/webhook`,
    {
      ...options,
      onRequest: (request, reply) =>
        guard(request, reply, one(request.headers['x-rocketchat-livechat-token'])),
    },
    async (request, reply) => {
      await door.takeWebhook((request.params as { id: string }).id, request.body);
      return reply.code(200).send({});
    },
  );
  app.post(
    `${BASE}/events`,
    {
      ...options,
      onRequest: (request, reply) => guard(request, reply, readBearer(request)),
    },
    async (request, reply) => {
      const { id } = request.params as { id: string };
      const accepted = await door.takeEvents(id, request.body);
      if (accepted === null) return reply.code(400).send({ error: 'body/events must be a list' });
      return reply.code(200).send({ accepted });
    },
  );
  addExternalQueue(app, door, guard);
}

type Guard = (
  request: FastifyRequest,
  reply: FastifyReply,
  presented: string | null,
) => Promise<FastifyReply | undefined>;

/** Rocket.Chat asks ten times at once for each room, and heeds the first answer that names somebody. */
function addExternalQueue(app: FastifyInstance, door: RocketChatDoor, guard: Guard): void {
  app.get(
    `${BASE}/external-queue`,
    {
      // Asking holds a place.
      ...{ exposeHeadRoute: false, schema: { hide: true } },
      onRequest: (request, reply) =>
        guard(request, reply, one(request.headers['x-rocketchat-secret-token'])),
    },
    async (request, reply) => {
      const { id } = request.params as { id: string };
      const username = await door.nameAgent(id, request.query);
      reply.header('cache-control', 'no-store');
      return username === null ? reply.code(404).send({}) : reply.code(200).send({ username });
    },
  );
}

function readBearer({ headers }: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

function one(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
