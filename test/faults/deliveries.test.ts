// Servers are killed and receivers fail while events leave: each arrives at least once, in order, signed.
import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { Behaviour } from '../../sandbox/receiver/behaviour.ts';
import { type Receiver, startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { eventTypes } from '../../src/contract/event-types.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import { ALL_GITPLE, SECRET } from '../makers/start-with-receiver.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { noBreaches } from './check-history.ts';
import {
  type CrashingDatabase,
  makeCuttableDatabase,
  startCrashingDatabase,
} from './crashing-database.ts';
import { makeMoods, raiseStorm, runClock, type Storm } from './delivery-world.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const REQUEUES = 8;

const bindings = [
  ALL_GITPLE,
  eventTypes.filter((type) => type.startsWith('conversation.')),
  [
    'session_state_close',
    'conversation.requeued',
    'conversation.transferred',
    'session_state_open',
  ],
];

test.skipIf(long)(
  'every event arrives, in order, while servers are killed, connections cut and a fifth of all requests fail',
  async () => {
    const size = { conversations: 60, kills: 4, hangEvery: 600, withinMs: 240_000 };
    await throughTheStorm(await makeCuttableDatabase(), size);
  },
  420_000,
);

test.runIf(long)(
  'every event arrives, in order, while servers are killed 24 times and PostgreSQL crashes',
  async () => {
    const size = { conversations: 1000, kills: 24, hangEvery: 2000, withinMs: 780_000 };
    await throughTheStorm(await startCrashingDatabase(), size);
  },
  1_200_000,
);

async function throughTheStorm(
  { pool, url, crash }: CrashingDatabase,
  size: { conversations: number; kills: number; hangEvery: number; withinMs: number },
): Promise<void> {
  const seed = long ? Date.now() % 100_000 : 1;
  const environment = {
    DATABASE_URL: url,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    USHER_SWEEP_MS: '500',
  };
  const servers = [await startServerProcess(environment), await startServerProcess(environment)];
  for (const { expectErrors } of servers) expectErrors(LOST_DATABASE);
  await Promise.all(servers.map((server) => server.ready()));
  const receivers = await listen(servers, { seed, hangEvery: size.hangEvery });
  const agentIds = [await addAgent(servers), await addAgent(servers)] as const;
  const place = { desk: silentDesk(pool), workspaceId: DEFAULT_WORKSPACE };
  const channel = await makeChannel(place);
  const away = new Set<Receiver>();
  const clock = runClock(pool, away);
  onTestFinished(() => clock.stop());

  const storm = await raiseStorm({
    ...size,
    pool,
    servers,
    receivers: [...receivers.values()],
    away,
    agentIds,
    open: () => openAtLast(() => makeConversation(place, channel)),
    requeues: REQUEUES,
    seed,
    halfWay: crash,
  }).catch((error: unknown) => {
    throw new Error(`${error}\n${servers.map((server) => server.output()).join('\n')}`);
  });
  await drained(pool, long ? 240_000 : 120_000);

  const breaches = await checkDeliveries(pool, DEFAULT_WORKSPACE, receivers);
  expect(breaches, `seed ${seed}`).toEqual(noBreaches(breaches));
  expect(servers.filter((server) => !server.isAlive())).toEqual([]);
  expectWeather(storm, [...receivers.values()], size);
  await expectAsManyEvents(pool, size.conversations);
}

async function listen(
  servers: readonly ServerProcess[],
  { seed, hangEvery }: { seed: number; hangEvery: number },
): Promise<Map<string, Receiver>> {
  const receivers = new Map<string, Receiver>();
  for (const [index, events] of bindings.entries()) {
    const behaviour = makeMoods({ seed: seed + index, hangEvery });
    const receiver = await startReceiver({ secrets: [SECRET], behaviour });
    onTestFinished(() => receiver.stop());
    const body = { url: `${receiver.url}/hook`, secret: SECRET, events };
    receivers.set(await create(servers, 'endpoints', body), receiver);
  }
  return receivers;
}

function addAgent(servers: readonly ServerProcess[]): Promise<string> {
  return create(servers, 'agents', { name: 'Ana', availability: 'online', capacity: 1000 });
}

async function create([server]: readonly ServerProcess[], what: string, body: object) {
  const answer = await fetch(`${server?.url}/api/v1/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(body),
  });
  const { id } = (await answer.json()) as { id: string };
  return id;
}

/** The test's own connections are cut too. */
async function openAtLast(open: () => Promise<string>): Promise<string> {
  return eventually(
    () => open().catch(() => ''),
    (id) => id !== '',
    60_000,
  );
}

async function drained(pool: Pool, withinMs: number): Promise<void> {
  await eventually(
    async () =>
      (
        await pool.query(
          `select state, count(*), min(due_at), max(attempts) from delivery
        where state in ('pending', 'held') group by 1`,
        )
      ).rows,
    (rows) => rows.length === 0,
    withinMs,
  );
}

/** Without kills and faults nothing would have been proved. */
function expectWeather(storm: Storm, receivers: Receiver[], { kills }: { kills: number }): void {
  expect(storm.struck).toBe(kills);
  expect(storm.kills, 'kills that left something half sent').toBeGreaterThanOrEqual(kills / 2);
  expect(storm.outages).toBeGreaterThan(0);
  const requests = receivers.flatMap((receiver) => receiver.requests);
  const moods = Map.groupBy(requests, ({ behaviour }) => nameOf(behaviour));
  expect([...moods.keys()].sort()).toEqual([
    '200',
    '302',
    '400',
    '429',
    '500',
    '503',
    'half-body',
    'half-headers',
    'hang',
    'reset',
    'trickle',
  ]);
  const good = (moods.get('200')?.length ?? 0) + (moods.get('trickle')?.length ?? 0);
  expect(1 - good / requests.length, 'share of requests that failed').toBeGreaterThan(0.15);
  expect(requests.filter(({ time }) => time > 1).length).toBeGreaterThan(requests.length * 0.1);
}

function nameOf(behaviour: Behaviour | null): string {
  if (behaviour === null) return '';
  return 'fault' in behaviour ? behaviour.fault : String(behaviour.status);
}

/** Opened, assigned, back and assigned again, transferred, closed. */
async function expectAsManyEvents(pool: Pool, conversations: number): Promise<void> {
  const { rows } = await pool.query<{ count: number; closed: number }>(
    `select count(*), count(*) filter (where type = 'conversation.closed') as closed from event
    where type like 'conversation.%'`,
  );
  expect(rows[0]?.closed).toBe(conversations);
  expect(rows[0]?.count).toBeGreaterThanOrEqual(conversations * (2 * REQUEUES + 3));
}
