// The page that describes the API, and the contract in the pieces that it asks for: all at once it is megabytes.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Refused } from '../errors.ts';

interface Operation {
  tags?: string[];
  description?: string;
  hide?: boolean;
}
interface Document {
  info: { description?: string };
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, unknown> };
}
const [compress, expand] = [promisify(gzip), promisify(gunzip)];

const CallQuery = Type.Object({
  method: Type.String({ maxLength: 10 }),
  path: Type.String({ maxLength: 300 }),
});

export async function referenceRoutes(app: FastifyInstance): Promise<void> {
  const schema = { hide: true };
  const read = (): Document => app.swagger() as Document;
  let contents: Buffer | undefined;
  /** By method and path: as many as there are calls. */
  const calls = new Map<string, Buffer>();

  app.get('/docs/contents', { schema }, async (request, reply) => {
    contents ??= await pack(listCalls(read()));
    return sendPacked(request, reply, contents);
  });
  app.get<{ Querystring: { method: string; path: string } }>(
    '/docs/call',
    { schema: { ...schema, querystring: CallQuery } },
    async (request, reply) => {
      const { method, path } = request.query;
      const key = `${method} ${path}`;
      const known = calls.get(key) ?? (await packCall(read(), method, path));
      if (known === null) throw new Refused('route.not-found');
      calls.set(key, known);
      return sendPacked(request, reply, known);
    },
  );
  // Where programs have found the contract before.
  app.get('/docs/json', { schema }, (_request, reply) => reply.redirect('/openapi.json'));
  app.get('/docs/yaml', { schema }, (_request, reply) =>
    reply.type('application/yaml').send(app.swagger({ yaml: true })),
  );
}

const FIRST_SENTENCE = /^.*?[.:](?=\s|$)/s;

function listCalls({ info, paths = {} }: Document): object {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { tags = [], description = '' }]) => ({
      method,
      path,
      tag: tags[0] ?? 'others',
      text: FIRST_SENTENCE.exec(description)?.[0] ?? description,
    })),
  );
  return { description: info.description ?? '', calls };
}

/** With the shapes that it names. null: there is no such call. */
async function packCall(document: Document, method: string, path: string): Promise<Buffer | null> {
  const { paths = {}, components } = document;
  const methods = Object.hasOwn(paths, path) ? (paths[path] ?? {}) : {};
  const call = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (call === undefined) return null;
  return pack({ ...call, schemas: namedIn(call, components?.schemas ?? {}) });
}

function namedIn(part: object, schemas: Record<string, unknown>): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  const look = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name in named || !Object.hasOwn(schemas, name)) continue;
      named[name] = schemas[name];
      look(JSON.stringify(schemas[name]));
    }
  };
  look(JSON.stringify(part));
  return named;
}

const pack = (value: object): Promise<Buffer> => compress(JSON.stringify(value), { level: 9 });

async function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  packed: Buffer,
): Promise<FastifyReply> {
  reply.type('application/json; charset=utf-8').headers({
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
  });
  if (/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
    return reply.header('content-encoding', 'gzip').send(packed);
  }
  return reply.send(await expand(packed));
}
