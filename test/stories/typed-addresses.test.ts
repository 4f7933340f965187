// What can be typed as an address is called through the guard; what only the environment names may be anywhere.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Channel } from '../../src/contract/channels.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startWithQiscus } from '../makers/start-with-qiscus.ts';

/** Something inside that nobody outside is to reach. */
async function startInside(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('<title>the inside</title>{"data":{"agents":[]}}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const qiscusAt = (baseUrl: string) => ({
  kind: 'qiscus',
  name: 'Typed',
  config: { baseUrl, appId: 'typed-app' },
  secrets: { secretKey: 'a-secret-key' },
});

async function channelsOf(usher: TestUsher): Promise<Channel[]> {
  const { body } = await usher.call('GET', '/api/v1/channels');
  return (body as { items: Channel[] }).items;
}

test('a Qiscus address inside is refused as it is typed, and as it is changed', async () => {
  const usher = await startTestUsher();
  for (const baseUrl of ['http://127.0.0.1:8080', 'http://169.254.169.254/', 'http://[::1]:5432']) {
    const { status, body } = await usher.call('POST', '/api/v1/channels', {
      body: qiscusAt(baseUrl),
    });
    expect(status, baseUrl).toBe(400);
    expect(body).toMatchObject({
      code: 'request.invalid',
      detail: expect.stringMatching(/baseUrl/),
    });
  }
  const [own] = (await channelsOf(usher)).filter(({ kind }) => kind === 'qiscus');
  const changed = { config: { baseUrl: 'http://10.0.0.1', appId: 'test-app' } };
  const path = `/api/v1/channels/${own?.id}`;
  expect((await usher.call('PATCH', path, { body: changed })).status).toBe(400);
  // As it was: the rest can be changed without being told off for it.
  expect((await usher.call('PATCH', path, { body: { config: own?.config } })).status).toBe(200);
});

test('a channel that was saved with an address inside is not called, and says so without telling what is there', async () => {
  const inside = await startInside();
  const usher = await startTestUsher({ QISCUS_SYNC_CALM_MS: '200' });
  const [own] = (await channelsOf(usher)).filter(({ kind }) => kind === 'qiscus');
  const id = own?.id ?? '';
  // As an earlier release let it be saved.
  const { pool } = usher.database;
  await pool.query(
    `update channel set config = config || jsonb_build_object('baseUrl', $2::text) where channel_id = $1`,
    [id, inside.url],
  );
  await usher.call('PATCH', `/api/v1/channels/${id}`, { body: { name: 'Typed again' } });
  const known = await eventually(
    async () => (await channelsOf(usher)).find((one) => one.id === id)?.syncError ?? null,
    (error) => error?.includes('not on the public internet') === true,
  );
  expect(known).not.toMatch(/127|inside|\d{4}/);
  expect(inside.asked).toEqual([]);
});

/** A Qiscus that only keeps what it is sent. */
async function listenForKeys() {
  const keys: string[] = [];
  const server = createServer((request, response) => {
    keys.push(String(request.headers['qiscus-secret-key']));
    response.setHeader('content-type', 'application/json').end('{"data":{"agents":[]}}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys };
}

test('a Qiscus address of another server needs its secrets with it; those kept never go there', async () => {
  const usher = await startTestUsher({
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    QISCUS_SYNC_CALM_MS: '200',
  });
  const [before, after] = [await listenForKeys(), await listenForKeys()];
  const typed = qiscusAt(before.url);
  const secrets = { secretKey: 'kept-key', password: 'kept-password' };
  const made = await usher.call('POST', '/api/v1/channels', { body: { ...typed, secrets } });
  const path = `/api/v1/channels/${(made.body as Channel).id}`;
  await eventually(
    () => before.keys,
    (keys) => keys.includes('kept-key'),
  );
  const config = { ...typed.config, baseUrl: after.url };
  const change = (body: object) => usher.call('PATCH', path, { body });
  const detail = expect.stringMatching(/^body\/config\/baseUrl: .*: secretKey, password$/);
  expect(await change({ config })).toMatchObject({ status: 400, body: { detail } });
  const half = await change({ config, secrets: { secretKey: 'new-key' } });
  expect(half.body).toMatchObject({ detail: expect.stringMatching(/: password$/) });
  const below = { ...config, baseUrl: `${before.url}/below` };
  expect((await change({ config: below })).status).toBe(200);
  const all = { secretKey: 'new-key', password: 'new-password' };
  expect((await change({ config, secrets: all })).status).toBe(200);
  await eventually(
    () => after.keys,
    (keys) => keys.length > 0,
  );
  expect(new Set(after.keys)).toEqual(new Set(['new-key']));
});

test('the operator’s own Qiscus may be anywhere, and is called over connections that are kept', async () => {
  const { usher, qiscus, served } = await startWithQiscus({ agents: 2 });
  qiscus.customerMessage({ userId: 'u', name: 'Rina', text: 'hello' });
  await served(1);
  expect(await channelsOf(usher)).toContainEqual(
    expect.objectContaining({ kind: 'qiscus', syncError: null }),
  );
});
