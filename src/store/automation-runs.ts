// What automations did, refused and stopped at: by automation, and by conversation for what would go on for ever.
import type { ActionResult } from '../contract/actions.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

export interface RunRow {
  runId: number;
  conversationId: string;
  event: string;
  at: Date;
  depth: number;
  outcome: 'done' | 'failed' | 'stopped';
  reason: string | null;
  actions: ActionResult[];
}

const findCause_ = statement<{ automationId: string; depth: number }>(
  'find-automation-cause',
  `select automation_id as "automationId", depth from automation_run
  where workspace_id = $1 and conversation_id = $2 and after_seq < $3 and to_seq >= $3 order by run_id desc limit 1`,
);

/** Which automation caused that event of the conversation; null: none did. */
export function findCause(
  db: Db,
  event: { workspaceId: string; conversationId: string; seq: number },
): Promise<{ automationId: string; depth: number } | null> {
  return queryOne(db, findCause_, [event.workspaceId, event.conversationId, event.seq]);
}

const recent_ = statement<{ runs: number; seq: number }>(
  'count-automation-runs',
  `select (select count(*)::integer from (select from automation_run where workspace_id = $1 and conversation_id = $2
      and automation_id = $3 and outcome = 'done' and at > clock_timestamp() - interval '1 hour' limit $4) r) as runs,
    event_seq as seq
  from conversation where workspace_id = $1 and conversation_id = $2`,
);

/** How often it acted in the conversation within an hour, up to `most`; and the number of the last event there. */
export function countRecentRuns(
  db: Db,
  of: { workspaceId: string; conversationId: string; automationId: string; most: number },
): Promise<{ runs: number; seq: number } | null> {
  return queryOne(db, recent_, [of.workspaceId, of.conversationId, of.automationId, of.most]);
}

const insert_ = statement<never>(
  'insert-automation-run',
  `insert into automation_run (workspace_id, automation_id, conversation_id, event_type, depth, outcome, reason, actions,
    after_seq, to_seq)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9, event_seq from conversation where workspace_id = $1 and conversation_id = $3`,
);

/** With the conversation locked: what happened in it after `afterSeq` is its doing. */
export async function insertRun(
  tx: Tx,
  run: Omit<RunRow, 'runId' | 'at'> & {
    workspaceId: string;
    automationId: string;
    afterSeq: number;
  },
): Promise<void> {
  await query(tx, insert_, [
    run.workspaceId,
    run.automationId,
    run.conversationId,
    run.event,
    run.depth,
    run.outcome,
    run.reason,
    JSON.stringify(run.actions),
    run.afterSeq,
  ]);
}

const list_ = statement<RunRow>(
  'list-automation-runs',
  `select run_id as "runId", conversation_id as "conversationId", event_type as event, at, depth, outcome, reason, actions
  from automation_run where workspace_id = $1 and automation_id = $2 and run_id < $3 order by run_id desc limit $4`,
);

/** Newest first. */
export function listRuns(
  db: Db,
  of: { workspaceId: string; automationId: string; before: number; limit: number },
): Promise<RunRow[]> {
  return query(db, list_, [of.workspaceId, of.automationId, of.before, of.limit]);
}

// The oldest of a kept number is found by the log's index; what is older goes, a thousand at a time.
const forget_ = statement<{ forgotten: number }>(
  'forget-automation-runs',
  `with old as (
    (select run_id from automation_run where workspace_id = $1 and at <= now() - make_interval(days => $2) limit 1000)
    union
    (select r.run_id from automation a
      cross join lateral (select run_id from automation_run where workspace_id = $1 and automation_id = a.automation_id
        order by run_id desc offset $3 limit 1) last
      join automation_run r on r.workspace_id = $1 and r.automation_id = a.automation_id and r.run_id <= last.run_id
      where a.workspace_id = $1 limit 1000)
  ), gone as (
    delete from automation_run where workspace_id = $1 and run_id in (select run_id from old) returning run_id
  )
  select count(*)::integer as forgotten from gone`,
);

/** Of each automation the last `kept` stay, for as many days. Answers how many it deleted. */
export async function forgetRuns(
  db: Db,
  { workspaceId, days, kept }: { workspaceId: string; days: number; kept: number },
): Promise<number> {
  return (await queryOne(db, forget_, [workspaceId, days, kept]))?.forgotten ?? 0;
}

const listWith_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-automation-runs',
  listing({ table: 'automation_run' }),
);

export async function listWorkspacesWithRuns(db: Db): Promise<string[]> {
  return (await query(db, listWith_, [])).map(({ workspaceId }) => workspaceId);
}
