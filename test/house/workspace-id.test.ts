// workspace_id leads every key and stands in every statement, so that the schema can be distributed.
/// <reference types="vite/client" />
import { expect, test } from 'vitest';
import { allStatements } from '../../src/store/sql.ts';
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
  const rooms = import.meta.glob('../../src/store/*.ts');
  for (const [path, load] of Object.entries(rooms)) if (!path.includes('test')) await load();
  const statements = [...allStatements()];
  expect(statements.length).toBeGreaterThan(150);
  const isAcross = (text: string) => text.includes('-- across workspaces:');
  const found = statements
    .filter(([, text]) => !isAcross(text) && !text.includes('workspace_id'))
    .map(([name]) => name);
  const across = statements.filter(([, text]) => isAcross(text)).length;
  expect(found).toEqual([]);
  expect(across).toBe(4);
});
