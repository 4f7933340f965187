// The routes of Agent Allocation PHP and Qiscust, with their envelopes and status codes (qiscus.md §1, §2).
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ConversationRequested, ConversationResolved } from '../../contract/inbound.ts';
import { BadBody, parseBody } from './parse-body.ts';
import {
  type Read,
  readAgentAllocation,
  readCloseRequest,
  readMarkAsResolved,
  readMaxCustomers,
  readNewRequest,
  readSetMarkAsResolved,
} from './read.ts';

/** The part of a channel that the routes need to name it. */
export interface ChannelRef {
  workspaceId: string;
  channelId: string;
}

export interface Assigned {
  roomId: string;
  agentId: string;
  /** What Qiscus answered to assign_agent. */
  rawBody: string;
}

/** What the house does for these routes. */
export interface QiscusDoor {
  /** By the secret in the address, or by the app where no secret is configured. */
  admit(key: {
    secret: string | null;
    appId: string | null;
  }): ChannelRef | 'unauthenticated' | 'unknown-app';
  /** Whether a request without a valid secret can be admitted at all. */
  mayEnter(secret: string | null): boolean;
  open(channel: ChannelRef, news: ConversationRequested): Promise<void>;
  /** Answers once it is known that Qiscus accepted an agent; null: not within a second. */
  openAndWait(channel: ChannelRef, news: ConversationRequested): Promise<Assigned | null>;
  resolve(channel: ChannelRef, news: ConversationResolved): Promise<void>;
  /** The room that the freed place received; `nothing-waits`; null: not known within a second. */
  resolveAndWait(
    channel: ChannelRef,
    news: ConversationResolved,
  ): Promise<Assigned | 'nothing-waits' | null>;
  authorize(
    authorization: string | undefined,
    access: 'read' | 'write',
  ): Promise<{ workspaceId: string } | 'unauthenticated' | 'forbidden'>;
  getMaxCustomers(workspaceId: string): Promise<number>;
  setMaxCustomers(workspaceId: string, value: number): Promise<void>;
  registerResolveWebhook(
    workspaceId: string,
    args: { url: string; enabled: boolean },
  ): Promise<
    { ok: true; url: string; isAllocateAgentWebhookEnabled: boolean } | { ok: false; error: string }
  >;
}

/** How one of the two contracts says things. */
interface Envelope {
  failure(status: number, text: string): object;
}
const php: Envelope = { failure: (status, errors) => ({ status, errors, data: null }) };
const qiscust: Envelope = { failure: (_, text) => ({ status: 'fail', error_messages: text }) };

type Answer = { status: number; body: unknown };
type Handle = (request: FastifyRequest) => Promise<Answer>;

export async function qiscusRoutes(app: FastifyInstance, door: QiscusDoor): Promise<void> {
  keepBodiesRaw(app);
  serve(
    app,
    { method: 'POST', path: '/api/v1/webhook/agent_allocation', envelope: php },
    (request) =>
      takeNews(door, request, php, { read: readAgentAllocation, act: acceptRequested(door) }),
  );
  serve(
    app,
    { method: 'POST', path: '/api/v1/webhook/mark_as_resolved', envelope: php },
    (request) =>
      takeNews(door, request, php, { read: readMarkAsResolved, act: acceptResolved(door) }),
  );
  serve(app, { method: 'POST', path: '/api/v1/new_request', envelope: qiscust }, (request) =>
    takeNews(door, request, qiscust, { read: readNewRequest, act: answerRequested(door) }),
  );
  for (const path of ['/api/v1/close_request', '/api/v1/close+_request']) {
    serve(app, { method: 'POST', path, envelope: qiscust }, (request) =>
      takeNews(door, request, qiscust, { read: readCloseRequest, act: answerResolved(door) }),
    );
  }
  serveSettings(app, door);
  serveGreetings(app);
}

function serveSettings(app: FastifyInstance, door: QiscusDoor): void {
  const path = '/api/v1/settings/max_customers';
  const read = settings(door, 'read', async ({ workspaceId }) => {
    const maxCustomers = await door.getMaxCustomers(workspaceId);
    return success('Success', { max_customers: maxCustomers });
  });
  const write = settings(door, 'write', async ({ workspaceId, body }) => {
    const wanted = readMaxCustomers(body);
    if (!wanted.ok) return failure(php, 400, wanted.error);
    await door.setMaxCustomers(workspaceId, wanted.value.maxCustomers);
    return success('Successfully updated', { max_customers: wanted.value.maxCustomers });
  });
  const register = settings(door, 'write', async ({ workspaceId, body }) => {
    const wanted = readSetMarkAsResolved(body);
    if (!wanted.ok) return failure(php, 400, wanted.error);
    const { endpoint: url, enable: enabled } = wanted.value;
    const answer = await door.registerResolveWebhook(workspaceId, { url, enabled });
    if (!answer.ok) return failure(php, 502, answer.error);
    // Never Qiscus' whole answer: it contains the secret key.
    return success('Successfully updated', {
      mark_as_resolved_webhook_url: answer.url,
      is_allocate_agent_webhook_enabled: answer.isAllocateAgentWebhookEnabled,
    });
  });
  route(app, { methods: { GET: read, POST: write }, path, envelope: php });
  const registerPath = '/api/v1/settings/set_mark_as_resolved';
  route(app, { methods: { POST: register }, path: registerPath, envelope: php });
}

function serveGreetings(app: FastifyInstance): void {
  app.get('/api/', hidden, async (_, reply) => reply.send(JSON.stringify('Hello Qiscus!')));
  app.get('/up', hidden, async () => ({ status: 'up' }));
  app.get('/api/v1/', hidden, async () => ({ hello: 'hello', world: 'world' }));
}

const hidden = { schema: { hide: true } };

type News = ConversationRequested | ConversationResolved | { kind: 'ignored' };

/** Verify, read, act: the same walk for the four webhooks. */
async function takeNews<N extends News>(
  door: QiscusDoor,
  request: FastifyRequest,
  envelope: Envelope,
  {
    read,
    act,
  }: {
    read: (body: unknown) => Read<N>;
    act: (channel: ChannelRef, news: N) => Promise<Answer>;
  },
): Promise<Answer> {
  const secret = presentedSecret(request);
  if (!door.mayEnter(secret)) return failure(envelope, 401, 'Unauthenticated.');
  const body = await parseBody(request.body as Buffer | undefined, request.headers['content-type']);
  const news = read(body);
  if (!news.ok) return failure(envelope, 400, news.error);
  const appId = 'appId' in news.value ? news.value.appId : null;
  const channel = door.admit({ secret, appId });
  if (channel === 'unauthenticated') return failure(envelope, 401, 'Unauthenticated.');
  if (channel === 'unknown-app') return failure(envelope, 403, 'Unknown app.');
  if ('externalId' in news.value) {
    request.log.debug({ room: news.value.externalId, kind: news.value.kind }, 'a webhook came in');
  }
  return act(channel, news.value);
}

function acceptRequested(door: QiscusDoor) {
  return async (channel: ChannelRef, news: ConversationRequested | { kind: 'ignored' }) => {
    if (news.kind === 'conversation-requested') await door.open(channel, news);
    return success('Successfully received.', null);
  };
}

function acceptResolved(door: QiscusDoor) {
  return async (channel: ChannelRef, news: ConversationResolved | { kind: 'ignored' }) => {
    if (news.kind === 'conversation-resolved') await door.resolve(channel, news);
    return success('Room marked as resolved.', null);
  };
}

function answerRequested(door: QiscusDoor) {
  return async (channel: ChannelRef, news: ConversationRequested | { kind: 'ignored' }) => {
    if (news.kind === 'ignored') return queued('this');
    const assigned = await door.openAndWait(channel, news);
    return assigned === null ? queued('this') : assignedAnswer(assigned);
  };
}

function answerResolved(door: QiscusDoor) {
  return async (channel: ChannelRef, news: ConversationResolved | { kind: 'ignored' }) => {
    if (news.kind === 'ignored') return { status: 204, body: undefined };
    const next = await door.resolveAndWait(channel, news);
    if (next === 'nothing-waits') return { status: 204, body: undefined };
    return next === null ? queued('the next') : assignedAnswer(next);
  };
}

function assignedAnswer({ roomId, agentId, rawBody }: Assigned): Answer {
  return {
    status: 200,
    body: {
      status: 'success',
      qiscus_agent_allocator_response: rawBody,
      roomId,
      // The contract's spelling.
      agenId: Number(agentId),
    },
  };
}

function queued(which: 'this' | 'the next'): Answer {
  const message = `${which} message is temporarily on queue`;
  return { status: 202, body: { status: 'success, queued', message, details: {} } };
}

function success(message: string, data: object | null): Answer {
  return { status: 200, body: { status: 200, message, data } };
}

function failure(envelope: Envelope, status: number, text: string): Answer {
  return { status, body: envelope.failure(status, text) };
}

function presentedSecret(request: FastifyRequest): string | null {
  const { secret: inPath } = request.params as { secret?: string };
  const { secret: inQuery } = request.query as { secret?: string | string[] };
  return inPath ?? (typeof inQuery === 'string' ? inQuery : null);
}

function settings(
  door: QiscusDoor,
  access: 'read' | 'write',
  act: (args: { workspaceId: string; body: unknown }) => Promise<Answer>,
): Handle {
  return async (request) => {
    const caller = await door.authorize(request.headers.authorization, access);
    if (caller === 'unauthenticated') return failure(php, 401, 'Unauthenticated.');
    if (caller === 'forbidden') return failure(php, 403, 'Forbidden.');
    const { headers } = request;
    const read = access === 'write';
    const body = read
      ? await parseBody(request.body as Buffer | undefined, headers['content-type'])
      : undefined;
    return act({ ...caller, body });
  };
}

/** A webhook, also with its secret as the last segment of the path. */
function serve(
  app: FastifyInstance,
  args: { method: 'POST'; path: string; envelope: Envelope },
  handle: Handle,
): void {
  const methods = { [args.method]: handle };
  route(app, { ...args, methods });
  route(app, { ...args, methods, path: `${args.path}/:secret` });
}

const allMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function route(
  app: FastifyInstance,
  args: { methods: Partial<Record<string, Handle>>; path: string; envelope: Envelope },
): void {
  app.route({
    method: [...allMethods],
    url: args.path,
    schema: { hide: true },
    errorHandler: (error, request, reply) => sendError(args.envelope, { error, request, reply }),
    handler: async (request, reply) => {
      const handle = args.methods[request.method];
      const answer =
        handle === undefined
          ? failure(
              args.envelope,
              405,
              `The ${request.method} method is not supported for this route.`,
            )
          : await handle(request);
      return reply.code(answer.status).send(answer.body);
    },
  });
}

function sendError(
  envelope: Envelope,
  {
    error,
    request,
    reply,
  }: { error: Error & { statusCode?: number }; request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  if (error instanceof BadBody) return reply.code(400).send(envelope.failure(400, error.message));
  if (error.statusCode === 413) {
    return reply.code(413).send(envelope.failure(413, 'The request body must not exceed 1 MiB.'));
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    return reply.code(status).send(envelope.failure(status, error.message));
  }
  request.log.error({ err: error }, 'a webhook could not be taken');
  return reply.code(500).send(envelope.failure(500, 'Internal server error.'));
}

/** JSON, urlencoded and multipart are all accepted, whatever the content type says. */
function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
