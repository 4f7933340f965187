// What an operator has said of single workspaces: suspended, bounded, or to be removed at a time.
import type { WorkspaceBounds } from '../contract/operator.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface WorkspaceStanding {
  workspaceId: string;
  suspended: boolean;
  bounds: WorkspaceBounds;
}

const listStanding_ = statement<WorkspaceStanding>(
  'list-workspace-standing',
  `-- across workspaces: the few of which an operator has said something
  select workspace_id as "workspaceId", suspended_at is not null as suspended, bounds from workspace
  where removed_at is null and (suspended_at is not null or bounds <> '{}')`,
);

export function listWorkspaceStanding(db: Db): Promise<WorkspaceStanding[]> {
  return query(db, listStanding_, []);
}

const suspend_ = statement<{ workspaceId: string }>(
  'suspend-workspace',
  `update workspace set suspended_at = coalesce(suspended_at, clock_timestamp()), suspended_why = $2,
    remove_at = coalesce(clock_timestamp() + make_interval(days => $3), remove_at)
  where workspace_id = $1 and removed_at is null returning workspace_id as "workspaceId"`,
).needs('channels', 'rights', 'settings');

/** `removeInDays`: null leaves what was said before. false: there is none. */
export async function suspendWorkspaceRow(
  tx: Writing<typeof suspend_, Tx>,
  args: { workspaceId: string; why: string | null; removeInDays: number | null },
): Promise<boolean> {
  const { workspaceId, why, removeInDays } = args;
  return (await queryOne(tx, suspend_, [workspaceId, why, removeInDays])) !== null;
}

const resume_ = statement<{ workspaceId: string }>(
  'resume-workspace',
  `update workspace set suspended_at = null, suspended_why = null, remove_at = null
  where workspace_id = $1 and removed_at is null and suspended_at is not null
  returning workspace_id as "workspaceId"`,
).needs('channels', 'settings', 'wake', 'send');

/** false: it was not suspended. */
export async function resumeWorkspaceRow(
  tx: Writing<typeof resume_, Tx>,
  workspaceId: string,
): Promise<boolean> {
  return (await queryOne(tx, resume_, [workspaceId])) !== null;
}

const setBounds_ = statement<{ workspaceId: string }>(
  'set-workspace-bounds',
  `update workspace set bounds = $2 where workspace_id = $1 and removed_at is null
  returning workspace_id as "workspaceId"`,
).needs('channels', 'settings');

/** false: there is none. */
export async function setWorkspaceBounds(
  tx: Writing<typeof setBounds_, Tx>,
  args: { workspaceId: string; bounds: WorkspaceBounds },
): Promise<boolean> {
  const { workspaceId, bounds } = args;
  return (await queryOne(tx, setBounds_, [workspaceId, JSON.stringify(bounds)])) !== null;
}

const listStill_ = statement<{ workspaceId: string }>(
  'list-still-workspaces',
  `-- across workspaces: those for which nothing is done
  select workspace_id as "workspaceId" from workspace where removed_at is not null or suspended_at is not null`,
);

/** Being removed, or suspended: nothing is routed or delivered there. */
export async function listStillWorkspaceIds(db: Db): Promise<string[]> {
  return (await query(db, listStill_, [])).map((row) => row.workspaceId);
}

const listToRemove_ = statement<{ workspaceId: string }>(
  'list-workspaces-to-remove',
  `-- across workspaces: those whose wait is over
  select workspace_id as "workspaceId" from workspace where removed_at is null and remove_at <= statement_timestamp()`,
);

export async function listWorkspacesToRemove(db: Db): Promise<string[]> {
  return (await query(db, listToRemove_, [])).map((row) => row.workspaceId);
}

// Stops at the bound: nobody needs to know how many there are beyond it.
const countOpen_ = statement<{ count: number }>(
  'count-open-within',
  `select count(*) from (select from conversation where workspace_id = $1 and state <> 'closed' limit $2) open`,
);

export async function countOpenWithin(
  db: Db,
  args: { workspaceId: string; most: number },
): Promise<number> {
  return (await queryOne(db, countOpen_, [args.workspaceId, args.most]))?.count ?? 0;
}

const sumFiles_ = statement<{ bytes: number }>(
  'sum-workspace-files',
  'select coalesce(sum(size), 0) as bytes from attachment where workspace_id = $1',
);

export async function sumWorkspaceFiles(db: Db, workspaceId: string): Promise<number> {
  return (await queryOne(db, sumFiles_, [workspaceId]))?.bytes ?? 0;
}
