// Serves the emulated API over HTTP: records each call, checks who calls and how often, disturbs it, answers it.
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Fault, Faults } from './faults.ts';
import { hasPermission } from './permissions.ts';
import type { RateLimits } from './rate-limits.ts';
import { Refusal } from './refusal.ts';
import { deskRoutes } from './routes/desk-routes.ts';
import { messageRoutes } from './routes/message-routes.ts';
import { roomRoutes } from './routes/room-routes.ts';
import { type Answer, type ApiCall, failure, type Route } from './routes/route.ts';
import { settingsRoutes } from './routes/settings-routes.ts';
import { visitorRoutes } from './routes/visitor-routes.ts';
import type { AppsDoor } from './serve-apps.ts';
import { serveApps } from './serve-apps.ts';
import { serveFiles } from './serve-files.ts';
import type { User } from './state.ts';
import type { World } from './world.ts';

export interface RecordedRequest {
  /** By the server's clock. */
  at: number;
  method: string;
  /** Without the query, as `/api/v1/livechat/room`. */
  path: string;
  query: Record<string, unknown>;
  /** Files of a form by name and size alone. */
  body: unknown;
  userId: string | null;
  fault: Fault | null;
  /** null until the answer goes out: for good after a cut or a hang. */
  status: number | null;
}

export interface ServerDeps {
  world: World;
  faults: Faults;
  limits: RateLimits;
  requests: RecordedRequest[];
  apps: AppsDoor;
}

export async function createServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 200 * 1024 * 1024 });
  await app.register(multipart, { limits: { fileSize: 200 * 1024 * 1024 } });
  acceptAnything(app);
  for (const route of [
    ...visitorRoutes,
    ...messageRoutes,
    ...roomRoutes,
    ...deskRoutes,
    ...settingsRoutes,
  ]) {
    app.route({
      method: route.method,
      url: `/api/v1/${route.path}`,
      handler: (request, reply) => serve(deps, route, { request, reply }),
    });
  }
  app.get('/api/info', () => ({ version: '7.13', success: true }));
  serveFiles(app, deps);
  serveApps(app, deps);
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ success: false, error: 'Endpoint not found' }),
  );
  app.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ success: false, error: error.message }),
  );
  return app;
}

/** Bodies are kept as bytes: apps are handed them whole, and routes read JSON themselves. */
function acceptAnything(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

async function serve(deps: ServerDeps, route: Route, { request, reply }: Exchange) {
  const { world, faults, requests } = deps;
  const path = request.url.split('?', 1)[0] ?? '';
  const user = signedIn(world, request);
  const { body, files, isBad } = await readBody(request);
  const fault = faults.draw(path);
  const recorded: RecordedRequest = {
    ...{ at: world.clock.now(), method: request.method, path, fault, status: null },
    query: request.query as Record<string, unknown>,
    body: files.length === 0 ? body : { ...body, files: files.map(describe) },
    userId: user?._id ?? null,
  };
  requests.push(recorded);
  if (faults.chances.slowMs > 0 && path.includes(faults.chances.path)) {
    await new Promise((resolve) => setTimeout(resolve, faults.chances.slowMs));
  }
  if (fault === 'cut') return cut(request, reply);
  if (fault === 'not-found-page') {
    recorded.status = 404;
    return reply.code(404).type('text/html').send('<html><body>Not found</body></html>');
  }
  const query = request.query as Record<string, unknown>;
  const params = request.params as Record<string, string>;
  const call: ApiCall = { query, body, params, files, headers: request.headers, user };
  const answer = isBad
    ? failure('Invalid JSON', 'error-invalid-json')
    : (refuseByFault(deps, fault, reply) ??
      refuseByLimit(deps, route, { request, reply, user }) ??
      (await answerCall(world, route, call)));
  if (fault === 'answer-dropped') return cut(request, reply);
  if (fault === 'hang') return void reply.hijack();
  recorded.status = fault === 'html' ? 200 : answer.status;
  if (fault === 'html')
    return reply.type('text/html').send('<html><body>Bad gateway</body></html>');
  return reply.code(answer.status).type('application/json').send(JSON.stringify(answer.json));
}

function describe({ field, name, type, bytes }: ApiCall['files'][number]) {
  return { field, name, type, size: bytes.length };
}

function signedIn({ state }: World, { headers }: FastifyRequest): User | null {
  const token = headers['x-auth-token'];
  const userId = headers['x-user-id'];
  if (typeof token !== 'string' || typeof userId !== 'string') return null;
  if (state.authTokens.get(token) !== userId) return null;
  const user = state.users.get(userId);
  return user?.active ? user : null;
}

async function readBody(
  request: FastifyRequest,
): Promise<{ body: Record<string, unknown>; files: ApiCall['files']; isBad: boolean }> {
  if (request.isMultipart()) return { ...(await readForm(request)), isBad: false };
  const bytes = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return { body: {}, files: [], isBad: false };
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'));
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    return { body: isObject ? (body as Record<string, unknown>) : {}, files: [], isBad: !isObject };
  } catch {
    return { body: {}, files: [], isBad: true };
  }
}

async function readForm(request: FastifyRequest) {
  const body: Record<string, unknown> = {};
  const files: ApiCall['files'] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') body[part.fieldname] = part.value;
    else {
      const { fieldname: field, filename: name, mimetype: type } = part;
      files.push({ field, name, type, bytes: await part.toBuffer() });
    }
  }
  return { body, files };
}

function refuseByFault(
  { world, faults }: ServerDeps,
  fault: Fault | null,
  reply: FastifyReply,
): Answer | null {
  if (fault === 'server-error') {
    return { status: 500, json: { success: false, error: 'Internal server error' } };
  }
  if (fault === 'refused') return failure('Not allowed', 'error-not-allowed');
  if (fault !== 'too-many-requests') return null;
  const { waitSeconds } = faults.chances;
  reply.header('X-RateLimit-Reset', world.clock.now() + waitSeconds * 1000);
  return tooMany(waitSeconds);
}

function tooMany(seconds: number): Answer {
  const error = `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`;
  return { status: 429, json: { success: false, error } };
}

/** Per path, method and address; who may bypass it must be signed in. */
function refuseByLimit(
  { world, limits }: ServerDeps,
  route: Route,
  { request, reply, user }: Exchange & { user: User | null },
): Answer | null {
  if (!world.settings.API_Enable_Rate_Limiter) return null;
  if (user !== null && hasPermission(user, 'api-bypass-rate-limit')) return null;
  const key = `${request.ip} ${route.method} ${route.path}`;
  const { limit, remaining, reset, waitMs } = limits.count(key, route.limit);
  reply.headers({
    'X-RateLimit-Limit': limit,
    'X-RateLimit-Remaining': remaining,
    'X-RateLimit-Reset': reset,
  });
  return waitMs === 0 ? null : tooMany(Math.ceil(waitMs / 1000));
}

async function answerCall(world: World, route: Route, call: ApiCall): Promise<Answer> {
  if (route.auth !== undefined) {
    if (call.user === null) {
      const message = 'You must be logged in to do this.';
      return { status: 401, json: { success: false, status: 'error', message } };
    }
    const { user } = call;
    if (!(route.auth.needs ?? []).every((permission) => hasPermission(user, permission))) {
      const error =
        'User does not have the permissions required for this action [error-unauthorized]';
      return { status: 403, json: { success: false, error } };
    }
  }
  try {
    return await route.handle(world, call);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...failure(error.message, error.code ?? undefined), status: error.status };
  }
}

function cut(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}
