// workspace_id leads every key and stands in every statement, so that the schema can be distributed.
/// <reference types="vite/client" />
import { expect, test } from 'vitest';
import { allStatements } from '../../src/store/sql.ts';
import { makeDatabase } from '../makers/make-database.ts';

/** By name, so that one more is seen. */
const ACROSS = [
  'all-queue-figures',
  'database-size',
  'drop-push-endpoint',
  'find-attachment',
  'find-tokens',
  'find-workspace-id',
  'key-ids-of-channel',
  'key-ids-of-endpoint',
  'key-ids-of-second_factor',
  'key-ids-of-setting',
  'list-channels-due',
  'list-channels-with-secrets',
  'list-removed-workspaces',
  'list-still-workspaces',
  'list-workspace-ids',
  'list-workspace-standing',
  'list-workspace-tables',
  'list-workspaces',
  'list-workspaces-to-remove',
  'list-workspaces-to-route',
  'list-workspaces-with-automation-runs',
  'list-workspaces-with-consultations',
  'list-workspaces-with-dead-claims',
  'list-workspaces-with-due-deliveries',
  'list-workspaces-with-due-report-days',
  'list-workspaces-with-ended-clients',
  'list-workspaces-with-ended-exclusions',
  'list-workspaces-with-ending-leases',
  'list-workspaces-with-ending-offers',
  'list-workspaces-with-forgotten-deliveries',
  'list-workspaces-with-left-agents',
  'list-workspaces-with-old-answers',
  'list-workspaces-with-old-audit',
  'list-workspaces-with-old-conversations',
  'list-workspaces-with-old-deliveries',
  'list-workspaces-with-old-passes',
  'list-workspaces-with-old-pushes',
  'list-workspaces-with-old-status-changes',
  'list-workspaces-with-old-told-waits',
  'list-workspaces-with-old-trace-contexts',
  'list-workspaces-with-old-updates',
  'list-workspaces-with-push-subscriptions',
  'list-workspaces-with-returning',
  'list-workspaces-with-silence',
  'list-workspaces-with-told-waits',
  'list-workspaces-with-trouble',
  'list-workspaces-with-turning-targets',
  'list-workspaces-with-unanswered-pushes',
  'list-workspaces-with-unnumbered-updates',
  'list-workspaces-with-unsaid-files',
  'list-workspaces-with-unused-sessions',
  'list-workspaces-with-waits',
  'list-workspaces-with-web-conversations',
  'outdated-secrets-of-channel',
  'outdated-secrets-of-endpoint',
  'outdated-secrets-of-second_factor',
  'outdated-secrets-of-setting',
  'read-clock',
  'read-database-version',
  'read-unconfirmed',
];

/** GIN holds a uuid only with an extension that not every PostgreSQL has; a node's share of it is its own all the same. */
const NOT_LEADING = [
  'contact_by_attribute',
  'contact_by_tag',
  'conversation_ended_with_tag',
  'message_by_file',
];

test('every table, key and index begins with workspace_id, but for those listed', async () => {
  const { pool } = await makeDatabase();
  const { rows } = await pool.query<{ index: string; first: string }>(
    `select i.indexrelid::regclass::text as index, a.attname as first
    from pg_index i join pg_class t on t.oid = i.indrelid and t.relnamespace = 'public'::regnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
    where t.relname <> 'migration'`,
  );
  const others = rows.filter(({ first }) => first !== 'workspace_id');
  expect(rows.length).toBeGreaterThan(25);
  expect(others.map(({ index }) => index).sort()).toEqual(NOT_LEADING);
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
  const statements = [...allStatements().values()].map(({ name, text }) => [name, text] as const);
  expect(statements.length).toBeGreaterThan(150);
  const isAcross = (text: string) => text.includes('-- across workspaces:');
  const found = statements
    .filter(([, text]) => !isAcross(text) && !text.includes('workspace_id'))
    .map(([name]) => name);
  expect(found).toEqual([]);
  expect(statements.flatMap(([name, text]) => (isAcross(text) ? [name] : [])).sort()).toEqual(
    ACROSS,
  );
});
