// Two servers that are killed while they give conversations: what they decided comes out again, decision for decision.
import { expect, test } from 'vitest';
import { makeRandom } from '../../sandbox/qiscus/random.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { doSomething, replay, setUpCentre } from '../makers/replay-world.ts';
import { moveDatabase } from '../makers/test-clock.ts';
import { askAny } from './ask-any.ts';
import { startServers } from './kill-in-turn.ts';
import { killOneThenBoth } from './kill-one-then-both.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const SECOND = 1000;

test.skipIf(long)(
  'of servers that are killed 3 times, every decision comes out as it was',
  () => underFire(3),
  240_000,
);

test.runIf(long)(
  'of an hour of servers that are killed 15 times, every decision comes out as it was',
  () => underFire(15),
  900_000,
);

async function underFire(kills: number): Promise<void> {
  const random = makeRandom(long ? Date.now() % 100_000 : 3);
  const { pool, url } = await makeDatabase();
  const environment = { DATABASE_URL: url, USHER_SWEEP_MS: '500', QISCUS_APP_ID: '' };
  const servers = await startServers(2, environment);
  const call = askAny(servers, random);
  const centre = await setUpCentre(call, random);
  const from = await readNow();
  let over = false;
  const working = (async () => {
    for (let nth = 0; !over || nth < (long ? 120 : 30); nth += 1) {
      await doSomething(centre, nth);
      await moveDatabase(pool, 30 * SECOND);
    }
  })();
  await killOneThenBoth(servers, { pool, kills, random, pause: [1000, 3000] });
  over = true;
  await working;
  const found = await replay(call, { from, until: await readNow() });
  expect(found.differences).toEqual([]);
  expect(found).toMatchObject({ differing: 0, isWhole: true });
  expect(found.decided).toBeGreaterThan(50);
  expect(found.servers.length).toBeGreaterThan(kills);

  async function readNow(): Promise<Date> {
    return (await pool.query<{ now: Date }>('select clock_timestamp() as now')).rows[0]
      ?.now as Date;
  }
}
