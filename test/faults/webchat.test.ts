// Servers of web chat that are killed, and links that break: nothing is lost, doubled or out of order.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import type { WebSessionInfo } from '../../src/contract/webchat.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';
import { connectWeb, type SessionAnswer } from '../makers/web-client.ts';
import { checkState, noBreaches } from './check-history.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { type Size, setWebChatOnFire, type Talk, type WebFire } from './webchat-world.ts';

const long = process.env.USHER_LONG_TESTS === '1';

test.skipIf(long)(
  'two servers that are killed in turn lose, double and confuse nothing of a thousand messages',
  () => underFire({ visitors: 20, agents: 5, messages: 1000, kills: 3, breaks: 15 }),
  240_000,
);

test.runIf(long)(
  'two servers that are killed in turn lose, double and confuse nothing of twenty thousand messages',
  () => underFire({ visitors: 200, agents: 40, messages: 20_000, kills: 6, breaks: 500 }),
  600_000,
);

async function startTwo(more: Record<string, string> = {}) {
  const { pool, url } = await makeDatabase();
  const environment = { DATABASE_URL: url, USHER_SWEEP_MS: '200', QISCUS_APP_ID: '', ...more };
  const servers = [await startServerProcess(environment), await startServerProcess(environment)];
  for (const { expectErrors } of servers) expectErrors(LOST_DATABASE);
  await Promise.all(servers.map((server) => server.ready()));
  return { pool, servers };
}

async function underFire(size: Size): Promise<void> {
  const seed = long ? Date.now() % 100_000 : 1;
  const { pool, servers } = await startTwo();
  const fire = await setWebChatOnFire(servers, size, seed).catch((error) => {
    throw new Error(`${error}\n${servers.map((server) => server.output()).join('\n')}`);
  });
  expect(servers.filter((server) => !server.isAlive())).toEqual([]);
  expectFaults(fire, size);
  const kept = await readKept(pool);
  expect(kept.size).toBe(size.visitors);
  for (const talk of fire.talks) expectWhole(talk, kept.get(talk.session.customerId) ?? []);
  const breaches = await checkState(pool, DEFAULT_WORKSPACE);
  expect(breaches, `seed ${seed}`).toEqual(noBreaches(breaches));
}

/** Else the test has shown nothing. */
function expectFaults(fire: WebFire, size: Size): void {
  expect(fire.talks).toHaveLength(size.visitors);
  expect(fire.kills).toBe(size.kills);
  expect(fire.reconnects, 'reconnections').toBeGreaterThan(size.breaks);
  expect(fire.resends, 'nothing was sent again').toBeGreaterThan(0);
  expect(fire.live, 'hardly anything came by itself').toBeGreaterThan(size.messages);
}

interface Kept {
  who: string;
  seq: number;
  author: string;
  name: string;
}

async function readKept(pool: Pool): Promise<Map<string, Kept[]>> {
  const { rows } = await pool.query<Kept>(
    `select c.external_id as who, m.seq, m.author_kind as author, m.client_message_id as name
    from message m join conversation c using (workspace_id, conversation_id) order by c.conversation_id, m.seq`,
  );
  return Map.groupBy(rows, ({ who }) => who);
}

function expectWhole(talk: Talk, kept: readonly Kept[]): void {
  const { customerId } = talk.session;
  const count = talk.fromVisitor.length + talk.fromAgent.length;
  const numbers = Array.from({ length: count }, (_, n) => n + 1);
  expect(
    kept.map(({ seq }) => seq),
    `numbers of ${customerId}`,
  ).toEqual(numbers);
  const namesOf = (author: string) =>
    kept.filter((one) => one.author === author).map(({ name }) => name);
  expect(namesOf('contact'), `said by ${customerId}`).toEqual(talk.fromVisitor);
  expect(namesOf('agent'), `said to ${customerId}`).toEqual(talk.fromAgent);
  for (const [who, heard] of [
    ['visitor', talk.visitor],
    ['agent', talk.agent],
  ] as const) {
    const bySeq = [...heard.values()].toSorted((a, b) => a.seq - b.seq);
    expect(
      bySeq.map(({ seq, clientMessageId }) => [seq, clientMessageId]),
      `${who} of ${customerId}`,
    ).toEqual(kept.map(({ seq, name }) => [seq, name]));
  }
}

const call = async <T>(url: string, body: object, token: string | null = TOKEN): Promise<T> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return (answer.status === 204 ? null : await answer.json()) as T;
};

/** An agent of the one server, by a client of their own. */
async function connectAgentAt(server: ServerProcess, agentId: string) {
  const wish = { name: 'Ana', role: 'agent', agentId };
  const { token } = await call<{ token: string }>(`${server.url}/api/v1/tokens`, wish);
  const login = await call<SessionAnswer['mqtt']>(`${server.url}/api/v1/session/mqtt`, {}, token);
  const url = `${server.url.replace('http', 'ws')}/mqtt`;
  const client = await connectWeb({ ...login, url });
  await client.listen(`client/attendants/assign/${agentId}`);
  const beat = () => client.say('server/attendants/online', { attendantInfo: { id: agentId } });
  return { ...client, beat };
}

const makeAgent = async ({ url }: ServerProcess) =>
  (await call<{ id: string }>(`${url}/api/v1/agents`, { name: 'Ana', capacity: 3 })).id;

async function connectVisitorAt({ url }: ServerProcess, id: string) {
  const session = await call<SessionAnswer>(`${url}/session`, { customer: { id } }, null);
  const client = await connectWeb({ ...session.mqtt, url: `${url.replace('http', 'ws')}/mqtt` });
  const ends = ['client/control', 'messages', 'messages/viewed', 'typing'];
  await client.listen(...ends.map((end) => `${session.sessionTopic}/${end}`));
  return { ...client, session };
}

test('A21, A22: a visitor on one server and an agent on the other talk; what was stored survives a kill', async () => {
  const { servers } = await startTwo({ ATTENDANT_KEEP_ALIVE_TIME: '60000' });
  const [first, second] = servers as [ServerProcess, ServerProcess];
  const agentId = await makeAgent(second);
  const agent = await connectAgentAt(second, agentId);
  await agent.beat();
  const visitor = await connectVisitorAt(first, 'c1');
  const { sessionTopic, sessionId, mqtt } = visitor.session;
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r' });
  const offered = (await agent.hears(`client/attendants/assign/${agentId}`)) as WebSessionInfo;
  expect(offered.sessionTopic).toBe(sessionTopic);
  await agent.listen(...['messages', 'typing'].map((end) => `${sessionTopic}/${end}`));
  const ready = (body: { instruction: string }) => body.instruction === 'session/ready';
  await visitor.hears(`${sessionTopic}/client/control`, ready);
  const words = { clientMessageId: 'm1', content: 'hi' };
  await visitor.say(`${sessionTopic}/server/messages`, words);
  await visitor.say(`${sessionTopic}/server/messages`, words);
  await agent.say(`${sessionTopic}/server/messages`, { clientMessageId: 'a1', content: 'hello' });
  for (const side of [visitor, agent]) {
    await side.hears(`${sessionTopic}/messages`, ({ message }) => message.seq === 1);
    await side.hears(`${sessionTopic}/messages`, ({ message }) => message.seq === 2);
  }
  // Larger than what one notification between servers can hold.
  const content = '\u{1F600}'.repeat(9000);
  await agent.say(`${sessionTopic}/server/messages`, { clientMessageId: 'a2', content });
  const { message } = await visitor.hears(`${sessionTopic}/messages`, (it) => it.message.seq === 3);
  expect(message.content).toBe(content);

  await visitor.say(`${sessionTopic}/server/messages`, { clientMessageId: 'm2', content: 'kept' });
  await first.kill();
  first.start();
  await first.ready();
  const path = `${first.url}/session/${sessionId}/messages?afterSeq=3`;
  const read = await fetch(path, { headers: { authorization: `Bearer ${mqtt.password}` } });
  expect(await read.json()).toMatchObject([{ message: { seq: 4, content: 'kept' } }]);
}, 120_000);

test('an agent with a tab on each of two servers stays when one is closed, and goes with the last', async () => {
  const { pool, servers } = await startTwo({ ATTENDANT_KEEP_ALIVE_TIME: '60000' });
  const [first, second] = servers as [ServerProcess, ServerProcess];
  const agentId = await makeAgent(first);
  const tabs = [await connectAgentAt(first, agentId), await connectAgentAt(second, agentId)];
  for (const tab of tabs) await tab.beat();
  const lease = async () => {
    const { rows } = await pool.query<{ left: number }>(
      'select extract(epoch from lease_until - clock_timestamp())::float as left from agent',
    );
    return rows[0]?.left ?? 0;
  };
  await tabs[0]?.close();
  // The grace is ten seconds: the other tab's word holds for longer.
  await sleep(1500);
  expect(await lease()).toBeGreaterThan(30);
  await tabs[1]?.close();
  // By itself it would run for half a minute more at least.
  await eventually(lease, (left) => left <= 10, 15_000);
}, 120_000);

test('signing out on one server ends the tabs on the other', async () => {
  const { servers } = await startTwo();
  const [first, second] = servers as [ServerProcess, ServerProcess];
  const visitor = await connectVisitorAt(first, 'c1');
  const { sessionId, mqtt } = visitor.session;
  await call(`${second.url}/session/${sessionId}/forget`, {}, mqtt.password);
  await eventually(visitor.isClosed, (is) => is);
}, 120_000);
