// Whoever comes from a release keeps what they have. scripts/keep-release.ts made what is upgraded here.
import { readdir, readFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { makeRoster } from '../../src/desk/roster.ts';
import { routeWaiting } from '../../src/desk/route-waiting.ts';
import { listInbox } from '../../src/store/inbox.ts';
import { migrate } from '../../src/store/migrate.ts';
import { listWorkspaceIds } from '../../src/store/workspaces.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { silentDesk } from '../makers/silent-desk.ts';

interface Release {
  migrations: { name: string; checksum: string }[];
  sequences: { name: string; last: number }[];
  tables: Record<string, unknown[]>;
}

const folder = new URL('../fixtures/releases/', import.meta.url);
const releases = await readdir(folder);

/** As the release has left it: its migrations, which must not have changed since, and its rows. */
async function restore(db: Pool, { migrations, sequences, tables }: Release): Promise<void> {
  await db.query(
    'create table migration (name text primary key, applied_at timestamptz not null default now(), checksum text)',
  );
  for (const { name, checksum } of migrations) {
    const file = new URL(`../../src/store/migrations/${name}`, import.meta.url);
    await db.query(await readFile(file, 'utf8'));
    await db.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum]);
  }
  for (const [table, rows] of Object.entries(tables)) {
    await db.query(`delete from ${table}`);
    await db.query(
      `insert into ${table} overriding system value select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }
  for (const { name, last } of sequences) await db.query('select setval($1, $2)', [name, last]);
}

async function countRows(db: Pool, tables: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await db.query(`select count(*) as count from ${table}`);
    counts[table] = rows[0].count;
  }
  return counts;
}

test.each(releases)(
  'a database of %s is upgraded with all its rows, listed and routed',
  async (file) => {
    const { pool } = await makeDatabase({ empty: true });
    const release = JSON.parse(await readFile(new URL(file, folder), 'utf8')) as Release;
    await restore(pool, release);
    const tables = Object.keys(release.tables);
    const before = await countRows(pool, tables);

    const applied = await migrate(pool);

    const known = release.migrations.map(({ name }) => name);
    const { rows } = await pool.query<{ name: string }>('select name from migration order by name');
    expect(rows.map(({ name }) => name)).toEqual([...known, ...applied].toSorted());
    expect(await countRows(pool, tables)).toEqual(before);
    const all = { userId: null, after: null, limit: 50, scope: 'any', sort: 'recent' } as const;
    for (const workspaceId of await listWorkspaceIds(pool)) {
      const states = (await listInbox(pool, { ...all, workspaceId })).map(({ state }) => state);
      expect(states.toSorted()).toEqual(['assigned', 'closed', 'waiting', 'waiting']);
      const roster = makeRoster(workspaceId);
      const { assigned } = await routeWaiting(silentDesk(pool), { workspaceId, roster });
      expect(assigned).toBe(1);
    }
  },
);

/** The first that goes on beside a newer one knew this migration; later, the last release whose schema is kept does. */
const FIRST_TO_GO_ON = '072-passes-uncompressed.sql';

test('each migration since then says that the release before runs with it', async () => {
  const directory = new URL('../../src/store/migrations/', import.meta.url);
  const kept = await Promise.all(
    releases.map(async (file) => {
      const { migrations } = JSON.parse(await readFile(new URL(file, folder), 'utf8')) as Release;
      return migrations.at(-1)?.name ?? '';
    }),
  );
  const before = [FIRST_TO_GO_ON, ...kept].toSorted().at(-1) ?? '';
  const later = (await readdir(directory)).filter((name) => name > before);
  const silent = [];
  for (const name of later) {
    const [first = ''] = (await readFile(new URL(name, directory), 'utf8')).split('\n');
    const [, under] = /^-- runs under: (\S+\.sql)$/.exec(first) ?? [];
    if (under === undefined || under > before) silent.push(name);
  }
  expect(silent).toEqual([]);
});

test('the schema of a release is kept', () => {
  expect(releases).toContain('0.1.0.json');
});
