// An operator suspends a workspace, resumes it as it was, and bounds what it may use.
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { eventually, type TestUsher } from '../makers/start-test-usher.ts';
import {
  makeWorkspace,
  OPERATOR,
  type Other,
  PASSWORD,
  startWithOperator,
} from '../makers/two-workspaces.ts';
import { connectWeb } from '../makers/web-client.ts';

const WORKSPACES = '/api/v1/operator/workspaces';

async function openHouse(environment: Record<string, string> = {}) {
  const usher = await startWithOperator({
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    ...environment,
  });
  const acme = await makeWorkspace(usher, { name: 'Acme', email: 'bea@example.com' });
  const operate = (method: string, path: string, body?: object) =>
    usher.call(method, `${WORKSPACES}/${acme.workspaceId}/${path}`, { body, token: OPERATOR });
  const make = async (path: string, body: object) => {
    const made = await usher.call('POST', path, { body, token: acme.token });
    if (made.status !== 201) throw new Error(made.text);
    return (made.body as { id: string }).id;
  };
  const channelId = await make('/api/v1/channels', { kind: 'api', name: 'Program' });
  const open = (externalId: string) =>
    usher.call('POST', `/api/v1/channels/${channelId}/conversations`, {
      body: { externalId, contact: { externalId: `c-${externalId}` } },
      token: acme.token,
    });
  return { usher, acme, operate, make, open, channelId };
}

const listOpen = async (usher: TestUsher, { token }: Other) =>
  (
    (await usher.call('GET', '/api/v1/conversations', { token })).body as {
      items: { externalId: string; state: string; queuedAt: string; agentId: string | null }[];
    }
  ).items;

test('a suspended workspace refuses its people, programs and visitors with a reason, and another one goes on', async () => {
  const { usher, acme, operate, open } = await openHouse();
  const login = (await acme.admin.send('POST', '/api/v1/session/mqtt')).body as { url: string };
  const client = await connectWeb(login);
  const suspended = await operate('PUT', 'suspension', { why: 'unpaid' });
  expect(suspended.body).toMatchObject({ suspendedWhy: 'unpaid', suspendedAt: expect.any(String) });
  const refusal = { status: 403, code: 'workspace.suspended' };
  expect((await open('1')).body).toMatchObject(refusal);
  expect((await acme.admin.send('GET', '/api/v1/session')).body).toMatchObject(refusal);
  const typed = { email: 'bea@example.com', password: PASSWORD, workspace: 'acme' };
  const signedIn = await usher.call('POST', '/api/v1/session', { body: typed, token: null });
  expect(signedIn.body).toMatchObject(refusal);
  await eventually(client.isClosed, (closed) => closed);
  await expect(connectWeb(login)).rejects.toThrow();
  expect((await usher.call('GET', '/api/v1/agents')).status).toBe(200);
});

test('who brings news of a suspended workspace is told to come again, in the envelope of the contract', async () => {
  const { usher, operate, make } = await openHouse();
  const webhookSecret = 'a-webhook-secret-of-acme';
  await make('/api/v1/channels', {
    ...{ kind: 'qiscus', name: 'Q' },
    config: { baseUrl: 'https://qiscus.example.com', appId: 'acme-app' },
    secrets: { secretKey: 'a-secret-key', webhookSecret },
  });
  const rapidpro = await make('/api/v1/channels', {
    ...{ kind: 'rapidpro', name: 'R' },
    secrets: { secret: webhookSecret },
  });
  const chat = await make('/api/v1/channels', { kind: 'webchat', name: 'W' });
  await operate('PUT', 'suspension', {});
  const ask = async (path: string, body: object, headers = {}) => {
    const answer = await fetch(`${usher.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const { status } = answer;
    return { status, after: answer.headers.get('retry-after'), body: await answer.json() };
  };
  const why = expect.stringContaining('suspended');
  const hook = { app_id: 'acme-app', room_id: '1', source: 'wa' };
  expect(await ask(`/api/v1/webhook/agent_allocation/${webhookSecret}`, hook)).toEqual({
    ...{ status: 503, after: '300' },
    body: { status: 503, errors: why, data: null },
  });
  expect(await ask(`/api/v1/new_request/${webhookSecret}`, hook)).toMatchObject({
    ...{ status: 503, after: '300' },
    body: { status: 'fail', error_messages: why },
  });
  const ticket = { sessionId: 't-1', visitor: { token: 'v-1' } };
  const headers = { authorization: `Token ${webhookSecret}` };
  expect(await ask(`/api/apps/public/${rapidpro}/room`, ticket, headers)).toMatchObject({
    ...{ status: 503, body: { error: why } },
  });
  const begun = await ask('/session', { channelId: chat, customer: { id: 'c1' } });
  expect(begun).toMatchObject({ status: 403, after: '300', body: { error: why } });
});

test('a visitor keeps the session over a suspension, and cannot connect meanwhile', async () => {
  const { usher, operate, make } = await openHouse();
  const channelId = await make('/api/v1/channels', { kind: 'webchat', name: 'W' });
  const begun = await usher.call('POST', '/session', {
    body: { channelId, customer: { id: 'c1' } },
    token: null,
  });
  const { mqtt } = begun.body as { mqtt: Parameters<typeof connectWeb>[0] };
  const visitor = await connectWeb(mqtt);
  await operate('PUT', 'suspension', {});
  await eventually(visitor.isClosed, (closed) => closed);
  await expect(connectWeb(mqtt)).rejects.toThrow();
  await operate('DELETE', 'suspension');
  const again = await connectWeb(mqtt);
  expect(again.isClosed()).toBe(false);
});

test('nothing is routed or delivered meanwhile; then everything goes on from where it was', async () => {
  // Swept often, because agents come behind the server's back.
  const { usher, acme, operate, make, open } = await openHouse({ USHER_SWEEP_MS: '200' });
  const beta = await makeWorkspace(usher, { name: 'Beta', email: 'bo@example.com' });
  const receivers = { acme: await receive(500), beta: await receive(500) };
  await make('/api/v1/endpoints', { url: receivers.acme.url, events: ['conversation.opened'] });
  expect((await open('1')).status).toBe(201);
  await fillBeta(usher, beta, receivers.beta.url);
  for (const { requests } of Object.values(receivers)) {
    await eventually(
      async () => requests.length,
      (count) => count > 0,
    );
  }
  const [before] = await listOpen(usher, acme);
  await operate('PUT', 'suspension', {});
  for (const receiver of Object.values(receivers)) receiver.setBehaviour({ status: 200 });
  const told = { acme: receivers.acme.requests.length, beta: receivers.beta.requests.length };
  const { pool } = usher.database;
  const agent = `insert into agent (workspace_id, agent_id, name, effective_capacity, ceiling, availability)
    select id, gen_random_uuid(), 'Ana', 1, 5, 'online' from unnest($1::uuid[]) id`;
  await pool.query(agent, [[acme.workspaceId, beta.workspaceId]]);
  // An hour in which retries are due. What happens in the other workspace shows that it would have happened here.
  await usher.clock.advance(3_600_000);
  await eventually(
    async () => receivers.beta.requests.length,
    (count) => count > told.beta,
  );
  await assigned(usher, beta, 1);
  const { agentId } = (await listOpen(usher, beta)).find(({ state }) => state === 'assigned') ?? {};
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, {
    body: { capacity: 2 },
    token: beta.token,
  });
  await assigned(usher, beta, 2);
  expect(receivers.acme.requests.length).toBe(told.acme);
  const state = 'select state from conversation where workspace_id = $1';
  expect((await pool.query(state, [acme.workspaceId])).rows).toEqual([{ state: 'waiting' }]);
  expect((await operate('DELETE', 'suspension')).body).toMatchObject({ suspendedAt: null });
  await assigned(usher, acme, 1);
  expect((await listOpen(usher, acme))[0]?.queuedAt).toBe(before?.queuedAt);
  await eventually(
    async () => receivers.acme.requests.length,
    (count) => count > told.acme,
  );
});

async function receive(status: number) {
  const receiver = await startReceiver({ behaviour: { status } });
  onTestFinished(receiver.stop);
  return receiver;
}

/** Two conversations wait there, and are told. */
async function fillBeta(usher: TestUsher, { token }: Other, url: string): Promise<void> {
  const make = (path: string, body: object) => usher.call('POST', path, { body, token });
  await make('/api/v1/endpoints', { url, events: ['conversation.opened'] });
  const channel = await make('/api/v1/channels', { kind: 'api', name: 'Program' });
  const { id } = channel.body as { id: string };
  for (const externalId of ['1', '2']) {
    const body = { externalId, contact: { externalId } };
    await make(`/api/v1/channels/${id}/conversations`, body);
  }
}

const assigned = (usher: TestUsher, workspace: Other, count: number) =>
  eventually(
    () => listOpen(usher, workspace),
    (items) => items.filter(({ state }) => state === 'assigned').length === count,
  );

test('a removal waits, and a resumption calls it off; otherwise nothing is left after the wait', async () => {
  const { usher, acme, operate } = await openHouse();
  const remove = () =>
    usher.call('DELETE', `${WORKSPACES}/${acme.workspaceId}?confirm=acme&afterDays=7`, {
      token: OPERATOR,
    });
  expect((await remove()).status).toBe(204);
  expect((await acme.admin.send('GET', '/api/v1/session')).status).toBe(403);
  await usher.clock.advance(6 * 86_400_000);
  expect((await operate('DELETE', 'suspension')).body).toMatchObject({ removeAt: null });
  expect((await acme.admin.send('GET', '/api/v1/session')).status).toBe(200);
  await remove();
  await usher.clock.advance(8 * 86_400_000);
  const left = 'select from workspace where workspace_id = $1';
  const count = async () =>
    (await usher.database.pool.query(left, [acme.workspaceId])).rowCount ?? 0;
  await eventually(count, (rows) => rows === 0);
});

test('a bound on requests is answered 429 with a time, and only for the workspace that has it', async () => {
  const { usher, acme, operate } = await openHouse();
  const bounded = await operate('PUT', 'bounds', { requestsPerSecond: 2 });
  expect(bounded.body).toMatchObject({ bounds: { requestsPerSecond: 2 } });
  const ask = (token: string) =>
    fetch(`${usher.url}/api/v1/agents`, { headers: { authorization: `Bearer ${token}` } });
  const all = await Promise.all(Array.from({ length: 10 }, () => ask(acme.token)));
  const refused = all.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(7);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect(await refused[0]?.json()).toMatchObject({ code: 'workspace.too-fast' });
  const own = await Promise.all(Array.from({ length: 10 }, () => ask(usher.token)));
  expect(own.every(({ status }) => status === 200)).toBe(true);
  await operate('PUT', 'bounds', {});
  const free = await Promise.all(Array.from({ length: 10 }, () => ask(acme.token)));
  expect(free.every(({ status }) => status === 200)).toBe(true);
});

test('a bound on open conversations refuses one more, and takes it once one is closed', async () => {
  const { usher, acme, operate, open } = await openHouse();
  await operate('PUT', 'bounds', { openConversations: 1 });
  const first = await open('1');
  expect((await open('2')).body).toMatchObject({ status: 429, code: 'workspace.full' });
  const { id } = first.body as { id: string };
  await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {}, token: acme.token });
  expect((await open('2')).status).toBe(201);
});

test('a bound on files refuses the next one, and text still goes', async () => {
  const { usher, acme, operate, open } = await openHouse();
  await operate('PUT', 'bounds', { storageMegabytes: 1 });
  const upload = async () => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(1024 * 1024)], 'a.bin'));
    const headers = { authorization: `Bearer ${acme.token}` };
    return fetch(`${usher.url}/api/v1/attachments`, { method: 'POST', headers, body: form });
  };
  expect((await upload()).status).toBe(201);
  await usher.clock.advance(60_000);
  const second = await upload();
  expect(second.status).toBe(507);
  expect(await second.json()).toMatchObject({ code: 'upload.workspace-full' });
  expect((await open('text')).status).toBe(201);
});
