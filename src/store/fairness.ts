// How evenly load and conversations were spread over the agents who were online, day by day.
import type { Pool } from 'pg';
import { query, statement } from './sql.ts';
import { lastChange } from './status-changes.ts';
import { withSnapshot } from './tx.ts';

interface Spread {
  /** Jain's index. */
  jain: number;
  lowest: number;
  mean: number;
  highest: number;
}

export interface FairnessRow {
  /** As 2026-01-31. */
  day: string;
  /** Who was online for any time of it. */
  agents: number;
  /** Of the weight that each held, as the mean over the time online; null: nobody was. */
  load: Spread | null;
  /** Of how many conversations each was given. */
  given: Spread | null;
}

export interface FairnessSpan {
  workspaceId: string;
  from: Date;
  to: Date;
  timeZone: string;
  teamId: string | null;
}

const spread = (x: string): string => `case when count(*) = 0 then null else jsonb_build_object(
      'jain', case when sum(${x} ^ 2) = 0 then 1 else sum(${x}) ^ 2 / (count(*) * sum(${x} ^ 2)) end,
      'lowest', min(${x}), 'mean', avg(${x}), 'highest', max(${x})) end`;

// One sweep over what changes for each agent, in its order: somebody comes or goes, an assignment begins or
// ends, a day begins. Between two changes everything is constant, so sums are exact, and no assignment
// is compared with every stretch online. A lease that is over and not yet ended counts as ended.
const report_ = statement<FairnessRow>(
  'report-fairness',
  `with until as materialized (
    select least($3::timestamptz, clock_timestamp()) as until
  ), slot as materialized (
    select d::date as day, greatest(d::date::timestamp at time zone $4, $2) as starts
    from until, generate_series(($2::timestamptz at time zone $4)::date::timestamp,
      ((until - interval '1 microsecond') at time zone $4)::date::timestamp, interval '1 day') d
  ), who as materialized (
    select a.agent_id, case when a.availability = 'online' and a.deleted_at is null then a.lease_until end as lease_until
    from agent a where a.workspace_id = $1 and a.kind = 'human' and (a.deleted_at is null or a.deleted_at > $2) and a.created_at < $3
      and ($5::uuid is null or exists (select from agent_team t
        where t.workspace_id = $1 and t.team_id = $5 and t.agent_id = a.agent_id))
  ), changed as (
    select w.agent_id, r.* from who w cross join until cross join lateral (
      (select c.at, c.change_id, c.availability from agent_status_change c
        where c.workspace_id = $1 and c.agent_id = w.agent_id and c.at <= $2 order by c.at desc, c.change_id desc limit 1)
      union all
      select c.at, c.change_id, c.availability from agent_status_change c
        where c.workspace_id = $1 and c.agent_id = w.agent_id and c.at > $2 and c.at < until
    ) r
    union all
    select w.agent_id, greatest(w.lease_until, last.at), ${Number.MAX_SAFE_INTEGER}, 'offline'
    from who w cross join until ${lastChange('w.agent_id')} where w.lease_until <= until
  ), stretch as (
    select agent_id, availability, at as since, lead(at) over (partition by agent_id order by at, change_id) as till from changed
  ), assigned as materialized (
    select a.agent_id, a.weight, a.assigned_at, a.ended_at, a.state from assignment a cross join until
    where a.workspace_id = $1 and a.assigned_at < until and (a.ended_at is null or a.ended_at > $2)
  ), turn as (
    select agent_id, greatest(since, $2) as at, 1 as online, 0 as held from stretch where availability = 'online'
    union all
    select agent_id, least(till, until), -1, 0 from stretch cross join until
      where availability = 'online' and till is not null and till > $2
    union all
    select agent_id, greatest(assigned_at, $2), 0, weight from assigned join who using (agent_id)
    union all
    select agent_id, ended_at, 0, -weight from assigned join who using (agent_id) cross join until where ended_at < until
    union all
    select agent_id, starts, 0, 0 from who cross join slot
    union all
    select agent_id, until, 0, 0 from who cross join until
  ), constant as (
    select agent_id, at, extract(epoch from lead(at) over w - at)::float8 as seconds,
      sum(online) over w as online, sum(held) over w as held
    from turn window w as (partition by agent_id order by at rows unbounded preceding)
  ), there as (
    select (at at time zone $4)::date as day, agent_id, sum(seconds * held) / sum(seconds) as load
    from constant where online > 0 and seconds > 0 group by 1, 2
  ), gave as (
    select (assigned_at at time zone $4)::date as day, agent_id, count(*)::float8 as given
    from assigned where state <> 'undone' and assigned_at >= $2 group by 1, 2
  )
  select to_char(s.day, 'YYYY-MM-DD') as day, r.* from slot s cross join lateral (
    select count(*)::integer as agents, ${spread('t.load')} as load, ${spread('coalesce(g.given, 0)')} as given
    from there t left join gave g on g.day = t.day and g.agent_id = t.agent_id where t.day = s.day) r
  order by s.day`,
);

/** A row for each day that the span touches, up to now. */
export function readFairness(pool: Pool, span: FairnessSpan): Promise<FairnessRow[]> {
  const { workspaceId, from, to, timeZone, teamId } = span;
  const settings = `set local work_mem = '64MB'; set local plan_cache_mode = force_custom_plan`;
  return withSnapshot(pool, settings, (tx) =>
    query(tx, report_, [workspaceId, from, to, timeZone, teamId]),
  );
}
