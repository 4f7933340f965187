// A node's clock goes by the database's, and a test's moves both.
import { expect, test } from 'vitest';
import { makeDatabase } from '../test/makers/make-database.ts';
import { makeTestClock } from '../test/makers/test-clock.ts';
import { every, makeClock, type Time } from './clock.ts';
import { measureClock, readClock } from './store/clock.ts';

/** Of a machine that is five seconds behind. */
function makeTime() {
  let elapsed = 1000;
  const time: Time = {
    timeOfDay: () => 100_000 + elapsed - 5000,
    elapsed: () => elapsed,
    after: () => () => {},
  };
  const pass = (ms: number) => {
    elapsed += ms;
  };
  return { clock: makeClock(time), pass };
}

test('until it is measured it is the time of the machine, then that of the database', () => {
  const { clock, pass } = makeTime();
  expect(clock.now()).toBe(96_000);
  pass(10);
  clock.measured(101_005, 1000, 1010);
  expect(clock.now()).toBe(101_010);
  pass(500);
  expect(clock.now()).toBe(101_510);
});

test('an answer that was long on its way does not replace a better one, until that is old', () => {
  const { clock, pass } = makeTime();
  pass(2);
  clock.measured(101_001, 1000, 1002);
  pass(198);
  clock.measured(101_000, 1002, 1200);
  expect(clock.now()).toBe(101_200);
  pass(300_000);
  clock.measured(401_110, 301_000, 301_200);
  expect(clock.now()).toBe(401_210);
});

test('a node whose machine is wrong by five seconds has the time of the database', async () => {
  const { pool } = await makeDatabase();
  for (const skewMs of [-5000, 5000]) {
    const clock = makeTestClock(pool, { skewMs });
    await readClock(pool);
    await measureClock(pool, clock);
    const away = Math.abs(clock.now() - (await readClock(pool)).getTime());
    expect(away).toBeLessThan(500);
  }
});

test.each(['now()', 'statement_timestamp()', 'clock_timestamp()'])(
  'a test moves %s of its database by as much as the clock of the node',
  async (sql) => {
    const { pool } = await makeDatabase();
    const clock = makeTestClock(pool);
    const read = async () => (await pool.query<{ at: Date }>(`select ${sql} as at`)).rows[0]?.at;
    const real = Date.now();
    await clock.advance(3_600_000);
    const at = (await read())?.getTime() ?? 0;
    expect(at - real).toBeGreaterThanOrEqual(3_600_000 - 10);
    expect(at - real).toBeLessThan(3_600_000 + 30_000);
    expect(Math.abs(clock.now() - at)).toBeLessThan(1000);
  },
);

test('what has come due by a move is done in order, and what is done again and again is done once', async () => {
  const { pool } = await makeDatabase();
  const clock = makeTestClock(pool);
  const done: string[] = [];
  clock.after(60_000, () => void done.push('a minute'));
  clock.after(30_000, () => void done.push('half a minute'));
  clock.after(61_000, () => void done.push('later'));
  const callOff = clock.after(10_000, () => void done.push('called off'));
  const stop = every(clock, 20_000, () => void done.push('every'));
  callOff();
  await clock.advance(60_500);
  expect(done).toEqual(['every', 'half a minute', 'a minute']);
  stop();
  await clock.advance(60_000);
  expect(done).toEqual(['every', 'half a minute', 'a minute', 'later']);
});
