// Bringing the schema up to date is not cut short by what limits every other statement.
import { Pool } from 'pg';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { migrate } from './migrate.ts';

test('a node waits for the one that migrates longer than a statement may take, and is limited again afterwards', async () => {
  const { url, pool: other } = await makeDatabase();
  const migrator = await other.connect();
  await migrator.query('select pg_advisory_lock(7283645120)');
  const limited = new Pool({ connectionString: url, max: 1, statement_timeout: 200 });
  // The pool says it has ended before its connections have, and the database is dropped under them.
  limited.on('connect', (client) => client.on('error', () => {}));

  const migrated = migrate(limited).catch((error: Error) => error.message);
  await migrator.query('select pg_sleep(0.5)');
  await migrator.query('select pg_advisory_unlock(7283645120)');
  migrator.release();

  expect(await migrated).toEqual([]);
  await expect(limited.query('select pg_sleep(10)')).rejects.toThrow('statement timeout');
  await limited.end();
});
