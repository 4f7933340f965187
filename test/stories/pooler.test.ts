// PgBouncer before the database: Usher starts where each connection has a session of its own, with its limits.
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startUsher } from '../../src/main.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { pgbouncerMissing, startPgbouncer } from '../makers/start-pgbouncer.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';

const LIMITS = 'statement_timeout,idle_in_transaction_session_timeout';
const REFUSAL =
  /^DATABASE_URL: a pooler, such as PgBouncer, stands before the database at 127\.0\.0\.1:\d+\. .*: name PostgreSQL itself\./;

const start = (url: string) =>
  startUsher(readConfig({ PORT: '0', DATABASE_URL: url }), pino({ level: 'silent' }));

/** The limits stand in the database, for whoever loses them on the way. */
async function makeLimited() {
  const { pool, url } = await makeDatabase();
  const name = new URL(url).pathname.slice(1);
  await pool.query(`alter database ${name} set idle_in_transaction_session_timeout = '4500ms'`);
  return url;
}

describe.skipIf(pgbouncerMissing)(`a pooler ${pgbouncerMissing ?? ''}`, () => {
  test('that refuses the limits of a session is refused', async () => {
    const { url } = await makeDatabase();
    await expect(start(await startPgbouncer({ url, mode: 'session' }))).rejects.toThrow(REFUSAL);
  });

  test('that drops them without a word is refused', async () => {
    const { url } = await makeDatabase();
    const through = await startPgbouncer({ url, mode: 'session', ignore: LIMITS });
    await expect(start(through)).rejects.toThrow(REFUSAL);
  });

  test('that shares the sessions is refused', async () => {
    const url = await makeLimited();
    const through = await startPgbouncer({ url, mode: 'transaction', ignore: LIMITS });
    await expect(start(through)).rejects.toThrow(REFUSAL);
  });

  test('that leaves sessions and limits alone will do', async () => {
    const url = await makeLimited();
    const through = await startPgbouncer({ url, mode: 'session', ignore: LIMITS });
    const { call } = await startTestUsher({ DATABASE_URL: through });
    expect((await call('GET', '/readyz')).status).toBe(200);
  });
});
