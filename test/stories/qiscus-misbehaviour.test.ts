// Qiscus at its worst: late and repeated webhooks, unreadable answers, unrest among people. Nothing may be lost or doubled.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Pair, SECRET, startWithQiscus } from '../makers/start-with-qiscus.ts';

const CAPACITY = 2;

const customer = (n: number) => ({ userId: `c${n}@example.com`, name: `Customer ${n}` });

function write({ qiscus }: Pair, count: number): string[] {
  return Array.from(
    { length: count },
    (_, n) => qiscus.customerMessage({ ...customer(n), text: 'Hi' }).roomId,
  );
}

async function agentsOf({ usher }: Pair): Promise<Agent[]> {
  const { body } = await usher.call('GET', '/api/v1/agents?limit=200');
  return (body as { items: Agent[] }).items;
}

/** The most rooms that any agent was ever in, seen at each assignment as it took effect. */
function watchLoads({ qiscus }: Pair): () => number {
  let most = 0;
  qiscus.onAssigned(({ agentId }) => {
    const agent = qiscus.agents().find(({ id }) => id === agentId);
    most = Math.max(most, agent?.customerCount ?? 0);
  });
  return () => most;
}

/** Who has which room, as Qiscus knows it and as Usher does: `room agent`, in order. */
async function holders(pair: Pair): Promise<{ qiscus: string[]; usher: string[] }> {
  const names = new Map((await agentsOf(pair)).map(({ id, name }) => [id, name]));
  const assigned = await pair.usher.conversations('assigned');
  const there = pair.qiscus
    .agents()
    .flatMap(({ name, roomIds }) => roomIds.map((roomId) => `${roomId} ${name}`));
  const here = assigned.map(
    ({ externalId, agentId }) => `${externalId} ${names.get(agentId ?? '')}`,
  );
  return { qiscus: there.sort(), usher: here.sort() };
}

async function expectAgreement(pair: Pair): Promise<void> {
  await eventually(
    () => holders(pair),
    ({ qiscus, usher }) => String(qiscus) === String(usher),
  );
}

/** Resolves what agents have, again and again, until every room is resolved and Usher says so too. */
async function drain(pair: Pair, withinMs = 30_000): Promise<void> {
  await eventually(
    () => {
      for (const { roomId, agentIds } of pair.qiscus.rooms()) {
        if (agentIds.length > 0) pair.qiscus.resolveByHand({ roomId });
      }
      return pair.qiscus.rooms().filter(({ isResolved }) => !isResolved).length;
    },
    (open) => open === 0,
    withinMs,
  );
  await pair.qiscus.idle();
  const open = async () =>
    (await pair.usher.conversations()).filter(({ state }) => state !== 'closed');
  await eventually(open, (left) => left.length === 0);
  await expectNoLoad(pair);
}

/** What has ended is taken off the load by the next routing pass. */
async function expectNoLoad(pair: Pair): Promise<void> {
  await eventually(
    async () => (await agentsOf(pair)).map(({ load }) => load),
    (loads) => loads.every((load) => load === 0),
  );
}

function expectEachOnce(pair: Pair, rooms: string[]): void {
  const assigned = pair.qiscus.assignments().map(({ roomId }) => roomId);
  expect(assigned.toSorted()).toEqual(rooms.toSorted());
}

async function expectOneConversationEach({ usher }: Pair, rooms: string[]): Promise<void> {
  const conversations = await usher.conversations();
  expect(conversations.map(({ externalId }) => externalId).sort()).toEqual(rooms.toSorted());
}

/** Passes webhooks on to Usher and, once it has taken them, tells Qiscus that the first try of each failed. */
async function relayAsFailed({ qiscus, usher }: Pair): Promise<void> {
  const seen = new Set<string>();
  const relay = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const headers = { 'content-type': 'application/json' };
    const taken = await fetch(`${usher.url}${request.url}`, { method: 'POST', headers, body });
    response.writeHead(seen.has(body) ? taken.status : 503).end();
    seen.add(body);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  onTestFinished(() => {
    relay.closeAllConnections();
    relay.close();
  });
  const url = `http://127.0.0.1:${(relay.address() as AddressInfo).port}/api/v1/webhook`;
  qiscus.setWebhooks({
    allocateAgentUrl: `${url}/agent_allocation/${SECRET}`,
    markAsResolvedUrl: `${url}/mark_as_resolved/${SECRET}`,
  });
}

test('webhooks that overtake each other, and come again after they were taken, make each room one conversation', async () => {
  const pair = await startWithQiscus({ agents: 3 });
  await relayAsFailed(pair);
  Object.assign(pair.qiscus.switches, {
    reorderHooks: { probability: 0.7, delayMs: 500 },
    hookRetries: 3,
    hookRetryDelayMs: 60,
  });
  const most = watchLoads(pair);
  const rooms = write(pair, 15);
  for (const [n, roomId] of rooms.entries()) {
    pair.qiscus.customerMessage({ roomId, ...customer(n), text: 'Hello?' });
  }
  await pair.qiscus.idle();
  expect(pair.qiscus.hooks().filter(({ status }) => status === 503).length).toBeGreaterThan(14);
  await pair.served(6);
  await expectOneConversationEach(pair, rooms);
  await expectAgreement(pair);
  await drain(pair);
  expectEachOnce(pair, rooms);
  await expectOneConversationEach(pair, rooms);
  expect(most()).toBe(CAPACITY);
}, 60_000);

test('rooms whose resolve overtakes the request end closed, and nobody is sent there', async () => {
  const pair = await startWithQiscus({
    agents: 3,
    switches: { reorderHooks: { probability: 1, delayMs: 800 } },
  });
  const rooms = write(pair, 10);
  for (const roomId of rooms) pair.qiscus.resolveByHand({ roomId });
  await pair.qiscus.idle();
  const open = async () =>
    (await pair.usher.conversations()).filter(({ state }) => state !== 'closed').length;
  await eventually(open, (count) => count === 0);
  expect(pair.qiscus.assignments()).toEqual([]);
  await expectNoLoad(pair);
});

test('answers that are pages of HTML, or empty, leave nobody unserved and nobody twice', async () => {
  const pair = await startWithQiscus({ agents: 3 });
  const most = watchLoads(pair);
  Object.assign(pair.qiscus.switches, { htmlBody: 0.4, emptyBody: 0.4 });
  const rooms = write(pair, 10);
  await pair.served(6);
  Object.assign(pair.qiscus.switches, { htmlBody: 0.2, emptyBody: 0.2 });
  await drain(pair);
  expectEachOnce(pair, rooms);
  await expectOneConversationEach(pair, rooms);
  expect(most()).toBe(CAPACITY);
}, 60_000);

test('an assignment that takes effect and is never answered is confirmed when the patience ends', async () => {
  const pair = await startWithQiscus({ agents: 2 });
  Object.assign(pair.qiscus.switches, { applyThenHang: 1, faultPaths: ['assign_agent'] });
  const rooms = write(pair, 5);
  await pair.served(4);
  const confirmed = async () =>
    (await pair.usher.conversations('assigned')).filter(({ confirmedAt }) => confirmedAt !== null);
  await eventually(confirmed, (found) => found.length === 4, 40_000);
  await expectAgreement(pair);
  pair.qiscus.switches.applyThenHang = 0;
  await drain(pair);
  expectEachOnce(pair, rooms);
}, 120_000);

test('agents who come and go all the time are given no more than they may hold, and every room is served', async () => {
  const pair = await startWithQiscus({ agents: 4 });
  const most = watchLoads(pair);
  pair.qiscus.switches.agentFlapping = { everyMs: 60 };
  const rooms = write(pair, 20);
  await pair.served(6);
  pair.qiscus.switches.agentFlapping = null;
  for (const { id } of pair.qiscus.agents()) pair.qiscus.updateAgent(id, { available: true });
  await pair.served(8);
  await expectAgreement(pair);
  await drain(pair);
  expectEachOnce(pair, rooms);
  await expectOneConversationEach(pair, rooms);
  expect(most()).toBe(CAPACITY);
}, 60_000);

test('whatever an admin does in the dashboard, each room has one agent and all are over in the end', async () => {
  const pair = await startWithQiscus({ agents: 3 });
  pair.qiscus.switches.manualDashboard = { everyMs: 40 };
  const rooms = write(pair, 20);
  let crowded = 0;
  pair.qiscus.onAssigned(({ roomId }) => {
    if ((pair.qiscus.room(roomId)?.agentIds.length ?? 0) > 1) crowded += 1;
  });
  await eventually(
    () => pair.qiscus.assignments().filter(({ byHand }) => byHand).length,
    (byHand) => byHand >= 12,
  );
  const loads = (await agentsOf(pair)).map(({ load }) => load);
  expect(Math.max(...loads)).toBeLessThanOrEqual(CAPACITY);
  pair.qiscus.switches.manualDashboard = null;
  await drain(pair);
  expect(crowded).toBe(0);
  expect(new Set((await pair.usher.conversations()).map(({ externalId }) => externalId))).toEqual(
    new Set(rooms),
  );
}, 60_000);

test.each([
  ['in pages without a total', { totalCountNull: true }],
  ['with the meta inside the data', { metaInData: true }],
  ['with neither a total nor a meta of its own', { metaInData: true, totalCountNull: true }],
])('a list of 230 agents %s is read to its end', async (_, switches) => {
  const pair = await startWithQiscus({ agents: 1 });
  Object.assign(pair.qiscus.switches, switches);
  for (let n = 2; n <= 230; n += 1)
    pair.qiscus.addAgent({ name: `Agent ${n}`, available: n === 230 });
  const [first] = pair.qiscus.agents();
  pair.qiscus.updateAgent(first?.id ?? 0, { available: false });
  const known = async () =>
    (await pair.usher.database.pool.query('select availability from agent')).rows;
  await eventually(known, (rows) => rows.length === 230);
  await eventually(
    known,
    (rows) => rows.filter((row) => row.availability === 'online').length === 1,
  );
  const [roomId] = write(pair, 1);
  await pair.served(1);
  expect(pair.qiscus.room(roomId ?? '')?.agentIds).toEqual([pair.qiscus.agents().at(-1)?.id]);
});

test('a token that has expired meanwhile costs one more login, and nothing else', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  const register = async (endpoint: string) => {
    const body = { endpoint, enable: true };
    return pair.usher.call('POST', '/api/v1/settings/set_mark_as_resolved', { body });
  };
  expect(await register('https://a.example/first')).toMatchObject({ status: 200 });
  // At a moment of ours: one that lasts but a moment may end before its own login is answered.
  pair.qiscus.expireTokensNow();
  expect(await register('https://a.example/second')).toMatchObject({
    status: 200,
    body: { data: { mark_as_resolved_webhook_url: 'https://a.example/second' } },
  });
  const logins = pair.qiscus.calls().filter(({ path }) => path === '/api/v1/auth');
  expect(logins).toHaveLength(2);
  const refused = pair.qiscus.calls().filter(({ status }) => status === 401);
  expect(refused).toHaveLength(1);
});

test('an empty list of agents is taken for an outage and shown on the channel, and nobody loses anything', async () => {
  const pair = await startWithQiscus({ agents: 2 });
  const before = await agentsOf(pair);
  const [ana] = before;
  await pair.usher.call('PATCH', `/api/v1/agents/${ana?.id}`, { body: { capacity: 7 } });
  pair.qiscus.switches.agentsUnlisted = true;
  const trouble = async () => {
    const { body } = await pair.usher.call('GET', '/api/v1/channels');
    return (body as { items: { syncError: string | null }[] }).items[0]?.syncError ?? '';
  };
  await eventually(trouble, (text) => text.includes('lists no agents any more'));
  write(pair, 1);
  await pair.served(1);
  const ids = (agents: Agent[]) => agents.map(({ id }) => id);
  expect(ids(await agentsOf(pair))).toEqual(ids(before));
  expect((await agentsOf(pair)).find(({ id }) => id === ana?.id)).toMatchObject({ capacity: 7 });
  pair.qiscus.switches.agentsUnlisted = false;
  await eventually(trouble, (text) => text === '');
});
