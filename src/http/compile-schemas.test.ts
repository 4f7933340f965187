// Schemas are compiled when their route is first called, so that a broken one would be found by a caller: here all are.
import type { FastifySchema, RouteOptions } from 'fastify';
import { Type } from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { closedChannels, closedDoors, openFiles } from '../../test/makers/closed-doors.ts';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { silentDesk } from '../../test/makers/silent-desk.ts';
import { makeChannelDirectory } from '../desk/channel-directory.ts';
import { makeSchemaCompilers } from './compile-schemas.ts';
import { buildServer } from './server.ts';

const PARTS = ['body', 'querystring', 'params', 'headers'] as const;

async function listSchemas(): Promise<{ url: string; schema: FastifySchema }[]> {
  const { pool } = await makeDatabase();
  const desk = silentDesk(pool);
  const found: { url: string; schema: FastifySchema }[] = [];
  const directory = await makeChannelDirectory(desk);
  const app = await buildServer({
    ...{ desk, directory, channels: closedChannels({ desk, directory }) },
    publicUrl: () => 'http://localhost',
    fileMeans: openFiles(pool),
    ...closedDoors,
    onRoute: ({ url, schema }: RouteOptions) => {
      if (schema !== undefined) found.push({ url, schema });
    },
  });
  onTestFinished(() => app.close());
  await app.ready();
  return found;
}

test('the schemas of all routes can be compiled', async () => {
  const schemas = await listSchemas();
  const { forRequests, forAnswers } = makeSchemaCompilers({ eager: true });
  let compiled = 0;
  for (const { url, schema } of schemas) {
    const route = { url, method: 'GET' };
    for (const httpPart of PARTS) {
      const part = schema[httpPart];
      if (part === undefined) continue;
      forRequests({ ...route, httpPart, schema: part as never });
      compiled += 1;
    }
    for (const [httpStatus, answer] of Object.entries(schema.response ?? {})) {
      forAnswers({ ...route, httpStatus, schema: answer as never });
      compiled += 1;
    }
  }
  expect(compiled).toBeGreaterThan(200);
});

test('a schema that cannot be compiled throws here, and for a server at its first use', () => {
  const route = { url: '/', method: 'GET', httpPart: 'body' };
  const broken = { ...route, schema: { type: 'strnig' } as never };
  expect(() => makeSchemaCompilers({ eager: true }).forRequests(broken)).toThrow();
  const check = makeSchemaCompilers().forRequests(broken);
  expect(() => check('')).toThrow();
});

test('a schema is compiled once, however many routes and servers name it', () => {
  const schema = Type.Object({ name: Type.String() });
  const compiled = ['/one', '/other'].map((url) => {
    const { forRequests, forAnswers } = makeSchemaCompilers({ eager: true });
    const route = { url, method: 'GET', schema };
    return [forRequests({ ...route, httpPart: 'body' }), forAnswers(route)];
  });
  expect(compiled[0]?.[0]).toBe(compiled[1]?.[0]);
  expect(compiled[0]?.[1]).toBe(compiled[1]?.[1]);
});
