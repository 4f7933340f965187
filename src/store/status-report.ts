// How long agents were what, by day or over a whole span: every millisecond once.
import type { Pool } from 'pg';
import { query, statement } from './sql.ts';
import { LAPSED_BECAUSE, lastChange } from './status-changes.ts';
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
  cause: 'missed-offers' | 'no-sign-of-life' | 'signed-out' | null;
  ms: number | null;
}

export interface StatusSpan {
  workspaceId: string;
  from: Date;
  to: Date;
  timeZone: string;
  byDay: boolean;
  agentId: string | null;
  teamId: string | null;
}

const ms = (until: string, since: string) => `extract(epoch from ${until} - ${since}) * 1000`;

// Each agent's last change before the span says what they were when it began. A lease that is over
// and not yet ended counts as ended. Days begin at midnight of the zone, whatever its clocks do.
const report_ = statement<StatusTimeRow>(
  'report-statuses',
  `with until as materialized (
    select least($3::timestamptz, date_trunc('milliseconds', clock_timestamp())) as until
  ), slot as materialized (
    select case when $5 then d::date end as day,
      case when $5 then greatest(d::date::timestamp at time zone $4, $2) else $2 end as starts,
      case when $5 then least((d::date + 1)::timestamp at time zone $4, until) else until end as ends
    from until, generate_series(($2::timestamptz at time zone $4)::date::timestamp,
      case when $5 then (until at time zone $4)::date else ($2::timestamptz at time zone $4)::date end::timestamp, interval '1 day') d
  ), who as materialized (
    select a.agent_id, a.name, case when a.availability = 'online' and a.deleted_at is null then a.lease_until end as lease_until,
      a.signed_out from agent a
    where a.workspace_id = $1 and ($6::uuid is null or a.agent_id = $6)
      and ($7::uuid is null or exists (select from agent_team t
        where t.workspace_id = $1 and t.team_id = $7 and t.agent_id = a.agent_id))
      and (a.deleted_at is null or a.deleted_at > $2) and a.created_at < $3
  ), changed as (
    select w.agent_id, r.* from who w cross join until cross join lateral (
      (select c.at, c.change_id, c.availability, c.status_id, c.cause from agent_status_change c
        where c.workspace_id = $1 and c.agent_id = w.agent_id and c.at <= $2 order by c.at desc, c.change_id desc limit 1)
      union all
      select c.at, c.change_id, c.availability, c.status_id, c.cause from agent_status_change c
        where c.workspace_id = $1 and c.agent_id = w.agent_id and c.at > $2 and c.at < until
    ) r
    union all
    select w.agent_id, greatest(date_trunc('milliseconds', w.lease_until), last.at), ${Number.MAX_SAFE_INTEGER}, 'offline', null,
      ${LAPSED_BECAUSE}
    from who w cross join until ${lastChange('w.agent_id')} where w.lease_until <= until
  ), stretch as (
    select agent_id, at as since, lead(at) over (partition by agent_id order by at, change_id) as till,
      availability, status_id, case when cause in ('missed-offers', 'no-sign-of-life', 'signed-out') then cause end as cause
    from changed
  ), summed as (
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
  const { workspaceId, from, to, timeZone, byDay, agentId, teamId } = span;
  const values = [workspaceId, from, to, timeZone, byDay, agentId, teamId];
  return withSnapshot(pool, 'set local plan_cache_mode = force_custom_plan', (tx) =>
    query(tx, report_, values),
  );
}

const count_ = statement<{ agents: number }>(
  'count-agents-of-report',
  `select count(*)::integer as agents from agent a where a.workspace_id = $1 and ($2::uuid is null or a.agent_id = $2)
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
