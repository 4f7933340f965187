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
  limited.on('error', () => {});
  limited.on('connect', (client) => client.on('error', () => {}));

  const migrated = migrate(limited).catch((error: Error) => error.message);
  await migrator.query('select pg_sleep(0.5)');
  await migrator.query('select pg_advisory_unlock(7283645120)');
  migrator.release();

  expect(await migrated).toEqual([]);
  await expect(limited.query('select pg_sleep(10)')).rejects.toThrow('statement timeout');
  await limited.end();
});

test('a token that one token alone can have made is given its maker, one of whose makers there were two is not', async () => {
  const { pool } = await makeDatabase();
  const tokensOfTokens = '029-tokens-of-tokens.sql';
  await pool.query('alter table token drop column maker_token_id');
  await pool.query('delete from migration where name = $1', [tokensOfTokens]);
  const workspaceId = '00000000-0000-7000-8000-000000000001';
  await pool.query(`insert into workspace (workspace_id, name) values ($1, 'Ours')`, [workspaceId]);
  const made = [
    ['alone', null],
    ['twin', null],
    ['twin', null],
    ['of one', 'token:alone'],
    ['of two', 'token:twin'],
    ['of a person', 'agent:ana'],
    // Its maker had the name later.
    ['of one to come', 'token:late'],
    ['late', null],
  ];
  for (const [minute, [name, madeBy]] of made.entries()) {
    await pool.query(
      `insert into token (workspace_id, token_id, name, role, hash, made_by, created_at)
       values ($1, gen_random_uuid(), $2, 'admin', $3, $4, now() + make_interval(mins => $5))`,
      [workspaceId, name, Buffer.from(`${minute}`), madeBy, minute],
    );
  }
  expect(await migrate(pool)).toEqual([tokensOfTokens]);
  const { rows } = await pool.query(
    `select t.name, p.name as maker from token t
     join token p on p.workspace_id = t.workspace_id and p.token_id = t.maker_token_id`,
  );
  expect(rows).toEqual([{ name: 'of one', maker: 'alone' }]);
});

test('a migration that has changed since it was applied is refused by its name, and nothing is applied', async () => {
  const { pool } = await makeDatabase();
  await pool.query(
    `update migration set checksum = 'of another text' where name = '003-messages.sql'`,
  );
  await pool.query(`delete from migration where name = '030-kept-answers.sql'`);

  await expect(migrate(pool)).rejects.toThrow(
    /migration 003-messages\.sql has changed since .* new migration/,
  );

  const { rows } = await pool.query(`select from migration where name = '030-kept-answers.sql'`);
  expect(rows).toEqual([]);
});

test('a database from before checksums gets those of the files, and holds to them from then on', async () => {
  const { pool } = await makeDatabase();
  await pool.query('alter table migration drop column checksum');

  expect(await migrate(pool)).toEqual([]);

  const { rows } = await pool.query('select name from migration where checksum is null');
  expect(rows).toEqual([]);
  await pool.query(`update migration set checksum = reverse(checksum) where name = '001-core.sql'`);
  await expect(migrate(pool)).rejects.toThrow('001-core.sql');
});

const noteLater = (name: string, runsUnder: string | null) => ({
  text: `insert into migration (name, checksum, runs_under) values ($1, 'of later', $2)`,
  values: [name, runsUnder],
});

test('a database of a newer Usher is run with where its migrations say so, and names them; otherwise it is refused', async () => {
  const { pool } = await makeDatabase();
  const { rows } = await pool.query<{ newest: string }>(
    'select max(name) as newest from migration',
  );
  const newest = rows[0]?.newest ?? '';
  const heard: (readonly string[])[] = [];
  const again = () => migrate(pool, { onNewer: (names) => heard.push(names) });

  await pool.query(noteLater('900-later.sql', newest));
  expect(await again()).toEqual([]);
  expect(heard).toEqual([['900-later.sql']]);

  await pool.query(noteLater('901-much-later.sql', '900-later.sql'));
  await expect(again()).rejects.toThrow(/by a newer Usher \(900-later\.sql, 901-much-later\.sql\)/);

  await pool.query(`update migration set runs_under = null where name like '90%'`);
  await expect(again()).rejects.toThrow('by a newer Usher');
});

test('a newer database that lacks a migration of this one is refused: it is of another line', async () => {
  const { pool } = await makeDatabase();
  await pool.query(noteLater('900-later.sql', '001-core.sql'));
  await pool.query(`delete from migration where name = '030-kept-answers.sql'`);
  await expect(migrate(pool)).rejects.toThrow('by a newer Usher (900-later.sql)');
});
