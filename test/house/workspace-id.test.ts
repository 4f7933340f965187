// workspace_id leads every key and stands in every statement, so that the schema can be distributed.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDatabase } from '../makers/make-database.ts';

test('every table, key and index begins with workspace_id', async () => {
  const { pool } = await makeDatabase();
  const { rows } = await pool.query<{ index: string; first: string }>(
    `select i.indexrelid::regclass::text as index, a.attname as first
    from pg_index i join pg_class t on t.oid = i.indrelid and t.relnamespace = 'public'::regnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
    where t.relname <> 'migration'`,
  );
  const others = rows.filter(({ first }) => first !== 'workspace_id');
  expect(rows.length).toBeGreaterThan(25);
  expect(others).toEqual([]);
});

test('every foreign key carries workspace_id', async () => {
  const { pool } = await makeDatabase();
  const { rows } = await pool.query<{ text: string }>(
    `select pg_get_constraintdef(oid) as text from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  expect(rows.filter(({ text }) => !text.startsWith('FOREIGN KEY (workspace_id'))).toEqual([]);
});

test('every statement names workspace_id, or says why it goes across workspaces', async () => {
  const found: string[] = [];
  let across = 0;
  for (const file of await readdir('src/store')) {
    if (!file.endsWith('.ts')) continue;
    const text = await readFile(join('src/store', file), 'utf8');
    // Every statement( 'name', `text` ) of the room.
    for (const [, name = '', sql = ''] of text.matchAll(
      /statement<[^(]*>\(\s*[`']([^`']+)[`'],\s*(?:`([^`]*)`|'[^']*')/g,
    )) {
      if (sql.includes('-- across workspaces:')) across += 1;
      else if (sql !== '' && !sql.includes('workspace_id')) found.push(`${file}: ${name}`);
    }
  }
  expect(found).toEqual([]);
  expect(across).toBe(3);
});
