// The SQL by which a workspace is read out of one installation and put into another, each in one transaction.
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { batch } from './batch.ts';
import { type CopiedOut, copyTableIn, listTableShapes, type TableShape } from './copy-tables.ts';
import { LEFT_BEHIND, leftOutTables, movedTables } from './moved-tables.ts';
import { INSTALLATION_LOCK } from './tx.ts';

export interface MovingWorkspace {
  id: string;
  slug: string;
  name: string;
}

/** By its word or its id; null: there is none. */
export async function findMovingWorkspace(
  client: Client,
  named: string,
): Promise<MovingWorkspace | null> {
  const { rows } = await client.query<MovingWorkspace>(
    `select workspace_id as id, slug, name from workspace
    where removed_at is null and (slug = $1 or workspace_id::text = $1)`,
    [named],
  );
  return rows[0] ?? null;
}

/** The tables that move, in their order. Throws where one is neither moved nor left out. */
export async function listMovingShapes(client: Client): Promise<TableShape[]> {
  const shapes = new Map((await listTableShapes(client)).map((shape) => [shape.table, shape]));
  shapes.delete('migration');
  const unknown = [...shapes.keys()].filter(
    (table) => !(table in movedTables) && !(table in leftOutTables),
  );
  if (unknown.length > 0) {
    throw new Error(`Say in moved-tables.ts whether these move: ${unknown.join(', ')}.`);
  }
  return Object.keys(movedTables).flatMap((table) => shapes.get(table) ?? []);
}

/** The rows of one workspace, without what may not leave. */
export function copyWorkspaceOut(
  client: Client,
  { table, columns }: TableShape,
  workspaceId: string,
): CopiedOut {
  const { where = 'true', leaves = {} } = movedTables[table] ?? {};
  const values = columns.map((column) => leaves[column] ?? client.escapeIdentifier(column));
  const rows = client.query(
    copyTo(`copy (select ${values.join(', ')} from public.${client.escapeIdentifier(table)}
      where workspace_id = ${client.escapeLiteral(workspaceId)} and ${where}) to stdout`),
  );
  return { rows, count: () => rows.rowCount };
}

/** A secret that stays behind, by what needs it. */
export interface NeededSecret {
  what: 'channel' | 'endpoint' | 'setting';
  /** The channel's name, the endpoint's address, the setting's key. */
  name: string;
  secret: string;
}

export async function listNeededSecrets(
  client: Client,
  workspaceId: string,
): Promise<NeededSecret[]> {
  const { rows } = await client.query<NeededSecret>(
    `select 'channel' as what, name, s.key as secret from channel, jsonb_each_text(secrets) s
      where workspace_id = $1 and deleted_at is null and s.value <> ''
    union all select 'endpoint', url, 'secret' from endpoint
      where workspace_id = $1 and deleted_at is null and secrets <> '[]'
    union all select 'setting', key, 'value' from setting
      where workspace_id = $1 and not (${movedTables.setting?.where}) and key like 'alarm-%' and value #>> '{}' <> ''
    order by 1, 2, 3 limit 1000`,
    [workspaceId],
  );
  return rows;
}

/** Deliveries to endpoints and channels that have not been made. */
export async function countUnmade(client: Client, workspaceId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::integer as count from delivery where workspace_id = $1 and state in ('pending', 'held')`,
    [workspaceId],
  );
  return rows[0]?.count ?? 0;
}

const ARRIVED = 'pg_temp.arrived';

/** Which of these channels are known here, in any workspace: a channel is found by its id alone. */
export async function listTakenChannels(client: Client, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'select distinct channel_id as id from channel where channel_id = any ($1::uuid[])',
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** Whether a channel that has arrived has the id of one that is here. */
export async function hasTakenChannel(client: Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from ${ARRIVED} a where exists (select from channel x where x.channel_id = a.channel_id) limit 1`,
  );
  return rowCount !== 0;
}

/** Puts the rows of a table where only this transaction sees them. Answers how many there were. */
export async function takeRows(
  client: Client,
  shape: TableShape,
  rows: AsyncIterable<Buffer>,
): Promise<number> {
  const columns = shape.columns.map((column) => client.escapeIdentifier(column)).join(', ');
  await client.query(
    `create temp table arrived on commit drop as
    select ${columns} from public.${client.escapeIdentifier(shape.table)} with no data`,
  );
  return copyTableIn(client, { ...shape, table: 'arrived' }, rows, 'pg_temp');
}

/** Rows that say they are of another workspace. */
export async function countForeign(client: Client, workspaceId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::integer as count from ${ARRIVED} where workspace_id is distinct from $1`,
    [workspaceId],
  );
  return rows[0]?.count ?? 0;
}

/** Which of the files that have arrived have the id of a file that is here: a file is found by its id alone. */
export async function listTakenFiles(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select a.attachment_id as id from ${ARRIVED} a
    where exists (select from attachment x where x.attachment_id = a.attachment_id)`,
  );
  return rows.map(({ id }) => id);
}

const renaming = batch<[before: string, after: string]>(1, {
  before: ['uuid', ([before]) => before],
  after: ['uuid', ([, after]) => after],
});

export async function renameFiles(
  client: Client,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  await client.query(
    `update ${ARRIVED} a set attachment_id = n.after from ${renaming.rows} n where a.attachment_id = n.before`,
    renaming.values([...names]),
  );
}

/** Moves what has arrived into its table. */
export async function storeRows(client: Client, shape: TableShape): Promise<void> {
  const { table } = shape;
  const { arrives = {} } = movedTables[table] ?? {};
  const numbered = await findNumbered(client, table);
  if (table === 'delivery') await numberDeliveries(client);
  const follows: Record<string, string> = DELIVERY_NUMBERS[table] ?? {};
  const kept = shape.columns.filter((column) => column !== numbered || column in follows);
  const names = kept.map((column) => client.escapeIdentifier(column));
  const values = kept.map(
    (column, at) => follows[column] ?? arrives[column] ?? `${names[at] as string}`,
  );
  // Numbers of their own come in the order of those that they had.
  const order = numbered === null ? '' : `order by ${client.escapeIdentifier(numbered)}`;
  await client.query(
    `insert into public.${client.escapeIdentifier(table)} (${names.join(', ')})
    overriding system value select ${values.join(', ')} from ${ARRIVED} ${order}`,
  );
  if (table === 'agent') await noteLeaving(client);
  await client.query(`drop table ${ARRIVED}`);
}

/** The column that this database numbers by itself; null: none. */
async function findNumbered(client: Client, table: string): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    `select attname::text as name from pg_attribute
    where attrelid = ('public.' || quote_ident($1))::regclass and attidentity <> '' and not attisdropped`,
    [table],
  );
  return rows[0]?.name ?? null;
}

const numberOf = (column: string) =>
  `(select n.new from pg_temp.numbers n where n.old = ${column})`;

/** Deliveries are numbered anew, and what names one follows. */
const DELIVERY_NUMBERS: Record<string, Record<string, string>> = {
  delivery: { delivery_id: numberOf('delivery_id'), replay_of: numberOf('replay_of') },
  delivery_attempt: { delivery_id: numberOf('delivery_id') },
  message: { delivery_id: numberOf('delivery_id') },
};

async function numberDeliveries(client: Client): Promise<void> {
  await client.query(
    `create temp table numbers on commit drop as
    select delivery_id as old, nextval(pg_get_serial_sequence('public.delivery', 'delivery_id')) as new
    from (select delivery_id from ${ARRIVED} order by delivery_id) d`,
  );
  await client.query('create unique index on pg_temp.numbers (old)');
  await client.query('analyze pg_temp.numbers');
}

/** Whoever was there is gone from now on: otherwise reports would count them as online for ever. */
async function noteLeaving(client: Client): Promise<void> {
  await client.query(
    `insert into agent_status_change (workspace_id, agent_id, at, availability, cause, by)
    select workspace_id, agent_id, clock_timestamp(), 'offline', 'set', 'operator' from ${ARRIVED}
    where availability <> 'offline' and deleted_at is null`,
  );
}

export interface Arrived {
  slug: string;
  name: string;
  createdAt: Date;
  /** null: it has none. */
  policy: unknown;
  channels: { id: string; name: string }[];
  endpoints: number;
  admins: string[];
  unmade: number;
}

export async function readArrived(client: Client, workspaceId: string): Promise<Arrived> {
  const { rows } = await client.query<Arrived>(
    `select slug, name, created_at as "createdAt",
      (select body from policy p where p.workspace_id = $1 order by version desc limit 1) as policy,
      array(select jsonb_build_object('id', channel_id, 'name', name) from channel c
        where c.workspace_id = $1 and deleted_at is null order by created_at, channel_id) as channels,
      (select count(*)::integer from endpoint e where e.workspace_id = $1 and deleted_at is null and not runs_automations) as endpoints,
      array(select email from user_account u where u.workspace_id = $1 and role = 'admin' order by created_at, email limit 100) as admins,
      (select count(*)::integer from delivery d where d.workspace_id = $1 and d.outcome = $2) as unmade
    from workspace where workspace_id = $1`,
    [workspaceId, LEFT_BEHIND],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('The workspace has not arrived.');
  return row;
}

/** The days from before it was made, which nothing else would count. */
export async function markEarlyDays(client: Client, workspaceId: string): Promise<void> {
  await client.query(
    `insert into report_day_change (workspace_id, day)
    select $1, (f.at at time zone 'UTC')::date from (
      select queued_at as at from conversation where workspace_id = $1
      union all select closed_at from conversation where workspace_id = $1
      union all select assigned_at from assignment where workspace_id = $1
      union all select created_at from message where workspace_id = $1 and kind = 'text' and not history
    ) f, workspace w where w.workspace_id = $1 and f.at < w.created_at group by 2`,
    [workspaceId],
  );
}

/** Only now is it there for others. */
export async function admitArrived(
  client: Client,
  { workspaceId, slug }: { workspaceId: string; slug: string },
): Promise<void> {
  await client.query('update workspace set removed_at = null, slug = $2 where workspace_id = $1', [
    workspaceId,
    slug,
  ]);
}

/** Whether a workspace is called so. Nobody else is named until the transaction ends. */
export async function isSlugTaken(client: Client, slug: string): Promise<boolean> {
  await client.query(`select pg_advisory_xact_lock(${INSTALLATION_LOCK})`);
  const { rowCount } = await client.query(
    'select from workspace where slug = $1 or workspace_id::text = $1',
    [slug],
  );
  return rowCount !== 0;
}
