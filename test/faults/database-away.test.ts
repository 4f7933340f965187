// The database is gone, or hangs: every route answers within seconds, in its contract's own words.
import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { makeChannelDirectory } from '../../src/desk/channel-directory.ts';
import { buildServer } from '../../src/http/server.ts';
import { closedChannels, closedDoors, openFiles } from '../makers/closed-doors.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import { startTcpProxy } from '../makers/start-tcp-proxy.ts';
import { eventually, startTestUsher, type TestUsher, TOKEN } from '../makers/start-test-usher.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';

const ID = '01a202c3-52bb-77c2-80f4-b0e395f00b2c';
const SECONDS = 1000;
// Three until it is sure, one between two looks, and the machine's own.
const WITHIN_MS = 8 * SECONDS;
const AT_A_TIME = 40;

/** Lists them as the server registers them: an outage must find each. */
async function listRoutes(): Promise<[method: string, url: string][]> {
  const { pool } = await makeDatabase();
  const routes: [string, string][] = [];
  const desk = silentDesk(pool);
  const directory = await makeChannelDirectory(desk);
  const app = await buildServer({
    ...{ desk, directory, channels: closedChannels({ desk, directory }) },
    publicUrl: () => 'http://localhost',
    fileMeans: openFiles(pool),
    ...closedDoors,
    onRoute: ({ method, url }) => {
      for (const one of [method].flat()) {
        if (!['HEAD', 'OPTIONS', 'TRACE', 'CONNECT'].includes(one)) routes.push([one, url]);
      }
    },
  });
  await app.ready();
  onTestFinished(() => app.close());
  return routes.filter(([method]) => /^[A-Z]+$/.test(method));
}

async function startBehindProxy() {
  const { url } = await makeDatabase();
  const { hostname, port } = new URL(url);
  const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  const through = new URL(url);
  through.port = String(proxy.port);
  through.hostname = '127.0.0.1';
  const usher = await startTestUsher({ DATABASE_URL: through.href, QISCUS_WEBHOOK_SECRET: 'hook' });
  usher.expectErrors(LOST_DATABASE);
  return { usher, proxy };
}

interface Answer {
  route: string;
  status: number;
  ms: number;
  retryAfter: string | undefined;
  type: string;
  text: string;
}

async function ask({ url }: TestUsher, [method, path]: [string, string]): Promise<Answer> {
  const filled = path
    .replace(':secret', 'hook')
    .replace(/:[a-zA-Z]+/g, ID)
    .replace('*', 'x');
  const began = performance.now();
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const { statusCode, headers, body } = await request(new URL(filled, url), {
    method: method as 'GET',
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: bodyOf(filled) } : {}),
    headersTimeout: 30_000,
  });
  const text = await body.text();
  return {
    route: `${method} ${path}`,
    status: statusCode,
    ms: performance.now() - began,
    retryAfter: headers['retry-after'] as string | undefined,
    type: String(headers['content-type']),
    text,
  };
}

const bodyOf = (path: string) =>
  path.includes('/webhook/') || path.includes('_request')
    ? JSON.stringify({ app_id: 'test-app', room_id: '7', source: 'qiscus' })
    : '{}';

async function expectSoon(usher: TestUsher): Promise<void> {
  const routes = await listRoutes();
  expect(routes.length).toBeGreaterThan(100);
  const answers: Answer[] = [];
  // Some at a time: what is measured is the wait for the database, not for one another.
  for (let at = 0; at < routes.length; at += AT_A_TIME) {
    const some = routes.slice(at, at + AT_A_TIME);
    answers.push(...(await Promise.all(some.map((route) => ask(usher, route)))));
  }
  expect(answers.filter(({ status }) => status === 500 || status === 502)).toEqual([]);
  expect(answers.filter(({ ms }) => ms > WITHIN_MS)).toEqual([]);
  const away = answers.filter(({ status }) => status === 503);
  expect(away.filter(({ retryAfter }) => !/^\d+$/.test(retryAfter ?? ''))).toEqual([]);
  // The others want more than this test sends, or nothing of the database.
  expect(away.length).toBeGreaterThan(90);
  const shapeOf = (route: string) =>
    JSON.parse(away.find((one) => one.route === route)?.text ?? '{}');
  expect(shapeOf('GET /api/v1/agents')).toMatchObject({
    code: 'server.database-away',
    status: 503,
  });
  expect(shapeOf('POST /api/v1/webhook/agent_allocation/:secret')).toEqual({
    status: 503,
    errors: expect.any(String),
    data: null,
  });
  expect(shapeOf('POST /api/v1/new_request/:secret')).toEqual({
    status: 'fail',
    error_messages: expect.any(String),
  });
}

test('a database that is gone: 503 with Retry-After at every route that needs it, and the pages come', async () => {
  const { usher, proxy } = await startBehindProxy();
  await proxy.goDown();
  await expectSoon(usher);
  expect((await ask(usher, ['GET', '/livez'])).status).toBe(200);
  const { status, text } = await ask(usher, ['GET', '/metrics']);
  expect(status).toBe(200);
  expect(text).toMatch(/^usher_database_up 0$/m);
  expect(text).not.toMatch(/^usher_waiting\{/m);
  await proxy.comeBack();
  const works = async () => (await ask(usher, ['GET', '/api/v1/agents'])).status;
  await eventually(works, (status) => status === 200, 20_000);
}, 120_000);

test('a database that hangs: the same within seconds, also for what was under way when it began to', async () => {
  const { usher, proxy } = await startBehindProxy();
  expect((await ask(usher, ['GET', '/api/v1/agents'])).status).toBe(200);
  proxy.freeze();
  await expectSoon(usher);
  await proxy.comeBack();
  const works = async () => (await ask(usher, ['GET', '/api/v1/agents'])).status;
  await eventually(works, (status) => status === 200, 20_000);
}, 120_000);

test('Rocket.Chat’s External routing is told to ask later', async () => {
  const { usher, proxy } = await startBehindProxy();
  const secret = 'rocket-webhook-secret';
  const made = await usher.call('POST', '/api/v1/channels', {
    body: {
      ...{ kind: 'rocketchat', name: 'Rocket.Chat' },
      config: { baseUrl: 'https://chat.example.com', userId: 'bot' },
      secrets: { authToken: 'token', webhookSecret: secret },
    },
  });
  const { urls } = made.body as { urls: { externalQueue: string } };
  const path = new URL(urls.externalQueue).pathname;
  const headers = { 'x-rocketchat-secret-token': secret };
  const askQueue = () => request(new URL(path, usher.url), { headers });
  const before = await askQueue();
  expect([before.statusCode, await before.body.json()]).toEqual([404, {}]);
  await proxy.goDown();
  const away = await askQueue();
  expect([away.statusCode, await away.body.json()]).toEqual([503, { error: 'Later' }]);
  expect(away.headers['retry-after']).toBe('5');
}, 60_000);
