// The routes that RapidPro is given: five calls and one of our own, with the statuses and errors that its engine expects (rapidpro.md §1, §2).

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Reading, TicketOpened } from '../../contract/inbound.ts';
import { ownValue } from '../../contract/own-value.ts';
import { UUID_PATTERN } from '../../contract/uuid.ts';
import { Refused } from '../../errors.ts';
import {
  readNonce,
  readSettings,
  readTicketClosed,
  readTicketOpened,
  readVisitorMessage,
  type VisitorMessage,
} from './read.ts';
import { takeBody } from './take-body.ts';

/** What the rest of the server does for these routes. */
export interface RapidProDoor {
  /** null: there is no such channel. */
  findChannel(channelId: string): RapidProChannel | null;
  /** The database does not answer: everything may be tried again. */
  isOutage(error: unknown): boolean;
  /** After how many seconds it may be sent again; null: never. */
  retryAfter(error: unknown): number | null;
  onError(error: unknown): void;
}

export interface RapidProChannel {
  /** null: none is stored. */
  matchesSecret: ((presented: string) => boolean) | null;
  webhookUrl: string | null;
  /** Refuses what may be sent again later. */
  enter(): Promise<void>;
  /** Answers why the address may not be used, or null. */
  setWebhookUrl(url: string): Promise<string | null>;
  openTicket(
    news: TicketOpened,
  ): Promise<{ conversationId: string } | { refused: string; status: 400 | 404 }>;
  closeTicket(token: string): Promise<void>;
  /** null: the token has no conversation for it. */
  takeMessage(message: VisitorMessage): Promise<{ messageId: string } | null>;
  /** null: there is none, or these are not RapidPro's own headers. */
  getFile(
    path: string,
    headers: { token: string | undefined; user: string | undefined },
  ): Promise<SendIt | 'forbidden' | null>;
}

/** All headers except its type and length are set before. */
type SendIt = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

type Answer = { status: number; body?: unknown };

const ROOT = '/api/apps/public/';
const MAX_BODY = 1024 * 1024;
const BODY_WITHIN_MS = 10_000;
const ADDRESS = new RegExp(`^(${UUID_PATTERN})/([a-z.-]+)(/.*)?$`);

interface Call {
  /** Without a body no content type is required. */
  hasBody: boolean;
  act(channel: RapidProChannel, body: unknown): Promise<Answer>;
}

const failure = (status: number, error: string): Answer => ({ status, body: { error } });

/** By the last part of the address, then by method. */
const calls: Record<string, Partial<Record<string, Call>>> = {
  'secret.check': { GET: { hasBody: false, act: async () => ({ status: 204 }) } },
  /** Our own call, to check whether bodies of GET requests arrive. */
  'body.check': { GET: withBody(readNonce, async (_channel, body) => ({ status: 200, body })) },
  settings: {
    GET: {
      hasBody: false,
      act: async ({ webhookUrl: url }) => ({
        status: 200,
        body: { webhook: url === null ? {} : { url } },
      }),
    },
    PUT: withBody(readSettings, async (channel, { webhookUrl }) => {
      const wrong = await channel.setWebhookUrl(webhookUrl);
      return wrong === null ? { status: 204 } : failure(400, `webhook.url: ${wrong}`);
    }),
  },
  room: both(
    withBody(readTicketOpened, async (channel, news) => {
      const opened = await channel.openTicket(news);
      if ('refused' in opened) return failure(opened.status, opened.refused);
      return { status: 200, body: { id: opened.conversationId } };
    }),
  ),
  'room.close': both(
    withBody(readTicketClosed, async (channel, { token }) => {
      await channel.closeTicket(token);
      return { status: 204 };
    }),
  ),
  'visitor-message': {
    POST: withBody(readVisitorMessage, async (channel, message) => {
      const taken = await channel.takeMessage(message);
      if (taken !== null) return { status: 201, body: { id: taken.messageId } };
      return failure(404, `Could not find a room for visitor token: ${message.token}`);
    }),
  },
};

function withBody<T>(
  read: (body: unknown) => Reading<T>,
  act: (channel: RapidProChannel, news: T) => Promise<Answer>,
): Call {
  return {
    hasBody: true,
    act: async (channel, body) => {
      const news = read(body);
      return news.ok ? act(channel, news.value) : failure(400, news.error);
    },
  };
}

/** Really GET, with a body; POST for callers that cannot send that. */
function both(call: Call): Partial<Record<string, Call>> {
  return { GET: call, POST: call };
}

export async function rapidProRoutes(app: FastifyInstance, door: RapidProDoor): Promise<void> {
  // We read bodies ourselves, for every method alike, because the framework skips those of GET.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
  app.setErrorHandler((error: { statusCode?: number }, request, reply) =>
    send(request, reply, toAnswer(door, request, error)),
  );
  app.all(`${ROOT}*`, { schema: { hide: true } }, async (request, reply) => {
    const path = request.url.slice(ROOT.length).split('?')[0] ?? '';
    const [, channelId = '', name = '', rest = ''] = ADDRESS.exec(path) ?? [];
    const channel = door.findChannel(channelId);
    if (channel !== null && name === 'files') return sendFile(channel, rest, request, reply);
    // A known path with more after it is unknown.
    const methods = rest === '' || rest === '/' ? ownValue(calls, name) : undefined;
    return send(request, reply, await answer(channel, methods, request));
  });
}

async function answer(
  channel: RapidProChannel | null,
  methods: Partial<Record<string, Call>> | undefined,
  request: FastifyRequest,
): Promise<Answer> {
  if (channel === null || methods === undefined) return failure(404, 'Not found');
  if (channel.matchesSecret === null) return failure(403, 'Secret not set');
  if (!isAuthorized(channel.matchesSecret, request.headers.authorization)) {
    return failure(403, 'Invalid Authorization header');
  }
  await channel.enter();
  const call = methods[request.method];
  if (call === undefined) return failure(405, 'Method not allowed');
  if (!call.hasBody) return call.act(channel, undefined);
  const type = request.headers['content-type'];
  if (type !== undefined && !/^\s*application\/json\s*(;|$)/i.test(type)) {
    return failure(400, 'Invalid Content-Type header');
  }
  const body = await takeBody(request.raw, { maxBytes: MAX_BODY, withinMs: BODY_WITHIN_MS });
  if (body === 'too-large') return failure(413, 'Body too large');
  if (body === 'broken') return failure(400, 'Invalid JSON body');
  return call.act(channel, body.value);
}

/** The scheme as RapidPro spells it; spaces around the secret are ignored. */
function isAuthorized(
  matches: (presented: string) => boolean,
  header: string | undefined,
): boolean {
  const presented = /^Token +(\S.*)$/.exec(header ?? '')?.[1];
  return presented !== undefined && matches(presented.trim());
}

function toAnswer(
  door: RapidProDoor,
  { method }: FastifyRequest,
  error: { statusCode?: number },
): Answer {
  if (error.statusCode === 413) return failure(413, 'Body too large');
  if (error instanceof Refused) {
    const passes = door.retryAfter(error) !== null;
    return failure(passes ? 503 : error.status, error.message);
  }
  if (door.isOutage(error)) {
    // If it had a body, older clients could not send their request again (rapidpro.md §3).
    return method === 'GET' ? { status: 503 } : failure(500, 'Temporarily unavailable');
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return failure(400, 'Invalid JSON body');
  }
  door.onError(error);
  return failure(500, 'Unexpected error');
}

function send(
  { raw }: FastifyRequest,
  reply: FastifyReply,
  { status, body }: Answer,
): FastifyReply {
  // The unread rest of a body would be taken for the next request.
  if (!raw.readableEnded && status >= 400) reply.header('connection', 'close');
  reply.code(status);
  return body === undefined ? reply.send() : reply.type('application/json').send(body);
}

async function sendFile(
  channel: RapidProChannel,
  path: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { headers, method } = request;
  const one = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const named = { token: one('x-auth-token'), user: one('x-user-id') };
  const sendIt = method === 'GET' ? await channel.getFile(path, named) : null;
  if (sendIt === 'forbidden') return reply.code(403).send({ error: 'Forbidden' });
  if (sendIt === null) return reply.code(404).send({ error: 'Not found' });
  reply.header('x-content-type-options', 'nosniff').header('content-disposition', 'attachment');
  return sendIt(request, reply);
}
