import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { isOutage } from './is-outage.ts';
import { withTx } from './tx.ts';

/** As a process that gets no time from its machine. */
function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test('a transaction that PostgreSQL ends because this process stood still is an outage: trying again helps', async () => {
  const { pool } = await makeDatabase();
  const work = withTx(pool, async (tx) => {
    await tx.query('set local idle_in_transaction_session_timeout = 100');
    stall(500);
    await tx.query('select 1');
  });
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toHaveProperty('code', '25P03');
  expect(isOutage(error)).toBe(true);
});

test.each(['EAI_AGAIN', 'ENETUNREACH', 'ECONNREFUSED'])(
  'a database that cannot be reached is an outage: %s',
  (code) => {
    expect(isOutage(Object.assign(new Error('connect'), { code }))).toBe(true);
  },
);

test.each(['53100', '53200', '53300'])(
  'a database without room on its disk, in its memory or for a connection is an outage: %s',
  (code) => {
    expect(isOutage(Object.assign(new Error('no room'), { code }))).toBe(true);
  },
);

test('a statement that the database refuses is none', async () => {
  const { pool } = await makeDatabase();
  const error: unknown = await pool.query('select 1 / 0').catch((thrown: unknown) => thrown);
  expect(isOutage(error)).toBe(false);
});
