// Every statement of the store is one that PostgreSQL understands, and answers the rows that its type promises.
/// <reference types="vite/client" />
import { Client, type ClientBase, type Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { listInbox } from '../../src/store/inbox.ts';
import { readReport } from '../../src/store/reports.ts';
import { allStatements } from '../../src/store/sql.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { type Column, describeStatement } from './describe-statement.ts';
import { type Property, type RowType, readRowTypes } from './read-row-types.ts';

/** Columns that may be null, of rows that have them: why. */
const NEVER_NULL: Record<string, string> = {
  'find-login-sessions agentId': 'each user is also an agent',
  'find-user-by-email agentId': 'each user is also an agent',
  'find-user-by-identity agentId': 'each user is also an agent',
  'get-delivery eventId': 'only deliveries to endpoints are asked for, and each tells an event',
  'get-listed-user agentId': 'each user is also an agent',
  'get-login-session agentId': 'each user is also an agent',
  'get-user agentId': 'each user is also an agent',
  'held-by-left-agents agentId': 'what is assigned has an agent: a constraint of conversation',
  'list-deliveries eventId': 'only deliveries to endpoints are asked for, and each tells an event',
  'list-balanced agentId': 'asked for is what somebody has',
  'list-movable agentId': 'asked for is what somebody has',
  'list-offers-soon-over agentId': 'what is assigned has an agent: a constraint of conversation',
  'list-updates number': 'asked for are those that have one',
  'list-users agentId': 'each user is also an agent',
  'waiting-in-plans plan': 'asked for is who waits in a plan',
};

const KINDS: Record<string, string> = {
  boolean: 'boolean',
  bytea: 'Buffer',
  bigint: 'number',
  'double precision': 'number',
  integer: 'number',
  numeric: 'number',
  real: 'number',
  smallint: 'number',
  text: 'string',
  uuid: 'string',
};

/** A time that may be infinity is answered as a number. */
const TIMES = ['Date', 'number | Date'];

/** What the driver and src/store/pool.ts make of a type; null: JSON, which may be anything. */
function kindsOf(type: string): readonly string[] | null {
  if (type === 'timestamp with time zone') return TIMES;
  if (type === 'jsonb' || type === 'json') return null;
  if (type.endsWith('[]')) return kindsOf(type.slice(0, -2))?.map((kind) => `${kind}[]`) ?? null;
  const kind = KINDS[type];
  if (kind === undefined) throw new Error(`What is ${type} in TypeScript? Add it to KINDS.`);
  return [kind];
}

/** What speaks against a column, or its absence; null: nothing. */
function complain(property: Property, column: Column | undefined): string | null {
  if (column === undefined) return property.isOptional ? null : 'is not answered';
  const kinds = kindsOf(column.type);
  if (kinds !== null && property.type !== null && !kinds.includes(property.type))
    return `is ${column.type}, not ${property.type}`;
  return column.mayBeNull && !property.isNullable ? 'may be null' : null;
}

function compare(columns: readonly Column[], properties: readonly Property[]): string[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const known = new Set(properties.map(({ name }) => name));
  return [
    ...columns.filter(({ name }) => !known.has(name)).map(({ name }) => `${name}: has no type`),
    ...properties.flatMap((property) => {
      const complaint = complain(property, byName.get(property.name));
      return complaint === null ? [] : [`${property.name}: ${complaint}`];
    }),
  ];
}

async function judge(
  client: ClientBase,
  [name, text]: [string, string],
  rows: readonly RowType[],
): Promise<string[]> {
  const [row, ...others] = rows.filter(({ names }) => names.test(name));
  if (row === undefined || others.length > 0)
    return [`${name}: ${others.length} places more than one may write it`];
  try {
    const columns = await describeStatement(client, text);
    return compare(columns, row.properties).map((complaint) => `${name} ${complaint}`);
  } catch (error) {
    return [`${name}: ${(error as Error).message}`];
  }
}

/** Has the statements written that are made when they are first asked for. */
async function askForAll(pool: Pool): Promise<void> {
  const workspaceId = uuid();
  const nobody = { workspaceId, userId: null, after: null, limit: 50 };
  const narrow = { agentId: uuid(), channelId: uuid(), contactId: uuid(), teamIds: [uuid()] };
  const filter = { ...narrow, unassigned: true, tag: 'a', q: 'b', seenBy: uuid() };
  for (const scope of ['waiting', 'assigned', 'open', 'closed', 'any'] as const) {
    await listInbox(pool, { ...nobody, scope, sort: 'recent' });
    const after = { key: scope === 'any' ? null : '2026-01-01', id: uuid() };
    await listInbox(pool, { ...nobody, ...filter, scope, sort: 'oldest', after, limit: 200 });
  }
  const span = { workspaceId, from: new Date(0), to: new Date(86_400_000), timeZone: 'UTC' };
  for (const by of ['day', 'hour', 'agent', 'team', 'channel'] as const)
    await readReport(pool, by, { ...span, agentId: uuid(), teamId: uuid(), channelId: null });
}

test('PostgreSQL prepares every statement, and answers the columns of its row type', async () => {
  const { pool, url } = await makeDatabase();
  const rooms = import.meta.glob(['../../src/store/*.ts', '!**/*.test.ts']);
  for (const load of Object.values(rooms)) await load();
  const files = Object.keys(rooms).map((path) => path.replace('../../', ''));
  const rows = readRowTypes(process.cwd(), files);
  await askForAll(pool);
  // Without the pipeline of the pool's connections, which takes no messages that a test makes itself.
  const client = new Client({ connectionString: url });
  await client.connect();
  const found: string[] = [];
  for (const { name, text } of allStatements().values())
    found.push(...(await judge(client, [name, text], rows)));
  await client.end();
  const allowed = Object.keys(NEVER_NULL).map((place) => `${place}: may be null`);
  expect(found.toSorted()).toEqual(allowed.toSorted());
});

const SOURCES = import.meta.glob<string>(['../../src/store/*.ts', '!**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('every batch comes as src/store/batch.ts writes it: an array for each column', () => {
  const others = Object.entries(SOURCES).filter(([, text]) => {
    return /unnest\(\s*\$\d+::\w+\[\],|_to_recordset\(|_populate_recordset\(/.test(text);
  });
  expect(Object.keys(SOURCES).length).toBeGreaterThan(80);
  expect(others.map(([path]) => path)).toEqual([]);
});

test('what the planner must be told is written in src/store/guide-planner.ts', () => {
  const others = Object.entries(SOURCES).filter(([path, text]) => {
    return (
      !path.endsWith('/guide-planner.ts') &&
      /offset 0\b|= any\(array\(|\|\| ''(?! *\))|enable_\w+ *=/.test(text)
    );
  });
  expect(others.map(([path]) => path)).toEqual([]);
});
