// What is restored equals what was backed up, and whatever cannot be restored whole is refused.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { startTestUsher, type TestUsher } from '../../test/makers/start-test-usher.ts';
import { type Config, readConfig } from '../config.ts';
import { migrate } from '../store/migrate.ts';
import { backUp, inspect, restore } from './back-up.ts';

const STRANGE = 'tab\tnew\nline \\N \\. "quoted" 😀 \u00e9';

const KEY = 'a-key-of-more-than-thirty-two-characters';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-back-up-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const configOf = (environment: Record<string, string>): Config =>
  readConfig({ LOG_LEVEL: 'silent', ...environment });

/** Somebody waits and somebody is served. Answers the file of its backup. */
async function backUpCompany(
  environment: Record<string, string> = {},
): Promise<{ usher: TestUsher; file: string }> {
  const usher = await startTestUsher(environment);
  const make = async (path: string, body: object) => {
    const made = await usher.call('POST', `/api/v1/${path}`, { body });
    expect(made.status, made.text).toBeLessThan(300);
    return made.body as { id: string };
  };
  await make('agents', { name: STRANGE, availability: 'online', capacity: 1 });
  await make('endpoints', {
    url: 'https://example.com/hook',
    secret: 'x'.repeat(32),
    events: ['conversation.assigned'],
  });
  const { id } = await make('channels', { kind: 'api', name: 'Our shop' });
  for (const externalId of ['case-1', 'case-2']) {
    await make(`channels/${id}/conversations`, {
      externalId,
      contact: { externalId, name: STRANGE },
    });
  }
  await usher.stop();
  const file = join(await makeFolder(), 'one.backup');
  await backUp(
    configOf({ ...environment, DATABASE_URL: usher.database.url, USHER_DATA_DIR: usher.dataDir }),
    file,
  );
  return { usher, file };
}

/** A backup does not hold when it was taken itself: that is noted when it is done. */
const IS_IN_BACKUP = `key <> 'last-backup'`;

/** A digest of the rows of each table, and what guards them. */
async function describe(pool: Pool): Promise<Record<string, unknown>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  const found: Record<string, unknown> = {};
  for (const { name } of tables) {
    // Named by its row type, which has the columns in one order in both databases.
    const { rows } = await pool.query(
      `select count(*), md5(string_agg(md5(to_jsonb(t)::text), ',' order by to_jsonb(t)::text)) as digest from public.${name} t
      where ${name === 'setting' ? IS_IN_BACKUP : 'true'}`,
    );
    found[name] = rows[0];
  }
  const guards = {
    indexes: `select indexname as name from pg_indexes where schemaname = 'public'`,
    constraints: `select conname as name from pg_constraint where connamespace = 'public'::regnamespace and convalidated`,
    triggers: `select tgname as name from pg_trigger where not tgisinternal and tgenabled = 'O'`,
    sequences: `select sequencename || ' ' || last_value as name from pg_sequences where schemaname = 'public' and last_value is not null`,
  };
  for (const [kind, sql] of Object.entries(guards)) {
    found[kind] = (await pool.query<{ name: string }>(sql)).rows.map(({ name }) => name).sort();
  }
  return found;
}

/** The same archive with another text, and the checksum of that. */
async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .split('\n')
    .slice(0, -2);
  const text = change(`${lines.join('\n')}\n`);
  const end = createHash('sha256').update(text).digest('hex');
  await writeFile(file, gzipSync(`${text}${JSON.stringify({ end })}\n`));
}

test('an empty database gets every row, index, key, trigger and sequence, and the data directory its token', async () => {
  const { usher, file } = await backUpCompany();
  const before = await describe(usher.database.pool);
  expect(before).toMatchObject({ conversation: { count: 2 }, agent: { count: 1 } });
  const { pool, url } = await makeDatabase({ empty: true });
  const dataDir = await makeFolder();
  await writeFile(join(dataDir, 'admin-token'), 'mine\n');

  const done = await restore(configOf({ DATABASE_URL: url, USHER_DATA_DIR: dataDir }), file);

  expect(await describe(pool)).toEqual(before);
  expect(await migrate(pool)).toEqual([]);
  const codes = await Promise.all(
    [usher.dataDir, dataDir].map((folder) => readFile(join(folder, 'first-run-code'), 'utf8')),
  );
  expect(codes[1]).toBe(codes[0]);
  expect(await readFile(join(dataDir, 'admin-token'), 'utf8')).toBe('mine\n');
  expect(done.missingKeys).toEqual([]);
});

test('a database or a data directory that holds something is refused, and stays as it is', async () => {
  const { usher, file } = await backUpCompany();
  const before = await describe(usher.database.pool);
  const own = { DATABASE_URL: usher.database.url, USHER_DATA_DIR: usher.dataDir };
  await expect(restore(configOf(own), file)).rejects.toThrow('The database is not empty.');
  expect(await describe(usher.database.pool)).toEqual(before);

  const dataDir = await makeFolder();
  await mkdir(join(dataDir, 'postgres'));
  const used = restore(configOf({ USHER_DATA_DIR: dataDir }), file);
  await expect(used).rejects.toThrow('is not empty (postgres). Set USHER_DATA_DIR');
  expect(await readdir(dataDir)).toEqual(['postgres']);
});

test('a backup of a newer Usher, or a damaged one, is refused before anything is written', async () => {
  const { file } = await backUpCompany();
  const dataDir = join(await makeFolder(), 'data');
  const into = configOf({ USHER_DATA_DIR: dataDir });
  await rewrite(file, (text) => text.replace('"001-core.sql"', '"999-later.sql"'));
  await expect(restore(into, file)).rejects.toThrow('A newer Usher has made it (999-later.sql)');
  await rewrite(file, (text) =>
    text.replace('"999-later.sql"', '"001-core.sql"').replace('"checksum":"', '"checksum":"0'),
  );
  await expect(restore(into, file)).rejects.toThrow('001-core.sql is not the one of this Usher');
  await writeFile(file, (await readFile(file)).subarray(0, 2000));
  await expect(restore(into, file)).rejects.toThrow('is damaged');
  expect(await readdir(join(dataDir, '..'))).toEqual([]);
});

test('rows that break a reference are refused, and the database is as empty as before', async () => {
  const { file } = await backUpCompany();
  await rewrite(file, (text) =>
    text.replace(
      /(\n\{"table":"workspace",[^\n]*\n)[\s\S]*?\n\\\.\n\{"rows":\d+\}/,
      '$1\\.\n{"rows":0}',
    ),
  );
  const { pool, url } = await makeDatabase({ empty: true });
  const into = configOf({ DATABASE_URL: url, USHER_DATA_DIR: await makeFolder() });
  await expect(restore(into, file)).rejects.toThrow('violates foreign key constraint');
  const { rows } = await pool.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace`,
  );
  expect(rows).toEqual([]);
});

test('a key that seals secrets in it and is not set is named', async () => {
  const { file } = await backUpCompany({ USHER_SECRET_KEY: KEY });
  const without = await inspect(configOf({}), file);
  expect(without.missingKeys).toHaveLength(1);
  const withKey = configOf({ USHER_SECRET_KEY: KEY });
  expect((await inspect(withKey, file)).missingKeys).toEqual([]);
});

test('a file that is there is not written over, and where there is no database there is no backup', async () => {
  const folder = await makeFolder();
  const file = join(folder, 'one.backup');
  const config = configOf({ USHER_DATA_DIR: join(folder, 'data') });
  await expect(backUp(config, file)).rejects.toThrow('There is no database in');
  await writeFile(file, 'mine');
  await expect(backUp(config, file)).rejects.toThrow('is there already');
  expect(await readdir(folder)).toEqual(['one.backup']);
});

test('what PostgreSQL does not log is not in a backup, because no standby can read it', async () => {
  const { pool, url } = await makeDatabase();
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'u'`,
  );
  const unlogged = rows.map(({ name }) => name);
  expect(unlogged).toEqual(['trace_context']);
  const file = join(await makeFolder(), 'one.backup');
  await backUp(configOf({ DATABASE_URL: url, USHER_DATA_DIR: await makeFolder() }), file);
  const text = gunzipSync(await readFile(file)).toString('latin1');
  expect(text).toContain('"table":"conversation"');
  for (const name of unlogged) expect(text).not.toContain(`"table":"${name}"`);
});
