// API tokens: whose they are, what they may, and when they end.
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { addPerson, openBrowser, signInAs, WITH_ADMIN } from '../makers/browse.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { connectAgent, connectVisitor } from '../makers/web-client.ts';

interface Listed {
  id: string;
  name: string;
  madeBy: string | null;
  makerGone: boolean;
  scopes: string[] | null;
  usedAt: string | null;
  expiresAt: string | null;
}

const other = { name: 'Ana', email: 'ana@example.com', role: 'admin' as const };
const wanted = { name: 'reports', role: 'admin' as const };

async function list(usher: TestUsher): Promise<Listed[]> {
  return ((await usher.call('GET', '/api/v1/tokens')).body as { items: Listed[] }).items;
}

async function make(usher: TestUsher, body: object): Promise<string> {
  const made = await usher.call('POST', '/api/v1/tokens', { body });
  if (made.status !== 201) throw new Error(made.text);
  return (made.body as { token: string }).token;
}

test('a token shows who made it and when it was last used, and ends after 90 days unless told otherwise', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { browser, agentId } = await addPerson(usher, other);
  const made = await browser.send<{ token: string }>('POST', '/api/v1/tokens', { body: wanted });
  await make(usher, { ...wanted, name: 'for good', expiresInDays: null });
  const find = async (name: string) => (await list(usher)).find((one) => one.name === name);
  const before = await find('reports');
  expect(before).toMatchObject({ madeBy: `agent:${agentId}`, usedAt: null, makerGone: false });
  const days = (Date.parse(before?.expiresAt ?? '') - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
  expect(await find('for good')).toMatchObject({ madeBy: 'token:environment', expiresAt: null });
  await usher.call('GET', '/api/v1/agents', { token: made.body.token });
  const used = Date.parse((await find('reports'))?.usedAt ?? '');
  expect(Math.abs(used - Date.now())).toBeLessThan(60_000);
});

test.each(['removed', 'demoted'])(
  'the tokens of an admin who is %s end at once, also those that their tokens made',
  async (how) => {
    const usher = await startTestUsher(WITH_ADMIN);
    const { browser, userId } = await addPerson(usher, other);
    const first = await browser.send<{ token: string }>('POST', '/api/v1/tokens', {
      body: wanted,
    });
    const { token } = first.body;
    const second = await usher.call('POST', '/api/v1/tokens', {
      body: { ...wanted, name: 'made by the token' },
      token,
    });
    const kept = await make(usher, wanted);
    const path = `/api/v1/users/${userId}`;
    if (how === 'removed') await usher.call('DELETE', path);
    else await usher.call('PATCH', path, { body: { role: 'supervisor' } });
    const look = async (one: string) =>
      (await usher.call('GET', '/api/v1/agents', { token: one })).status;
    expect(await look(token)).toBe(401);
    expect(await look((second.body as { token: string }).token)).toBe(401);
    expect(await look(kept)).toBe(200);
    const { body } = await usher.call('GET', '/api/v1/audit?limit=200');
    const { items } = body as { items: { action: string }[] };
    expect(items.filter(({ action }) => action === 'token.revoked')).toHaveLength(2);
  },
);

interface Made {
  id: string;
  token: string;
  expiresAt: string | null;
}

async function makeBy(usher: TestUsher, token: string, body: object = {}): Promise<Made> {
  const made = await usher.call('POST', '/api/v1/tokens', { body: { ...wanted, ...body }, token });
  if (made.status !== 201) throw new Error(made.text);
  return made.body as Made;
}

test('what a token makes ends no later than the token itself, however long is asked for', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const maker = await makeBy(usher, usher.token, { expiresInDays: 2 });
  for (const asked of [{}, { expiresInDays: null }, { expiresInDays: 3650 }]) {
    expect((await makeBy(usher, maker.token, asked)).expiresAt).toBe(maker.expiresAt);
  }
  const shorter = await makeBy(usher, maker.token, { expiresInDays: 1 });
  expect(Date.parse(shorter.expiresAt ?? '')).toBeLessThan(Date.parse(maker.expiresAt ?? ''));
  const forGood = await makeBy(usher, usher.token, { expiresInDays: null });
  expect((await makeBy(usher, forGood.token, { expiresInDays: null })).expiresAt).toBeNull();
  expect((await list(usher)).filter(({ expiresAt }) => expiresAt === maker.expiresAt)).toHaveLength(
    4,
  );
});

test('with a token those end that it made, and those that these made; no others', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const first = await makeBy(usher, usher.token);
  const second = await makeBy(usher, first.token);
  const third = await makeBy(usher, second.token);
  const kept = await makeBy(usher, usher.token);
  expect((await usher.call('DELETE', `/api/v1/tokens/${first.id}`)).status).toBe(204);
  const look = async ({ token }: Made) =>
    (await usher.call('GET', '/api/v1/agents', { token })).status;
  expect(await Promise.all([first, second, third, kept].map(look))).toEqual([401, 401, 401, 200]);
  const { body } = await usher.call('GET', '/api/v1/audit?limit=200');
  const { items } = body as { items: { action: string; objectId: string }[] };
  const revoked = items.filter(({ action }) => action === 'token.revoked');
  expect(revoked.map(({ objectId }) => objectId).sort()).toEqual(
    [first, second, third].map(({ id }) => id).sort(),
  );
});

test('a token that is made at the moment in which its maker is revoked does not outlive it', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  for (let round = 0; round < 10; round += 1) {
    const maker = await makeBy(usher, usher.token);
    const tries = [1, 2, 3].map(() => makeBy(usher, maker.token).catch(() => null));
    const revoking = usher.call('DELETE', `/api/v1/tokens/${maker.id}`);
    const made = (await Promise.all(tries)).filter((one) => one !== null);
    expect((await revoking).status).toBe(204);
    for (const { token } of made) {
      expect((await usher.call('GET', '/api/v1/agents', { token })).status).toBe(401);
    }
  }
});

test('with an agent the tokens end that act as the agent, and those that they made', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const agent = await usher.call('POST', '/api/v1/agents', { body: { name: 'Ana' } });
  const { id: agentId } = agent.body as { id: string };
  const acting = await makeBy(usher, usher.token, { agentId });
  const made = await makeBy(usher, acting.token);
  expect((await usher.call('DELETE', `/api/v1/agents/${agentId}`)).status).toBe(204);
  for (const { token } of [acting, made]) {
    expect((await usher.call('GET', '/api/v1/agents', { token })).status).toBe(401);
  }
});

test('a token of before, whose maker is gone, is flagged', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  await make(usher, wanted);
  await usher.database.pool.query(
    `update token set made_by = 'agent:00000000-0000-7000-8000-000000000000', maker_token_id = null where name = 'reports'`,
  );
  expect((await list(usher)).map(({ makerGone }) => makerGone).sort()).toEqual([false, true]);
});

test('a token of before is flagged too when the token that made it is revoked or over', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const maker = await makeBy(usher, usher.token, { name: 'maker' });
  await makeBy(usher, maker.token, { name: 'made' });
  const flags = async () =>
    (await list(usher)).filter(({ makerGone }) => makerGone).map(({ name }) => name);
  expect(await flags()).toEqual([]);
  // As it was done before: alone.
  const { pool } = usher.database;
  await pool.query(`update token set revoked_at = now() where name = 'maker'`);
  expect(await flags()).toEqual(['made']);
});

test('a limited token may what its scopes and its role both allow', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const token = await make(usher, { ...wanted, scopes: ['reports.read', 'groups.write'] });
  const send = async (method: string, path: string, body?: object) =>
    (await usher.call(method, path, { token, ...(body && { body }) })).status;
  const span = 'from=2026-01-01&to=2026-01-02';
  expect(await send('GET', `/api/v1/reports?${span}`)).not.toBe(403);
  expect(await send('POST', '/api/v1/teams', { name: 'vip' })).toBe(201);
  expect(await send('GET', '/api/v1/conversations')).toBe(403);
  expect(
    await send('GET', '/api/v1/export?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z'),
  ).toBe(403);
  const agents = await make(usher, { name: 'a', role: 'agent', scopes: ['users.write'] });
  expect((await usher.call('GET', '/api/v1/users', { token: agents })).status).toBe(403);
  expect(
    await usher.call('POST', '/api/v1/tokens', { body: { ...wanted, scopes: ['all.of-it'] } }),
  ).toMatchObject({ status: 400, body: { code: 'token.scope-unknown' } });
});

test('a limited token makes only tokens as limited as itself', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const token = await make(usher, { ...wanted, scopes: ['read', 'tokens.write'] });
  const from = (scopes: string[] | null) =>
    usher.call('POST', '/api/v1/tokens', { body: { ...wanted, scopes }, token });
  const refused = { status: 403, body: { code: 'token.scope-too-wide' } };
  expect(await from(null)).toMatchObject(refused);
  expect(await from(['users.write'])).toMatchObject(refused);
  expect((await from(['agents.read'])).status).toBe(201);
});

test('over MQTT a limited token does an agent’s work if it may, and listens only if it may read', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { agentId } = await addPerson(usher, { ...other, role: 'supervisor' });
  const supervisor = { name: 'bot', role: 'supervisor', agentId };
  const reads = await make(usher, { ...supervisor, scopes: ['read'] });
  const works = await make(usher, { ...supervisor, scopes: ['conversations.work'] });
  const tags = await make(usher, { ...supervisor, scopes: ['tags.read'] });
  const login = async (token: string) =>
    (await usher.call('POST', '/api/v1/session/mqtt', { token })).status;
  expect(await login(reads)).toBe(403);
  expect(await login(works)).toBe(200);
  const listen = async (password: string) => {
    const url = `${usher.url.replace('http', 'ws')}/mqtt`;
    const options = { username: 'service', password, reconnectPeriod: 0 };
    const client = await connectAsync(url, options).catch(() => null);
    await client?.endAsync(true);
    return client !== null;
  };
  expect(await listen(reads)).toBe(true);
  expect(await listen(tags)).toBe(false);
  expect(await listen(works)).toBe(false);
});

test('what a limited token enters MQTT with reads over HTTP what the agent has, and nothing else', async () => {
  const usher = await startTestUsher();
  const ana = await connectAgent(usher, { name: 'Ana' });
  await ana.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  const { sessionId } = await ana.receives();
  const { agentId: budi } = await connectAgent(usher, { name: 'Budi' });
  const enter = async (agentId: string) => {
    const limited = { name: 'bot', role: 'agent', agentId, scopes: ['conversations.work'] };
    const token = await make(usher, limited);
    const login = await usher.call('POST', '/api/v1/session/mqtt', { token });
    return (login.body as { password: string }).password;
  };
  const statuses = async (token: string) => {
    const paths = [`/session/${sessionId}/messages`, `/session/${sessionId}`];
    const history = ['/customer/c1/messages', '/customer/c1/sessions/last'];
    return Promise.all(
      [...paths, ...history].map(async (path) => (await usher.call('GET', path, { token })).status),
    );
  };
  expect(await statuses(await enter(ana.agentId))).toEqual([200, 200, 403, 403]);
  expect(await statuses(await enter(budi))).toEqual([404, 404, 403, 403]);
});

test('whoever may not make tokens cannot see them', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { browser } = await addPerson(usher, { ...other, role: 'supervisor' });
  expect((await browser.send('GET', '/api/v1/tokens')).status).toBe(403);
  expect((await openBrowser(usher).send('GET', '/api/v1/tokens')).status).toBe(401);
  expect((await (await signInAs(usher)).send('GET', '/api/v1/tokens')).status).toBe(200);
});
