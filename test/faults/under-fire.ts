// Two servers of one Qiscus under fire, until all is done: then Qiscus and Usher agree, and nothing is lost or doubled.
import type { Pool } from 'pg';
import { expect, onTestFinished } from 'vitest';
import { type QiscusEmulator, startQiscusEmulator } from '../../sandbox/qiscus/emulator.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Expected, LOST_DATABASE } from '../makers/watch-errors.ts';
import { checkState, noBreaches } from './check-history.ts';
import { type Fire, setFire } from './crash-world.ts';
import { qiscusEnvironment } from './qiscus-world.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const AGENTS = 20;
const CAPACITY = 4;
const KEEP_OPEN = 60;

export interface FireDatabase {
  pool: Pool;
  url: string;
  /** Whatever breaks. */
  crash(servers: readonly ServerProcess[], fire: Fire): Promise<void>;
}

export interface FireSize {
  webhooks: number;
  kills: number;
  expected?: Expected[];
  /** Of another release. */
  program?: URL;
}

/** `crash` happens half-way. */
export async function underFire(
  { pool, url, crash }: FireDatabase,
  { expected = [], program, ...size }: FireSize,
): Promise<Fire> {
  const seed = long ? Date.now() % 100_000 : 1;
  const qiscus = await startQiscusEmulator({ switches: { latencyMs: { min: 5, max: 40 } } });
  onTestFinished(() => qiscus.close());
  for (let n = 1; n <= AGENTS; n += 1) qiscus.addAgent({ name: `Agent ${n}` });
  const mostHeld = watchMostHeld(qiscus);
  const environment = {
    ...qiscusEnvironment(qiscus, url),
    QISCUS_MAX_CUSTOMER: String(CAPACITY),
  };
  const start = () => startServerProcess(environment, program && { program });
  const servers = [await start(), await start()];
  for (const { expectErrors } of servers) expectErrors(LOST_DATABASE, ...expected);
  await Promise.all(servers.map((server) => server.ready()));
  await eventually(
    async () => (await pool.query('select 1 from agent_identity')).rowCount,
    (known) => known === AGENTS,
  );

  const options = {
    qiscus,
    servers,
    keepOpen: KEEP_OPEN,
    seed,
    halfWay: (fire: Fire) => crash(servers, fire),
    withinMs: long ? 780_000 : 240_000,
    ...size,
  };
  const fire = await setFire(options).catch((error: unknown) => {
    throw new Error(`${error}\n${servers.map((server) => server.output()).join('\n')}`);
  });
  await drained(pool, size.webhooks);

  expect(fire.kills, 'no fault has fired').toBeGreaterThanOrEqual(size.kills * 0.8);
  expect(fire.repeats).toBeGreaterThan(0);
  expect(servers.filter((server) => !server.isAlive())).toEqual([]);
  await expectEachOnce(pool, fire, size.webhooks);
  await expectAgreement(pool, qiscus);
  expect(findDoubles(qiscus), `seed ${seed}`).toEqual([]);
  expect(mostHeld()).toBeLessThanOrEqual(CAPACITY);
  const breaches = await checkState(pool, DEFAULT_WORKSPACE);
  expect(breaches, `seed ${seed}`).toEqual(noBreaches(breaches));
  return fire;
}

/** The most that any agent ever had at Qiscus. */
function watchMostHeld(qiscus: QiscusEmulator): () => number {
  let most = 0;
  qiscus.onAssigned(() => {
    most = Math.max(most, ...qiscus.agents().map(({ customerCount }) => customerCount));
  });
  return () => most;
}

/** Waits until nothing waits and nothing is under way. */
async function drained(pool: Pool, webhooks: number): Promise<void> {
  const look = async () => {
    const { rows } = await pool.query<{
      waiting: number;
      under_way: number;
      unconfirmed: number;
      closed: number;
    }>(
      `select count(*) filter (where state = 'waiting') as waiting,
        count(*) filter (where state = 'assigned' and confirmed_at is null) as unconfirmed,
        count(*) filter (where state = 'closed') as closed,
        (select count(*) from delivery where state = 'pending') as under_way from conversation`,
    );
    return rows[0];
  };
  await eventually(
    look,
    (now) =>
      now?.waiting === 0 &&
      now.under_way === 0 &&
      now.unconfirmed === 0 &&
      now.closed === webhooks - KEEP_OPEN,
    120_000,
  );
}

/** Also opened before its answer, not found later by looking for lost ones. */
async function expectEachOnce(pool: Pool, fire: Fire, webhooks: number): Promise<void> {
  expect(fire.answered.size).toBe(webhooks);
  const { rows } = await pool.query<{ external_id: string; queued_at: Date }>(
    'select external_id, queued_at from conversation',
  );
  expect(rows.map((row) => row.external_id).sort()).toEqual([...fire.answered.keys()].sort());
  const late = rows.filter((row) => row.queued_at > (fire.answered.get(row.external_id) ?? 0));
  expect(late).toEqual([]);
}

async function expectAgreement(pool: Pool, qiscus: QiscusEmulator): Promise<void> {
  const { rows } = await pool.query<{ room: string; state: string; agent: string | null }>(
    `select c.external_id as room, c.state, i.external_id as agent from conversation c
    left join agent_identity i on c.state = 'assigned' and i.agent_id = c.agent_id`,
  );
  const here = rows.map(({ room, state, agent }) => ({
    room,
    state,
    agents: agent === null ? [] : [Number(agent)],
  }));
  const there = rows.map(({ room: roomId }) => {
    const room = qiscus.room(roomId);
    const state = room?.isResolved === true ? 'closed' : room?.isWaiting ? 'waiting' : 'assigned';
    return { room: roomId, state, agents: room?.agentIds };
  });
  expect(here).toEqual(there);
  const perAgent = qiscus.agents().map(({ customerCount }) => customerCount);
  expect(Math.max(...perAgent)).toBeLessThanOrEqual(CAPACITY);
}

/** Rooms that got a second agent who replaced nobody. */
function findDoubles(qiscus: QiscusEmulator): string[] {
  const seen = new Set<string>();
  const doubles: string[] = [];
  for (const { roomId, replaced } of qiscus.assignments()) {
    if (seen.has(roomId) && replaced === null) doubles.push(roomId);
    seen.add(roomId);
  }
  return doubles;
}
