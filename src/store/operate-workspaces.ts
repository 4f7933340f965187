// What an operator does to whole workspaces: list, name, close and delete them.
import type { WorkspaceBounds } from '../contract/operator.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface WorkspaceRow {
  workspaceId: string;
  slug: string;
  name: string;
  createdAt: Date;
  /** Being removed since; null: in use. */
  removedAt: Date | null;
  /** null: not suspended. */
  suspendedAt: Date | null;
  suspendedWhy: string | null;
  /** When it will be removed; null: it stays. */
  removeAt: Date | null;
  bounds: WorkspaceBounds;
  agents: number;
  openConversations: number;
}

const listWorkspaces_ = statement<WorkspaceRow>(
  'list-workspaces',
  `-- across workspaces: the operator's list
  select workspace_id as "workspaceId", slug, name, created_at as "createdAt", removed_at as "removedAt",
    suspended_at as "suspendedAt", suspended_why as "suspendedWhy", remove_at as "removeAt", bounds,
    (select count(*) from agent a where a.workspace_id = w.workspace_id and a.deleted_at is null) as agents,
    (select count(*) from conversation c where c.workspace_id = w.workspace_id and c.state <> 'closed')
      as "openConversations"
  from workspace w order by created_at, workspace_id`,
);

export function listWorkspaces(db: Db): Promise<WorkspaceRow[]> {
  return query(db, listWorkspaces_, []);
}

const nameWorkspace_ = statement<{ workspaceId: string }>(
  'name-workspace',
  `update workspace set name = $2, slug = $3 where workspace_id = $1 and removed_at is null
  returning workspace_id as "workspaceId"`,
).needs('settings');

/** false: there is none. */
export async function setWorkspaceName(
  tx: Writing<typeof nameWorkspace_, Tx>,
  args: { workspaceId: string; name: string; slug: string },
): Promise<boolean> {
  const { workspaceId, name, slug } = args;
  return (await queryOne(tx, nameWorkspace_, [workspaceId, name, slug])) !== null;
}

// All access ends at once; the remaining data is deleted in steps.
const closeWorkspace_ = statement<{ workspaceId: string }>(
  'close-workspace',
  `with closed as (
    update workspace set removed_at = clock_timestamp() where workspace_id = $1 and removed_at is null
    returning workspace_id
  ), tokens as (
    delete from token where workspace_id = $1
  ), sessions as (
    delete from login_session where workspace_id = $1
  ), visitors as (
    update web_session set ended_at = now() where workspace_id = $1 and ended_at is null
  ), invites as (
    delete from invite where workspace_id = $1
  ), channels as (
    update channel set deleted_at = coalesce(deleted_at, now()), secrets = '{}' where workspace_id = $1
  ), endpoints as (
    update endpoint set deleted_at = coalesce(deleted_at, now()), enabled = false, disabled_reason = 'paused',
      secrets = '[]' where workspace_id = $1
  )
  select workspace_id as "workspaceId" from closed`,
).needs('channels', 'rights');

/** false: there is none, or it is being removed already. */
export async function closeWorkspace(
  tx: Writing<typeof closeWorkspace_, Tx>,
  workspaceId: string,
): Promise<boolean> {
  return (await queryOne(tx, closeWorkspace_, [workspaceId])) !== null;
}

const listRemoved_ = statement<{ workspaceId: string }>(
  'list-removed-workspaces',
  `-- across workspaces: those that are to be deleted
  select workspace_id as "workspaceId" from workspace where removed_at is not null order by removed_at`,
);

export async function listRemovedWorkspaceIds(db: Db): Promise<string[]> {
  return (await query(db, listRemoved_, [])).map((row) => row.workspaceId);
}

const listTables_ = statement<{ name: string; needs: string[] }>(
  'list-workspace-tables',
  `-- across workspaces: of the schema alone. Every table with a workspace_id, and the tables it points to.
  select t.oid::regclass::text as name, array(
    select distinct f.confrelid::regclass::text from pg_constraint f
    where f.conrelid = t.oid and f.contype = 'f' and f.confrelid <> t.oid) as needs
  from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attname = 'workspace_id'
  where t.relkind = 'r' and t.relnamespace = current_schema()::regnamespace and not a.attisdropped
  order by t.relname`,
);

/** Read from the schema, so that a new table cannot be forgotten. */
export function listWorkspaceTables(db: Db): Promise<{ name: string; needs: string[] }[]> {
  return query(db, listTables_, []);
}

/**
 * Answers how many rows it deleted: `limit` at most. `table` is a name that `listWorkspaceTables`
 * gave.
 */
export async function deleteSome(
  db: Db,
  { table, workspaceId, limit }: { table: string; workspaceId: string; limit: number },
): Promise<number> {
  const { rowCount } = await db.query(
    `delete from ${table} where ctid = any (array(
      select ctid from ${table} where workspace_id = $1 limit $2 for update skip locked))`,
    [workspaceId, limit],
  );
  return rowCount ?? 0;
}
