// How long agents were what, by day or over a whole span: every millisecond once.
import type { Pool } from 'pg';
import { query, statement } from './sql.ts';
import { SLOTS, STRETCHES, type StatusSpan, valuesOf } from './status-stretches.ts';
import { withSnapshot } from './tx.ts';

/** One agent, one stretch of time, one thing that they were for a part of it. */
export interface StatusTimeRow {
  agentId: string;
  agentName: string;
  /** As 2026-01-31; null: the whole span. */
  day: string | null;
  /** How long the day is within the span, and until now. */
  spanMs: number;
  /** null, and the rest with it: nothing is recorded of that day. */
  availability: 'online' | 'away' | 'offline' | null;
  statusId: string | null;
  /** One that the house has brought about; null: none of these. */
  cause: 'missed-offers' | 'no-sign-of-life' | 'push-missed' | 'signed-out' | null;
  ms: number | null;
}

const ms = (until: string, since: string) => `extract(epoch from ${until} - ${since}) * 1000`;

const report_ = statement<StatusTimeRow>(
  'report-statuses',
  `with ${SLOTS}, ${STRETCHES}, summed as (
    select s.agent_id, d.starts, s.availability, s.status_id, s.cause,
      sum(${ms('least(s.till, d.ends)', 'greatest(s.since, d.starts)')})::float8 as ms
    from stretch s join slot d on s.since < d.ends and (s.till is null or s.till > d.starts)
    where s.availability <> 'gone' group by 1, 2, 3, 4, 5
  )
  select w.agent_id as "agentId", w.name as "agentName", to_char(d.day, 'YYYY-MM-DD') as day,
    (${ms('d.ends', 'd.starts')})::float8 as "spanMs", s.availability, s.status_id as "statusId", s.cause, s.ms
  from who w join slot d on d.starts < d.ends
  left join summed s on s.agent_id = w.agent_id and s.starts = d.starts
  order by d.starts, lower(w.name), w.agent_id, s.availability, s.status_id, s.cause`,
);

/** By day, then by the agent's name. Also of agents who were there and are gone. */
export function readStatusTimes(pool: Pool, span: StatusSpan): Promise<StatusTimeRow[]> {
  const values = valuesOf(span);
  return withSnapshot(pool, 'set local plan_cache_mode = force_custom_plan', (tx) =>
    query(tx, report_, values),
  );
}

const count_ = statement<{ agents: number }>(
  'count-agents-of-report',
  `select count(*)::integer as agents from agent a where a.workspace_id = $1 and a.kind = 'human' and ($2::uuid is null or a.agent_id = $2)
    and ($3::uuid is null or exists (select from agent_team t
      where t.workspace_id = $1 and t.team_id = $3 and t.agent_id = a.agent_id))`,
);

/** At most so many agents are in such a report. */
export async function countReported(
  pool: Pool,
  { workspaceId, agentId, teamId }: Pick<StatusSpan, 'workspaceId' | 'agentId' | 'teamId'>,
): Promise<number> {
  const [row] = await query(pool, count_, [workspaceId, agentId, teamId]);
  return row?.agents ?? 0;
}
