// Servers that are killed while steps of plans begin: nobody is given a conversation early, nor late by more than a bound, and no place in line is lost.
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { makeRandom } from '../../sandbox/qiscus/random.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { askAny } from './ask-any.ts';
import { checkState, noBreaches } from './check-history.ts';
import { checkSteps } from './check-steps.ts';
import { startServers } from './kill-in-turn.ts';
import { killOneThenBoth } from './kill-one-then-both.ts';
import { type Crowd, keepClosing, keepOpening, setUp, watchSteps } from './steps-world.ts';

const long = process.env.USHER_LONG_TESTS === '1';
// As long as a node that hangs may hold up all others, or a machine that starts the next server this one.
const LATE_MS = 5000;

test.skipIf(long)(
  'servers that are killed 4 times give nobody a conversation before its step, and each within 5 s of a fitting agent being free and a server there',
  () => underFire(4),
  240_000,
);

test.runIf(long)(
  'servers that are killed 20 times give nobody a conversation before its step, and each within 5 s of a fitting agent being free and a server there',
  () => underFire(20),
  900_000,
);

async function underFire(kills: number): Promise<void> {
  const seed = long ? Date.now() % 100_000 : 1;
  const random = makeRandom(seed);
  const { pool, url } = await makeDatabase();
  const environment = { DATABASE_URL: url, USHER_SWEEP_MS: '500', QISCUS_APP_ID: '' };
  const servers = await startServers(2, environment);
  const call = askAny(servers, random);
  const { channelId, agents } = await setUp(call);
  await watchSteps(pool);
  let stage: 'killing' | 'emptying' | 'over' = 'killing';
  const crowd = (isOver: Crowd['isOver']) => ({ call, pool, random, channelId, isOver });
  const opening = keepOpening(crowd(() => stage !== 'killing'));
  const closing = keepClosing(crowd(() => stage === 'over'));
  const downtimes = await killOneThenBoth(servers, { pool, kills, random, pause: [500, 2500] });
  stage = 'emptying';
  const opened = await opening;
  await eventually(
    async () => (await pool.query(`select from conversation where state = 'waiting'`)).rowCount,
    (waiting) => waiting === 0,
    60_000,
  );
  stage = 'over';
  await closing;
  expect(downtimes.length).toBe(Math.floor(kills / 4));
  const breaches = {
    ...(await checkSteps(pool, { agents, downtimes, lateMs: LATE_MS })),
    ...(await checkState(pool, DEFAULT_WORKSPACE)),
  };
  expect(breaches, `seed ${seed}`).toEqual(noBreaches(breaches));
  await expectEnough(pool, opened);
}

/** Else the test has shown nothing. */
async function expectEnough(pool: Pool, opened: number): Promise<void> {
  const { rows } = await pool.query<{ step: number; count: number }>(
    `select c.plan_step as step, count(*)::integer as count
    from assignment a join conversation c using (workspace_id, conversation_id) group by 1 order by 1`,
  );
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(opened);
  for (const step of [0, 1, 2]) {
    expect(rows.find((row) => row.step === step)?.count ?? 0).toBeGreaterThan(0);
  }
}
