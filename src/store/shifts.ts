// When agents are planned to be what.
import { batch } from './batch.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface ShiftRow {
  agentId: string;
  start: Date;
  end: Date;
  expects: 'online' | 'away';
  statusId: string | null;
}

const list_ = statement<ShiftRow>(
  'list-shifts',
  `select agent_id as "agentId", starts_at as start, ends_at as "end", expects, status_id as "statusId" from shift
  where workspace_id = $1 and ($2::uuid is null or agent_id = $2) and starts_at < $4 and ends_at > $3
    and starts_at > $3::timestamptz - interval '2 days'
  order by starts_at, agent_id limit $5`,
);

/** Those that touch the span, the first of them. */
export function listShifts(
  db: Db,
  args: { workspaceId: string; agentId: string | null; from: Date; to: Date; limit: number },
): Promise<ShiftRow[]> {
  const { workspaceId, agentId, from, to, limit } = args;
  return query(db, list_, [workspaceId, agentId, from, to, limit]);
}

const lock_ = statement<{ locked: string | null }>(
  'lock-shifts',
  `select pg_advisory_xact_lock(hashtextextended('usher shifts ' || workspace_id, 0))::text as locked from workspace where workspace_id = $1`,
);

/** Waits for whoever else puts shifts of the workspace: two together could overlap. */
export async function lockShifts(tx: Tx, workspaceId: string): Promise<void> {
  await query(tx, lock_, [workspaceId]);
}

const remove_ = statement<{ removed: number }>(
  'remove-shifts',
  `with gone as (
    delete from shift where workspace_id = $1 and agent_id = any ($2::uuid[]) and starts_at >= $3 and starts_at < $4 returning 1
  ) select count(*)::integer as removed from gone`,
);

/** Of these agents: what begins within the span. Answers how many. */
export async function removeShifts(
  tx: Tx,
  args: { workspaceId: string; agentIds: readonly string[]; from: Date; to: Date },
): Promise<number> {
  const { workspaceId, agentIds, from, to } = args;
  return (await queryOne(tx, remove_, [workspaceId, agentIds, from, to]))?.removed ?? 0;
}

const input = batch<ShiftRow>(2, {
  agent_id: ['uuid', ({ agentId }) => agentId],
  starts_at: ['timestamptz', ({ start }) => start],
  ends_at: ['timestamptz', ({ end }) => end],
  expects: ['text', ({ expects }) => expects],
  status_id: ['uuid', ({ statusId }) => statusId],
});

const overlapping_ = statement<{ agentId: string; start: Date }>(
  'find-overlapping-shift',
  `select n.agent_id as "agentId", n.starts_at as start from ${input.rows} n
  join shift s on s.workspace_id = $1 and s.agent_id = n.agent_id and s.starts_at < n.ends_at and s.ends_at > n.starts_at
    and s.starts_at > n.starts_at - interval '24 hours'
  order by n.starts_at, n.agent_id limit 1`,
);

/** The first that would overlap one that stays; null: none. */
export function findOverlappingShift(
  tx: Tx,
  workspaceId: string,
  shifts: readonly ShiftRow[],
): Promise<{ agentId: string; start: Date } | null> {
  return queryOne(tx, overlapping_, [workspaceId, ...input.values(shifts)]);
}

const insert_ = statement<never>(
  'insert-shifts',
  `insert into shift (workspace_id, agent_id, starts_at, ends_at, expects, status_id)
  select $1, agent_id, starts_at, ends_at, expects, status_id from ${input.rows} n`,
);

export async function insertShifts(
  tx: Tx,
  workspaceId: string,
  shifts: readonly ShiftRow[],
): Promise<void> {
  await query(tx, insert_, [workspaceId, ...input.values(shifts)]);
}

export interface NamedAgent {
  agentId: string;
  name: string;
  email: string | null;
}

const names_ = statement<NamedAgent>(
  'list-agent-names-and-addresses',
  `select agent_id as "agentId", name, email from agent where workspace_id = $1 and deleted_at is null`,
);

/** Everybody, as a file may name them. */
export function listNamedAgents(db: Db, workspaceId: string): Promise<NamedAgent[]> {
  return query(db, names_, [workspaceId]);
}
