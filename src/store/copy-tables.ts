// Copies whole tables out of a database and into another, in PostgreSQL's text format, for backups.
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client, ClientBase } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { readTypes } from './pool.ts';
import { PrimaryClient } from './primary-client.ts';

/** Names as the catalogue has them. */
export interface TableShape {
  table: string;
  /** Without those that PostgreSQL computes by itself. */
  columns: string[];
}

/** Where a sequence stands; a bigint is kept as text. */
export interface SequencePlace {
  sequence: string;
  last: string;
  isCalled: boolean;
}

/** Values are written the same way whatever the server's settings are. No limit of time: a copy takes as long as it takes. */
const SETTINGS = `set statement_timeout = 0; set lock_timeout = 0;
  set idle_in_transaction_session_timeout = 0; set transaction_timeout = 0;
  set datestyle = iso; set intervalstyle = postgres; set timezone = utc; set extra_float_digits = 1;
  set bytea_output = hex; set client_encoding = utf8`;

/** On a connection of its own, closed afterwards. */
export async function withOwnConnection<T>(
  connectionString: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new PrimaryClient({ connectionString, types: readTypes, standbyWillDo: true });
  // A connection that breaks fails the statement under way as well, and that is reported.
  client.on('error', () => {});
  await client.connect();
  try {
    for (const setting of SETTINGS.split(';')) {
      // Older servers do not have all of them.
      await client.query(setting).catch(() => {});
    }
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** All tables, in alphabetical order, without those that are not logged: they may be lost, and no standby can read them. */
export async function listTableShapes(client: ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `select c.relname as "table", array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by c.relname order by c.relname`,
  );
  return rows;
}

/** Until the transaction ends, nobody changes their columns or removes them. */
export async function keepTables(client: Client, tables: readonly TableShape[]): Promise<void> {
  const names = tables.map(({ table }) => client.escapeIdentifier(table));
  if (names.length > 0) await client.query(`lock table ${names.join(', ')} in access share mode`);
}

export interface CopiedOut {
  rows: Readable;
  /** Once all have been read. */
  count(): number;
}

export function copyTableOut(client: Client, shape: TableShape): CopiedOut {
  const rows = client.query(copyTo(`copy ${spell(client, shape)} to stdout`));
  return { rows, count: () => rows.rowCount };
}

/** Answers how many rows there were. */
export async function copyTableIn(
  client: Client,
  shape: TableShape,
  rows: AsyncIterable<Buffer>,
  schema = 'public',
): Promise<number> {
  const copied = client.query(copyFrom(`copy ${spell(client, shape, schema)} from stdin`));
  await pipeline(rows, copied);
  return copied.rowCount;
}

function spell(client: Client, { table, columns }: TableShape, schema = 'public'): string {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  return `${schema}.${client.escapeIdentifier(table)} (${list})`;
}

/** Sequences obey no transaction: read after the tables, each stands at or after what they hold. */
export async function readSequences(client: Client): Promise<SequencePlace[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname`,
  );
  const places: SequencePlace[] = [];
  for (const { name } of rows) {
    const found = await client.query<Omit<SequencePlace, 'sequence'>>(
      `select last_value::text as last, is_called as "isCalled" from public.${client.escapeIdentifier(name)}`,
    );
    for (const place of found.rows) places.push({ sequence: name, ...place });
  }
  return places;
}

export async function placeSequences(
  client: Client,
  places: readonly SequencePlace[],
): Promise<void> {
  for (const { sequence, last, isCalled } of places) {
    const name = `public.${client.escapeIdentifier(sequence)}`;
    await client.query('select setval($1::regclass, $2::bigint, $3)', [name, last, isCalled]);
  }
}

/** Whether a table, a view or a sequence is there already. */
export async function isEmptyDatabase(client: ClientBase): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_class where relnamespace = 'public'::regnamespace limit 1`,
  );
  return rowCount === 0;
}

/**
 * Empties all tables and has `load` fill them, without the triggers, foreign keys and indexes that
 * would follow each row. They are made again afterwards, which proves that every reference and every
 * unique value holds. In the caller's transaction; needs no more than to own the tables.
 */
export async function loadBare(client: Client, load: () => Promise<void>): Promise<void> {
  const keys = await listForeignKeys(client);
  for (const { drop } of keys) await client.query(drop);
  const indexes = await listPlainIndexes(client);
  for (const { drop } of indexes) await client.query(drop);
  const tables = (await listTableShapes(client)).map(
    ({ table }) => `public.${client.escapeIdentifier(table)}`,
  );
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
  // Migrations put rows of their own into some.
  await client.query(`truncate ${tables.join(', ')}`);
  await load();
  for (const { make } of [...indexes, ...keys]) await client.query(make);
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
}

interface Remade {
  drop: string;
  make: string;
}

async function listForeignKeys(client: ClientBase): Promise<Remade[]> {
  const { rows } = await client.query<Remade>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
    from pg_constraint
    where connamespace = 'public'::regnamespace and contype = 'f' order by conrelid::regclass::text, conname`,
  );
  return rows;
}

/** Those of keys and constraints stay. */
async function listPlainIndexes(client: ClientBase): Promise<Remade[]> {
  const { rows } = await client.query<Remade>(
    `select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as make
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
    order by c.relname`,
  );
  return rows;
}
