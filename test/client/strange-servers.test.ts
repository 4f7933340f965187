// What the client makes of a server that is none, or that says what no server should.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { importClient, installClient } from '../makers/install-client.ts';

const CHANNEL = '00000000-0000-4000-8000-000000000000';

interface Said {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** `answers`: one after the other, then the last again and again. */
async function start(answers: readonly Said[]) {
  const client = await importClient(await installClient());
  const asked: { path: string; at: number }[] = [];
  const say = (response: ServerResponse, { status = 200, headers, body = '' }: Said) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
  const server = createServer(({ url: path = '' }, response) => {
    asked.push({ path, at: performance.now() });
    say(response, answers[Math.min(asked.length, answers.length) - 1] ?? {});
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const usher = client.makeUsher({ url, token: 'any', patienceMs: 1000 });
  /** What comes within some time. */
  const follow = async (ms: number, options: { after?: string; wait?: number }) => {
    const taken: unknown[] = [];
    const signal = AbortSignal.timeout(ms);
    const updates = usher.channel(CHANNEL).updates({ ...options, signal });
    for await (const update of updates) taken.push(update);
    return { taken, after: updates.after };
  };
  return { client, usher, asked, follow };
}

const page = (after: string, items: object[] = []) => JSON.stringify({ after, items });
const typing = { type: 'typing' };

test.each(['31536000', '999999999', 'Sun, 06 Nov 2078 08:49:37 GMT'])(
  'a wait of years that is asked for (%s) is no reason to ask without a pause',
  async (years) => {
    const { asked, follow } = await start([{ status: 503, headers: { 'retry-after': years } }]);
    await follow(2000, { after: '1' });
    expect(asked).toHaveLength(1);
  },
);

test('where the server does not wait, the stream asks once a second, and tells at once what there is', async () => {
  const { asked, follow } = await start([
    { body: page('2', [typing]) },
    { body: page('3', [typing]) },
    { body: page('3') },
  ]);
  const { taken, after } = await follow(2500, { after: '1' });
  expect([taken.length, after]).toEqual([2, '3']);
  expect(asked.length).toBeLessThanOrEqual(5);
  expect(asked.length).toBeGreaterThanOrEqual(4);
});

test.each([
  { headers: { 'content-type': 'text/html' }, body: '<h1>Back soon</h1>' },
  { body: '{"after":"2","items":[{"ty' },
  { body: '' },
  { body: 'null' },
  { body: '{}' },
  { body: '{"items":[]}' },
  { body: '{"after":"7"}' },
])('an answer that is no page (%j) is passed over, and no update is lost', async (strange) => {
  const { follow } = await start([strange, { body: page('2', [typing]) }, { body: page('2') }]);
  expect(await follow(2500, { after: '1' })).toEqual({ taken: [typing], after: '2' });
});

test('a page of a proxy in place of an answer is a problem, and names what answered', async () => {
  const { client, usher } = await start([
    { headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' },
  ]);
  const failed = await usher.get('/api/v1/queue').catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(client.UsherProblem);
  expect(failed).toMatchObject({ code: 'answer.unknown', status: 200, body: '<h1>Welcome</h1>' });
});

test('an answer that ends half-way without saying so is none', async () => {
  const { usher } = await start([{ body: '{"waiting":' }, { body: '{"waiting":0}' }]);
  expect(await usher.get('/api/v1/queue')).toEqual({ waiting: 0 });
});

test('a list whose next page is the same again ends with a problem', async () => {
  const items = [{ id: 'a' }];
  const { usher } = await start([{ body: JSON.stringify({ items, nextCursor: 'again' }) }]);
  const read = async () => {
    for await (const _ of usher.list('/api/v1/agents'));
  };
  await expect(read()).rejects.toThrow('again');
});
