// The routes of Agent Allocation PHP and Qiscust, with their envelopes and status codes (qiscus.md §1, §2).
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ConversationRequested, ConversationResolved } from '../../contract/inbound.ts';
import {
  type Answer,
  assignedAnswer,
  type Envelope,
  failure,
  php,
  qiscust,
  queued,
  success,
} from './answers.ts';
import type { ChannelRef, QiscusDoor } from './door.ts';
import { parseBody } from './parse-body.ts';
import {
  type Read,
  readAgentAllocation,
  readCloseRequest,
  readMarkAsResolved,
  readMaxCustomers,
  readNewRequest,
  readSetMarkAsResolved,
} from './read.ts';
import { type Handle, keepBodiesRaw, route, serve } from './serve.ts';

export async function qiscusRoutes(app: FastifyInstance, door: QiscusDoor): Promise<void> {
  keepBodiesRaw(app);
  serve(
    app,
    door,
    { method: 'POST', path: '/api/v1/webhook/agent_allocation', envelope: php },
    (request) =>
      takeNews(door, request, php, { read: readAgentAllocation, act: acceptRequested(door) }),
  );
  serve(
    app,
    door,
    { method: 'POST', path: '/api/v1/webhook/mark_as_resolved', envelope: php },
    (request) =>
      takeNews(door, request, php, { read: readMarkAsResolved, act: acceptResolved(door) }),
  );
  serve(app, door, { method: 'POST', path: '/api/v1/new_request', envelope: qiscust }, (request) =>
    takeNews(door, request, qiscust, { read: readNewRequest, act: answerRequested(door) }),
  );
  for (const path of ['/api/v1/close_request', '/api/v1/close+_request']) {
    serve(app, door, { method: 'POST', path, envelope: qiscust }, (request) =>
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
  route(app, door, { methods: { GET: read, POST: write }, path, envelope: php });
  const registerPath = '/api/v1/settings/set_mark_as_resolved';
  route(app, door, { methods: { POST: register }, path: registerPath, envelope: php });
}

function serveGreetings(app: FastifyInstance): void {
  app.get('/api/', hidden, async (_, reply) => reply.send(JSON.stringify('Hello Qiscus!')));
  app.get('/up', hidden, async () => ({ status: 'up' }));
  app.get('/api/v1/', hidden, async () => ({ hello: 'hello', world: 'world' }));
}

const hidden = { schema: { hide: true } };

type News = ConversationRequested | ConversationResolved | { kind: 'ignored' };

/** Verify, read, act: the same steps for the four webhooks. */
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
  const appIds = 'appIds' in news.value ? news.value.appIds : [];
  const channel = door.admit({ secret, appIds });
  if (channel === 'unauthenticated') return failure(envelope, 401, 'Unauthenticated.');
  if (channel === 'unknown-app') return failure(envelope, 403, 'Unknown app.');
  await door.enter(channel);
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

function presentedSecret(request: FastifyRequest): string | null {
  const { secret: inPath = [] } = request.params as { secret?: string };
  const { secret: inQuery = [] } = request.query as { secret?: string | string[] };
  const given = new Set([inPath, inQuery].flat().filter((one) => one !== ''));
  // Several values are joined, so that they match nothing.
  return given.size === 0 ? null : [...given].join('\n');
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
