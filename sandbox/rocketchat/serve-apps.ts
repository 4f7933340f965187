// The addresses of apps: what comes there is handed to the engine, if one is there.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RecordedRequest } from './server.ts';
import type { World } from './world.ts';

export interface AppRequest {
  method: string;
  /** public: anybody; private: only with the secret part of the address. */
  visibility: 'public' | 'private';
  appId: string;
  /** Of a private address. */
  hash: string | null;
  /** Behind the app's part, with a slash in front, without the query. */
  path: string;
  query: Record<string, unknown>;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  ip: string;
}

export interface AppAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as it is; an object as JSON. */
  body?: unknown;
}

/** What the server's admins do with apps, by its own API. */
export interface AppManagement {
  /** Answers the app's declaration; throws what the admin reads. */
  install(zip: Buffer): Promise<object>;
  /** Answers the settings that there are; null: there is no such app. */
  changeSettings(
    appId: string,
    settings: { id: string; value: unknown }[],
  ): Promise<object[] | null>;
  status(appId: string): string | null;
}

/** Null: there is no engine, and its addresses are unknown. */
export interface AppsDoor {
  answer: ((request: AppRequest) => Promise<AppAnswer>) | null;
  manage: AppManagement | null;
}

export function serveApps(
  app: FastifyInstance,
  deps: { apps: AppsDoor; requests: RecordedRequest[]; world: World },
): void {
  const { apps, requests, world } = deps;
  serveManagement(app, deps);
  app.route<{ Params: { visibility: string; appId: string; '*': string } }>({
    method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
    url: '/api/apps/:visibility/:appId/*',
    handler: async (request, reply) => {
      const { visibility, appId, '*': rest } = request.params;
      const query = request.query as Record<string, unknown>;
      const body = await readBody(request);
      const path = request.url.split('?', 1)[0] ?? '';
      const recorded: RecordedRequest = {
        ...{ at: world.clock.now(), method: request.method, path, query },
        ...{ body: body.toString(), userId: null, fault: null, status: null },
      };
      requests.push(recorded);
      const isPrivate = visibility === 'private';
      if (apps.answer === null || !(isPrivate || visibility === 'public')) {
        recorded.status = 404;
        return reply.code(404).send({ success: false, error: 'Not found' });
      }
      const [hash = '', ...parts] = isPrivate ? rest.split('/') : ['', rest];
      const answer = await apps.answer({
        ...{ method: request.method, appId, query, body, ip: request.ip },
        headers: request.headers,
        visibility: isPrivate ? 'private' : 'public',
        hash: isPrivate ? hash : null,
        path: `/${parts.join('/')}`,
      });
      recorded.status = answer.status;
      return reply
        .code(answer.status)
        .headers(answer.headers ?? {})
        .send(answer.body);
    },
  });
}

/** Fastify leaves the body of a GET unread; RapidPro sends one. */
async function readBody({ body, raw }: FastifyRequest): Promise<Buffer> {
  if (Buffer.isBuffer(body)) return body;
  const chunks: Buffer[] = [];
  for await (const chunk of raw) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Install, settings and status, for who may manage apps. */
function serveManagement(
  app: FastifyInstance,
  { apps, world }: { apps: AppsDoor; world: World },
): void {
  const guard = async (request: FastifyRequest, reply: FastifyReply) => {
    const { 'x-user-id': userId, 'x-auth-token': token } = request.headers;
    const user = world.state.users.get(String(userId));
    const isSignedIn = user !== undefined && world.state.authTokens.get(String(token)) === userId;
    if (!isSignedIn)
      return reply
        .code(401)
        .send({ status: 'error', message: 'You must be logged in to do this.' });
    if (!user.roles.includes('admin') || apps.manage === null) {
      return reply.code(403).send({ success: false, error: 'unauthorized' });
    }
  };
  const options = { preHandler: guard };
  app.post('/api/apps', options, async (request, reply) => {
    try {
      const zip = await readZip(request);
      return { success: true, app: await apps.manage?.install(zip) };
    } catch (error) {
      return reply.code(400).send({ success: false, error: (error as Error).message });
    }
  });
  app.post<{ Params: { id: string } }>(
    '/api/apps/:id/settings',
    options,
    async (request, reply) => {
      const { settings = [] } = JSON.parse(String(request.body)) as {
        settings?: { id: string; value: unknown }[];
      };
      const updated = await apps.manage?.changeSettings(request.params.id, settings);
      if (!updated)
        return reply
          .code(404)
          .send({ success: false, status: `No App found by the id of: ${request.params.id}` });
      return { success: true, updated };
    },
  );
  app.get<{ Params: { id: string } }>('/api/apps/:id/status', options, async (request, reply) => {
    const status = apps.manage?.status(request.params.id);
    if (!status)
      return reply
        .code(404)
        .send({ success: false, status: `No App found by the id of: ${request.params.id}` });
    return { success: true, status };
  });
}

async function readZip(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw new Error('Failed to get a file to install for the App.');
  for await (const part of request.parts()) {
    if (part.type === 'file' && part.fieldname === 'app') return part.toBuffer();
  }
  throw new Error('[error-file-required] No file uploaded');
}
