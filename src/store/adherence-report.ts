// How agents kept to their planned shifts: for each part of the plan, when they were what it expects, to the millisecond.
import type { Pool } from 'pg';
import {
  DAYS,
  dayOf,
  eachWay,
  edge,
  type Keyed,
  LIMITED,
  msOf,
  readSideReport,
  sinceOn,
  tillOn,
} from './agent-report.ts';
import { statement } from './sql.ts';
import { SLOTS, type StatusSpan, stretches } from './status-stretches.ts';

/** `plannedMs` is the sum of the five that follow it. */
export interface AdherenceFigures {
  /** As far as it is over. */
  plannedMs: number;
  adheredMs: number;
  /** From the beginning of a part until the agent was first what it expects. */
  lateMs: number;
  /** From when they last were until its end. */
  earlyMs: number;
  /** Of parts in which they never were. */
  absentMs: number;
  /** In between. */
  interruptedMs: number;
  /** Online while nothing was planned. */
  unplannedMs: number;
}

export const adherenceGroups = ['all', 'agent', 'team'] as const;
export type AdherenceGroup = (typeof adherenceGroups)[number];

/** A part of a plan is no longer than this (contract/shifts), so this much beyond the span is read. */
const AROUND = '1 day';
/** In place of none: an element of an array with nulls is found only by passing all before it. */
const NO_STATUS = `'00000000-0000-0000-0000-000000000000'::uuid`;

// What an agent was lies in arrays by its beginning, so that a part of the plan finds by binary
// search what touches it, and is compared with nothing else.
const MET = `planned as materialized (
    select (row_number() over ())::integer as part, s.agent_id, ${msOf('s.starts_at')} as since, ${msOf('least(s.ends_at, b.till)')} as till,
      s.ends_at > b.till as goes_on, s.expects, s.status_id
    from shift s cross join until cross join beyond b where s.workspace_id = $1 and s.agent_id in (select agent_id from who)
      and s.starts_at >= $2::timestamptz - interval '${AROUND}' and s.starts_at < until and s.ends_at > $2
  ), was as materialized (
    select s.agent_id, s.availability, s.status_id, ${msOf('s.since')} as since, ${msOf('coalesce(s.till, b.till)')} as till
    from stretch s cross join beyond b where s.availability in ('online', 'away') and s.agent_id in (select agent_id from planned)
      and s.since < coalesce(s.till, b.till)
  ), line as materialized (
    select agent_id, array_agg(since order by since, till) as sinces, array_agg(till order by since, till) as tills,
      array_agg(availability = 'online' order by since, till) as onlines,
      array_agg(coalesce(status_id, ${NO_STATUS}) order by since, till) as statuses from was group by agent_id
  ), met as materialized (
    select part, agent_id, onlines[nth] as online, greatest(since, sinces[nth]) as since, least(till, tills[nth]) as till,
      onlines[nth] = (expects = 'online') and (status_id is null or status_id = statuses[nth]) as adheres
    from (select p.part, p.agent_id, p.since, p.till, p.expects, p.status_id, l.sinces, l.tills, l.onlines, l.statuses,
        generate_series(greatest(width_bucket(p.since, l.sinces), 1), width_bucket(p.till - 1, l.sinces)) as nth
      from planned p join line l on l.agent_id = p.agent_id) touched where tills[nth] > since
  )`;

// A stretch within the plan is one time, whichever of the two sums it is in.
const TIMES = `kept as (
    select p.*, k.first, k.last from planned p
    left join (select part, min(since) as first, max(till) as last from met where adheres group by part) k on k.part = p.part
  ), time as (
    select agent_id, 'planned' as kind, false as adheres, false as online, since, till from planned
    union all select agent_id, 'in plan', adheres, online, since, till from met where adheres or online
    union all select agent_id, 'late', false, false, since, first from kept where first > since
    union all select agent_id, 'early', false, false, last, till from kept where last < till and not goes_on
    union all select agent_id, 'absent', false, false, since, till from kept where first is null
    union all select agent_id, 'was', false, true, since, till from was where availability = 'online'
  ), summed as materialized (
    select n, agent_id, kind, adheres, online, sum(${tillOn('till')} - ${sinceOn('since')}) as ms
    from (select *, generate_series(${dayOf('since')}, ${dayOf('till - 1')}) as n
      from (select agent_id, kind, adheres, online, greatest(since, ${edge('first')}) as since, least(till, ${edge('last')}) as till from time) cut
      where since < till) touched group by 1, 2, 3, 4, 5
  )`;

const FACTS: Record<AdherenceGroup, string> = {
  all: `select n, 'all' as key, kind, adheres, online, ms from summed`,
  agent: 'select n, agent_id::text as key, kind, adheres, online, ms from summed',
  team: `select n, coalesce(t.team_id::text, 'none') as key, kind, adheres, online, ms
    from summed s left join agent_team t on t.workspace_id = $1 and t.agent_id = s.agent_id`,
};

const sum = (where: string) => `coalesce(sum(ms) filter (where ${where}), 0)`;
const sums = {
  planned: sum(`kind = 'planned'`),
  adhered: sum('adheres'),
  late: sum(`kind = 'late'`),
  early: sum(`kind = 'early'`),
  absent: sum(`kind = 'absent'`),
};
const { planned, ...parts } = sums;

const write = (
  by: AdherenceGroup,
) => `with ${SLOTS}, ${stretches(AROUND)}, ${DAYS}, ${MET}, ${TIMES}
  select to_char(d.day, 'YYYY-MM-DD') as day, f.key,
    ${Object.entries(sums).map(([name, ms]) => `${ms}::float8 as "${name}Ms"`)},
    (${[planned, ...Object.values(parts)].join(' - ')})::float8 as "interruptedMs",
    (${sum(`kind = 'was'`)} - ${sum(`kind = 'in plan' and online`)})::float8 as "unplannedMs"
  from (${FACTS[by]}) f join days d on d.n = f.n group by d.n, d.day, f.key order by d.n, f.key ${LIMITED}`;

const reports = eachWay(adherenceGroups, (by) =>
  statement<Keyed<AdherenceFigures>>(`report-adherence-by-${by}`, write(by)),
);

/** By day, then by key: of agents with shifts in the span. */
export function readAdherence(
  pool: Pool,
  by: AdherenceGroup,
  span: StatusSpan,
): Promise<Keyed<AdherenceFigures>[]> {
  return readSideReport(pool, reports[by], span);
}
