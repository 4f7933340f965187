// Serves the emulated API over HTTP: records each call, disturbs it as the switches say, answers it.
import { setTimeout as sleep } from 'node:timers/promises';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import qs from 'qs';
import { isAuthorised } from './auth.ts';
import { drawFate, type Fate } from './faults.ts';
import { asFields } from './fields.ts';
import { agentRoutes } from './routes/agent-routes.ts';
import { appRoutes } from './routes/app-routes.ts';
import { roomRoutes } from './routes/room-routes.ts';
import { type Answer, type Route, refuseV1 } from './routes/route.ts';
import { serviceRoutes } from './routes/service-routes.ts';
import type { World } from './world.ts';

export interface RecordedCall {
  at: number;
  method: string;
  /** Without the query. */
  path: string;
  query: Record<string, unknown>;
  body: unknown;
  /** null until the answer goes out: for good after a hang or a reset. */
  status: number | null;
}

export interface Server {
  readonly app: FastifyInstance;
  readonly calls: RecordedCall[];
  close(): Promise<void>;
}

/** `?ids[]=` may be repeated more often than qs expects. */
const parseForm = (text: string) => qs.parse(text, { arrayLimit: 1000, parameterLimit: 10_000 });

export async function createServer(world: World): Promise<Server> {
  const closing = new AbortController();
  const calls: RecordedCall[] = [];
  const app = Fastify({
    forceCloseConnections: true,
    routerOptions: { querystringParser: parseForm, ignoreTrailingSlash: true },
  });
  // Qiscus reads a JSON body of a GET.
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  await app.register(formbody, { parser: parseForm });
  await app.register(multipart, { attachFieldsToBody: 'keyValues' });
  acceptEmptyJson(app);
  const serve = createDoor({ world, calls, signal: closing.signal });
  for (const route of [...appRoutes, ...agentRoutes, ...roomRoutes, ...serviceRoutes]) {
    app.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => serve(route, request, reply),
    });
  }
  app.setNotFoundHandler((request, reply) => {
    calls.push(record(request, 404));
    return reply.code(404).send({ errors: 'Not found' });
  });
  app.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    calls.push(record(request, status));
    return reply.code(status).send({ errors: error.message });
  });
  return {
    app,
    calls,
    async close() {
      closing.abort();
      await app.close();
    },
  };
}

function acceptEmptyJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? {} : JSON.parse(String(text)));
    } catch {
      done(Object.assign(new Error('The request body must be valid JSON.'), { statusCode: 400 }));
    }
  });
}

/** Every call of a known route passes here. */
function createDoor(deps: { world: World; calls: RecordedCall[]; signal: AbortSignal }) {
  const { world, calls, signal } = deps;
  const wait = (ms: number) =>
    ms <= 0 ? Promise.resolve() : sleep(ms, undefined, { signal }).catch(() => {});

  return async (route: Route, request: FastifyRequest, reply: FastifyReply) => {
    const call = record(request, null);
    calls.push(call);
    const fate = drawFate(world, { path: call.path, writes: route.writes ?? false });
    await wait(fate.halfLatencyMs);
    if (fate.before === 'hang') return leaveHanging(reply);
    const answer = refuseByFate(world, fate) ?? answerCall(world, route, request);
    await wait(fate.halfLatencyMs);
    if (fate.after === 'hang') return leaveHanging(reply);
    if (fate.after === 'reset') return reset(request, reply);
    call.status = answer.status;
    return send(reply, { world, fate, answer });
  };
}

function record(request: FastifyRequest, status: number | null): RecordedCall {
  return {
    at: Date.now(),
    method: request.method,
    path: pathOf(request),
    query: asFields(request.query),
    body: request.body,
    status,
  };
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

function refuseByFate({ random }: World, { before }: Fate): Answer | null {
  if (before === 'rate-limit') return refuseV1(429, 'Too many requests');
  if (before !== 'error') return null;
  return refuseV1(random.pick([500, 502, 503]) ?? 500, 'Internal server error');
}

function answerCall(world: World, route: Route, request: FastifyRequest): Answer {
  const { headers } = request;
  const credentials = {
    appId: firstHeader(headers['qiscus-app-id']),
    secretKey: firstHeader(headers['qiscus-secret-key']),
    token: headers.authorization,
  };
  if (!isAuthorised(world, route.scheme, credentials)) return refuseV1(401, 'Unauthorized');
  // Only seen at the login and the webhook registration; elsewhere an assumption.
  if (request.isMultipart() && !route.multipart) return refuseV1(415, 'Unsupported media type');
  return route.handle(world, {
    query: asFields(request.query),
    body: asFields(request.body),
    params: asFields(request.params),
    url: `http://${request.host}${pathOf(request)}`,
  });
}

function firstHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** The socket stays open until the client or the emulator closes it. */
function leaveHanging(reply: FastifyReply): void {
  reply.hijack();
}

function reset(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}

const HTML_PAGE =
  '<!DOCTYPE html><html><head><title>Server Error</title></head><body><h1>Server Error</h1></body></html>';

function send(
  reply: FastifyReply,
  { world, fate, answer }: { world: World; fate: Fate; answer: Answer },
): FastifyReply {
  const hidden = world.switches.refusalsAs200 && answer.status >= 400 && answer.status < 500;
  reply.code(hidden ? 200 : answer.status);
  const seconds = world.switches.rate429?.retryAfterSeconds ?? null;
  if (fate.before === 'rate-limit' && seconds !== null) reply.header('retry-after', seconds);
  if (fate.after === 'html-body') return reply.type('text/html; charset=utf-8').send(HTML_PAGE);
  if (fate.after === 'empty-body') return reply.send('');
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.json));
}
