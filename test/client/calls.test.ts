// What the client does around each call, against a real Usher and a line that loses answers.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { importClient, installClient } from '../makers/install-client.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { type Fate, type Passed, startLosingProxy } from '../makers/start-losing-proxy.ts';
import { startTestUsher, TOKEN } from '../makers/start-test-usher.ts';
import { SECRET, startWithReceiver } from '../makers/start-with-receiver.ts';

async function start(fate: (request: Passed, nth: number) => Fate = () => 'passes') {
  const client = await importClient(await installClient());
  const usher = await startTestUsher();
  const proxy = await startLosingProxy(usher.url);
  proxy.decide(fate);
  const connect = (change: object = {}) =>
    client.makeUsher({ url: proxy.url, token: TOKEN, ...change });
  return { client, usher, proxy, connect, api: connect() };
}

const count = async <T>(items: AsyncIterable<T>) => {
  let found = 0;
  for await (const _ of items) found += 1;
  return found;
};

test.each(['is lost', 'is half'] as const)(
  'of twenty agents, whose answers each %s at first, none is there twice',
  async (fate) => {
    const { api, proxy } = await start(({ method }, nth) =>
      method === 'POST' && nth === 0 ? fate : 'passes',
    );
    const names = Array.from({ length: 20 }, (_, nth) => `Agent ${nth}`);
    const made = await Promise.all(
      names.map((name) => api.post('/api/v1/agents', { body: { name } })),
    );
    expect(made.map(({ name }) => name)).toEqual(names);
    const there: string[] = [];
    for await (const { name } of api.list('/api/v1/agents')) there.push(name);
    expect(there.sort()).toEqual(names.sort());
    const keys = proxy.passed.filter(({ method }) => method === 'POST').map(({ key }) => key);
    expect(keys).toHaveLength(40);
    expect(new Set(keys).size).toBe(20);
  },
);

test('messages whose answers are lost are said once each, and in the order in which they were sent', async () => {
  const { api, usher } = await start(({ path, method }, nth) =>
    method === 'POST' && path.endsWith('/messages') && nth < 2 ? 'is lost' : 'passes',
  );
  const { id } = await makeApiChannel(usher);
  const shop = api.channel(id);
  await shop.open({ externalId: 'case-17', contact: { externalId: 'customer-4' } });
  const texts = ['one', 'two', 'three', 'four'];
  for (const text of texts) await shop.say({ conversation: 'case-17', text });
  const said: string[] = [];
  for await (const { text } of shop.messages('case-17')) said.push(text);
  expect(said).toEqual(texts);
});

test('a list is fetched page after page, and no further than it is read', async () => {
  const { api, proxy } = await start();
  for (const name of ['A', 'B', 'C', 'D', 'E'])
    await api.post('/api/v1/agents', { body: { name } });
  const pages = () => proxy.passed.filter(({ path }) => path.includes('limit=2')).length;
  const agents = () => api.list('/api/v1/agents', { params: { query: { limit: 2 } } });
  expect(await count(agents())).toBe(5);
  expect(pages()).toBe(3);
  for await (const { name } of agents()) if (name === 'B') break;
  expect(pages()).toBe(4);
});

test('a long conversation is read whole by its numbers', async () => {
  const { api, usher } = await start();
  const { id } = await makeApiChannel(usher);
  const contact = { externalId: 'customer-4' };
  const opened = await api.channel(id).open({ externalId: 'case-17', contact });
  const say = (nth: number) => api.channel(id).say({ conversation: 'case-17', text: `${nth}` });
  for (let nth = 0; nth < 7; nth += 1) await say(nth);
  const path = { id: opened.id };
  const texts: string[] = [];
  const list = api.list('/api/v1/conversations/{id}/messages', {
    params: { path, query: { limit: 3 } },
  });
  for await (const { text } of list) texts.push(text);
  expect(texts).toEqual(['0', '1', '2', '3', '4', '5', '6']);
});

test('after 503 with Retry-After the call waits as long as it was asked to', async () => {
  const { api } = await start((_, nth) =>
    nth === 0 ? { status: 503, retryAfter: '1' } : 'passes',
  );
  const began = performance.now();
  expect(await api.get('/api/v1/queue')).toMatchObject({ waiting: 0 });
  expect(performance.now() - began).toBeGreaterThanOrEqual(1000);
});

test('a wait that is longer than the program’s patience is told to it instead', async () => {
  const { api, proxy, client } = await start(() => ({ status: 429, retryAfter: '3600' }));
  const refused = await api.get('/api/v1/queue').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(client.UsherProblem);
  expect(refused).toMatchObject({ status: 429, retryAfterMs: 3_600_000 });
  expect(proxy.passed).toHaveLength(1);
});

test('a refusal has its code, is told at once, and is not sent again', async () => {
  const { api, proxy, client } = await start();
  const path = { id: '00000000-0000-4000-8000-000000000000' };
  const refused = await api
    .patch('/api/v1/agents/{id}', { params: { path }, body: { name: 'Ana' } })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(client.UsherProblem);
  expect(refused).toMatchObject({
    ...{ code: 'agent.not-found', status: 404, requestId: expect.any(String) },
    message: expect.stringContaining('There is no such agent.'),
  });
  expect(proxy.passed).toHaveLength(1);
});

test('what takes no key is not sent again when its answer is lost', async () => {
  const { api, proxy, client } = await start(() => 'is lost');
  const asked = api.post('/api/v1/session/mqtt').catch((error: unknown) => error);
  expect(await asked).toBeInstanceOf(client.UsherUnreachable);
  expect(proxy.passed).toMatchObject([{ key: null }]);
});

test('where nobody answers, the call fails when the patience is over, and names the address', async () => {
  const { connect } = await start();
  const url = `http://127.0.0.1:${await findFreePort()}`;
  const api = connect({ url, patienceMs: 1000 });
  await expect(api.get('/api/v1/queue')).rejects.toThrow(`No answer to GET ${url}/api/v1/queue.`);
});

test('a server that never answers is given up after the time that an attempt may take', async () => {
  const { connect } = await start(() => 'hangs');
  const api = connect({ timeoutMs: 200, patienceMs: 0 });
  await expect(api.get('/api/v1/queue')).rejects.toThrow('No answer');
});

test('it is given up too where the memory is cleared up meanwhile', async () => {
  const { connect } = await start(() => 'hangs');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const timer = setInterval(collect, 10);
  onTestFinished(() => clearInterval(timer));
  const calls = Array.from({ length: 20 }, () => {
    return expect(connect({ timeoutMs: 200, patienceMs: 0 }).get('/api/v1/queue')).rejects.toThrow(
      'No answer',
    );
  });
  await Promise.all(calls);
});

test('a call that is aborted ends at once with the reason', async () => {
  const { connect } = await start(() => ({ status: 503 }));
  const signal = AbortSignal.timeout(300);
  await expect(connect().get('/api/v1/queue', { signal })).rejects.toThrow(
    expect.objectContaining({ name: 'TimeoutError' }),
  );
});

test('a redirect is not followed: the token would go along', async () => {
  const { api, proxy } = await start(() => ({ status: 302 }));
  await expect(api.get('/api/v1/queue')).rejects.toThrow('redirects');
  expect(proxy.passed).toHaveLength(1);
});

test('a webhook of Usher is read, and refused when it was changed or is older than five minutes', async () => {
  const { readWebhook } = await importClient(await installClient());
  const { open, listen, usher } = await startWithReceiver();
  const { receiver } = await listen();
  await open();
  await expect.poll(() => receiver.requests.length).toBe(1);
  const [request] = receiver.requests;
  const { headers = {}, body = Buffer.alloc(0) } = request ?? {};
  const now = usher.clock.now() / 1000;
  const read = (change: object) => readWebhook({ headers, body, secret: SECRET, now, ...change });
  expect(await read({})).toMatchObject({ type: 'session_state_open' });
  for (const [reason, change] of [
    ['signature', { body: body.toString().replace('open', 'close') }],
    ['signature', { secret: 'another' }],
    ['timestamp', { now: now + 360 }],
  ] as const) {
    await expect(read(change)).rejects.toThrow(expect.objectContaining({ reason }));
  }
});
