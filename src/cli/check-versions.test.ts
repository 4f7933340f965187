// What the doctor says of versions, by a real database.
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { startTestUsher } from '../../test/makers/start-test-usher.ts';
import { checkNode, checkSchema, judgePostgres, judgeSchema } from './check-versions.ts';

test('an old Node is told, and a PostgreSQL that nobody tried', () => {
  expect(checkNode('18.20.1')).toMatchObject({ state: 'failed' });
  expect(checkNode('20.0.0')).toMatchObject({ state: 'ok' });
  expect(judgePostgres(18)).toMatchObject({ state: 'ok' });
  expect(judgePostgres(19)).toMatchObject({ state: 'warning' });
});

test('the schema of a running server is that of this Usher, and the server is counted', async () => {
  const usher = await startTestUsher();
  const checks = await checkSchema(usher.database.pool);
  expect(checks).toMatchObject([
    { name: 'schema', state: 'ok' },
    { name: 'processes', says: '1 on this database' },
  ]);
});

test('a migration that this Usher does not know, or that is missing, is named', async () => {
  const { pool } = await makeDatabase();
  await pool.query(`insert into migration (name, checksum) values ('999-later.sql', '')`);
  expect((await checkSchema(pool))[0]).toMatchObject({
    ...{ state: 'warning', says: expect.stringContaining('999-later.sql') },
  });
  await pool.query(`delete from migration where name > '050'`);
  expect((await checkSchema(pool))[0]).toMatchObject({
    ...{ state: 'ok', says: expect.stringContaining('the next start') },
  });
  const beside = judgeSchema({ missing: ['9.sql'], unknown: [], nodes: 2 });
  expect(beside).toMatchObject({ state: 'warning', says: expect.stringContaining('2 running') });
});
