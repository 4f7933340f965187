// Tenants, and what routing needs to know of one: its policy, its round, its default capacity.
import type { Writing } from './effects.ts';
import { type Call, type Db, query, queryOne, statement } from './sql.ts';

const listWorkspaceIds_ = statement<{ workspaceId: string }>(
  'list-workspace-ids',
  `-- across workspaces: what a node serves
  select workspace_id as "workspaceId" from workspace where removed_at is null order by created_at`,
);

export async function listWorkspaceIds(db: Db): Promise<string[]> {
  return (await query(db, listWorkspaceIds_, [])).map((row) => row.workspaceId);
}

const findWorkspaceId_ = statement<{ workspaceId: string }>(
  'find-workspace-id',
  `-- across workspaces: its word is how a stranger names one
  select workspace_id as "workspaceId" from workspace where removed_at is null and (slug = $1 or workspace_id::text = $1)`,
);

/** By its slug or its id; null: there is none. */
export async function findWorkspaceId(db: Db, named: string): Promise<string | null> {
  return (await queryOne(db, findWorkspaceId_, [named]))?.workspaceId ?? null;
}

const insertWorkspace_ = statement<never>(
  'insert-workspace',
  'insert into workspace (workspace_id, name, slug, default_capacity) values ($1, $2, $3, $4) on conflict do nothing',
);

export async function insertWorkspace(
  db: Db,
  args: { workspaceId: string; name: string; slug?: string; defaultCapacity: number },
): Promise<void> {
  await query(db, insertWorkspace_, [
    args.workspaceId,
    args.name,
    args.slug ?? args.workspaceId,
    args.defaultCapacity,
  ]);
}

const readName_ = statement<{ name: string }>(
  'read-workspace-name',
  'select name from workspace where workspace_id = $1',
);

export async function readWorkspaceName(db: Db, workspaceId: string): Promise<string> {
  return (await queryOne(db, readName_, [workspaceId]))?.name ?? '';
}

const getDefaultCapacity_ = statement<{ capacity: number }>(
  'get-default-capacity',
  'select default_capacity as capacity from workspace where workspace_id = $1',
);

export async function getDefaultCapacity(db: Db, workspaceId: string): Promise<number> {
  const row = await queryOne(db, getDefaultCapacity_, [workspaceId]);
  if (row === null) throw new Error(`There is no workspace ${workspaceId}.`);
  return row.capacity;
}

export interface Defaults {
  defaultCapacity: number;
  defaultLimits: Record<string, number>;
  defaultPace: number;
  defaultWrapUp: number;
}

const getDefaults_ = statement<Defaults>(
  'get-defaults',
  `select default_capacity as "defaultCapacity", default_limits as "defaultLimits", default_pace as "defaultPace",
    default_wrap_up as "defaultWrapUp" from workspace where workspace_id = $1`,
);

/** Of every agent without their own. */
export async function getDefaults(db: Db, workspaceId: string): Promise<Defaults> {
  const row = await queryOne(db, getDefaults_, [workspaceId]);
  if (row === null) throw new Error(`There is no workspace ${workspaceId}.`);
  return row;
}

const getPolicy_ = statement<{ policy: unknown }>(
  'get-policy',
  'select body as policy from policy where workspace_id = $1 order by version desc limit 1',
);

/** The policy in force. */
export async function getPolicy(db: Db, workspaceId: string): Promise<unknown> {
  const row = await queryOne(db, getPolicy_, [workspaceId]);
  if (row === null) throw new Error(`Workspace ${workspaceId} has no policy.`);
  return row.policy;
}

const getRound_ = statement<{ after: string | null }>(
  'get-round',
  'select round_robin_after as after from workspace where workspace_id = $1',
);

/** Whom round-robin chose last; null: nobody yet. */
export async function getRound(db: Db, workspaceId: string): Promise<string | null> {
  return (await queryOne(db, getRound_, [workspaceId]))?.after ?? null;
}

const setRound_ = statement<never>(
  'set-round',
  'update workspace set round_robin_after = $2 where workspace_id = $1',
);

/** Stores whom round-robin chose last; under the routing lock. */
export function settingRound(args: { workspaceId: string; after: string | null }): Call<never> {
  return { statement: setRound_, values: [args.workspaceId, args.after] };
}

const insertPolicy_ = statement<{ version: number; createdAt: Date }>(
  'insert-policy',
  `insert into policy (workspace_id, version, body, created_by)
  select $1, coalesce(max(version), 0) + 1, $2, $3 from policy where workspace_id = $1
  returning version, created_at as "createdAt"`,
).needs('wake', 'settings');

export async function insertPolicy(
  db: Writing<typeof insertPolicy_>,
  args: { workspaceId: string; policy: unknown; createdBy: string },
): Promise<{ version: number; createdAt: Date }> {
  const values = [args.workspaceId, JSON.stringify(args.policy), args.createdBy];
  const row = await queryOne(db, insertPolicy_, values);
  if (row === null) throw new Error('The policy was not written.');
  return row;
}

export interface PolicyRow {
  version: number;
  policy: unknown;
  createdAt: Date;
  createdBy: string;
}

const listPolicies_ = statement<PolicyRow>(
  'list-policies',
  `select version, body as policy, created_at as "createdAt", created_by as "createdBy"
  from policy where workspace_id = $1 order by version desc limit $2`,
);

/** Newest first. */
export function listPolicies(db: Db, workspaceId: string, limit: number): Promise<PolicyRow[]> {
  return query(db, listPolicies_, [workspaceId, limit]);
}

const getPolicyVersion_ = statement<PolicyRow>(
  'get-policy-version',
  `select version, body as policy, created_at as "createdAt", created_by as "createdBy"
  from policy where workspace_id = $1 and version = $2`,
);

/** null: there is none of that number. */
export function getPolicyVersion(
  db: Db,
  { workspaceId, version }: { workspaceId: string; version: number },
): Promise<PolicyRow | null> {
  return queryOne(db, getPolicyVersion_, [workspaceId, version]);
}
