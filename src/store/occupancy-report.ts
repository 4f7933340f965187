// How full agents were while they were online: weight held and capacity, each added up over that time, to the millisecond.
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
  type SideGroup,
  sideGroups,
} from './agent-report.ts';
import { computedOnce } from './guide-planner.ts';
import { statement } from './sql.ts';
import { SLOTS, STRETCHES, type StatusSpan } from './status-stretches.ts';

/** Times are summed over the agents. */
export interface OccupancyFigures {
  onlineMs: number;
  /** Capacity times the time online with it. */
  capacityMs: number;
  /** Weight held times the time online with it. */
  heldMs: number;
  /** The same while the agent was away or offline. */
  heldNotOnlineMs: number;
}

// A capacity before the record is not known, and none.
const CAPACITIES = `capacities as (
    select agent_id, capacity, ${msOf('at')} as since,
      coalesce(${msOf('lead(at) over (partition by agent_id order by at, change_id)')}, ${Number.MAX_SAFE_INTEGER}) as till
    from (select w.agent_id, r.* from who w cross join until cross join lateral (
      (select c.at, c.change_id, c.capacity from agent_capacity_change c
        where c.workspace_id = $1 and c.agent_id = w.agent_id and c.at <= $2 order by c.at desc, c.change_id desc limit 1)
      union all
      select c.at, c.change_id, c.capacity from agent_capacity_change c
        where c.workspace_id = $1 and c.agent_id = w.agent_id and c.at > $2 and c.at < until
    ) r) changed
  )`;

/** What pieces are summed by beside their agent; written as text only once a sum is one row. */
interface Key {
  key: string;
  type: 'text' | 'uuid';
}
const nothing: Key = { key: 'null::text', type: 'text' };
const KEYS: Record<SideGroup, Key> = {
  ...{ all: nothing, agent: nothing, team: nothing },
  plan: { key: 'c.plan', type: 'text' },
  channel: { key: 'c.channel_id', type: 'uuid' },
};

// The conversation is read only where its plan or channel is asked for: the planner leaves out a join
// of which nothing is used.
const held = (
  key: string,
) => `select a.agent_id, 'held', ${key}, a.weight, ${msOf('a.assigned_at')}, ${msOf(`coalesce(a.ended_at, $3)`)}
    from assignment a left join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
    where a.workspace_id = $1 and ($6::uuid is null or a.agent_id = $6) and ($7::uuid is null or a.agent_id in (select agent_id from who))
      and (a.assigned_at < $3 and a.ended_at > $2 or a.assigned_at < $3 and a.ended_at is null)`;

// What an agent was lies in arrays by its beginning, so that a moment finds by binary search for how
// long of the span the agent had been online: `base`, and where they were (1), the moment itself. Of
// several changes in one millisecond the last holds.
const LINES = `line as materialized (
    select w.agent_id, l.sinces, l.onlines, l.bases from who w left join (
      select agent_id, array_agg(started order by since, till) as sinces, array_agg(online order by since, till) as onlines,
        array_agg((before - online * started)::bigint order by since, till) as bases
      from (select *, coalesce(sum(online * (ended - started)) over (partition by agent_id order by since, till
          rows between unbounded preceding and 1 preceding), 0) as before
        from (select agent_id, since, till, greatest(${msOf('since')}, ${edge('first')}) as started,
            greatest(coalesce(${msOf('till')}, ${edge('last')}), ${edge('first')}) as ended,
            case availability when 'online' then 1 else 0 end as online
          from stretch) known) summed
      group by agent_id) l on l.agent_id = w.agent_id
  )`;

const onlineAt = (at: string, nth = `width_bucket(${at}, sinces)`) =>
  `coalesce(bases[${nth}] + onlines[${nth}] * ${at}, 0)`;

// Everything is a piece of time with a size: an agent's span (1), a capacity, a conversation that was
// held. For how long the agent had been online when it ends, and not yet when it began, times the
// size, is what it adds, so no piece is compared with another. Pieces that begin and end on the same
// days are one from then on, and only that is cut where days end.
const added = ({ key, type }: Key) => `piece as (
    select agent_id, 'span' as what, null::${type} as key, 1 as size, 0 as since, ${Number.MAX_SAFE_INTEGER} as till from who
    union all select agent_id, 'capacity', null, capacity, since, till from capacities
    union all ${held(key)}
  ), summed as (
    select agent_id, what, key, begins, ends, sum(size) as size, sum(size * (since - ${edge('first')}))::bigint as since,
      sum(size * (till - ${edge('first')}))::bigint as till,
      sum(size * ${onlineAt('since', 's')})::bigint as online_since, sum(size * ${onlineAt('till', 'u')})::bigint as online_till
    from ${computedOnce(`select p.*, l.onlines, l.bases, width_bucket(p.since, l.sinces) as s, width_bucket(p.till, l.sinces) as u,
        ${dayOf('p.since')} as begins, ${dayOf('p.till - 1')} as ends
      from ${computedOnce(`select agent_id, what, key, size, greatest(since, ${edge('first')}) as since, least(till, ${edge('last')}) as till
        from piece where since < till and since < ${edge('last')} and till > ${edge('first')}`)} p
      join line l on l.agent_id = p.agent_id`)} found
    group by agent_id, what, key, begins, ends
  ), added as materialized (
    select agent_id, what, key, n,
      case when n = ends then till else size * (day_till - ${edge('first')}) end
        - case when n = begins then since else size * (day_since - ${edge('first')}) end as whole,
      case when n = ends then online_till else size * ${onlineAt('day_till')} end
        - case when n = begins then online_since else size * ${onlineAt('day_since')} end as online
    from (select *, (${edge('starts')})[n] as day_since, (${edge('ends')})[n] as day_till
      from (select s.*, l.sinces, l.onlines, l.bases, generate_series(s.begins, s.ends) as n from summed s join line l on l.agent_id = s.agent_id) touched) cut
  )`;

// What a plan or a channel held is compared with the capacity of everybody: it is what that went into.
const ofEverybody = `select n, coalesce(key::text, 'none') as key, what, online, whole from added where what = 'held'
    union all
    select k.n, k.key, a.what, a.online, a.whole from (select distinct n, coalesce(key::text, 'none') as key from added where what = 'held') k
    join (select n, what, sum(online) as online, sum(whole) as whole from added where what <> 'held' group by 1, 2) a on a.n = k.n`;

const FACTS: Record<SideGroup, string> = {
  all: `select n, 'all' as key, what, online, whole from added`,
  agent: `select n, agent_id::text as key, what, online, whole from added`,
  team: `select n, coalesce(t.team_id::text, 'none') as key, what, online, whole
    from added a left join agent_team t on t.workspace_id = $1 and t.agent_id = a.agent_id`,
  plan: ofEverybody,
  channel: ofEverybody,
};

const sum = (of: string, what: string) =>
  `coalesce(sum(${of}) filter (where what = '${what}'), 0)::float8`;

const write = (
  by: SideGroup,
) => `with ${SLOTS}, ${STRETCHES}, ${DAYS}, ${CAPACITIES}, ${LINES}, ${added(KEYS[by])}, fact as (
    ${FACTS[by]}
  )
  select to_char(d.day, 'YYYY-MM-DD') as day, f.key, ${sum('online', 'span')} as "onlineMs", ${sum('online', 'capacity')} as "capacityMs",
    ${sum('online', 'held')} as "heldMs", ${sum('whole - online', 'held')} as "heldNotOnlineMs"
  from fact f join days d on d.n = f.n group by d.n, d.day, f.key order by d.n, f.key ${LIMITED}`;

const reports = eachWay(sideGroups, (by) =>
  statement<Keyed<OccupancyFigures>>(`report-occupancy-by-${by}`, write(by)),
);

/** By day, then by key. */
export function readOccupancy(
  pool: Pool,
  by: SideGroup,
  span: StatusSpan,
): Promise<Keyed<OccupancyFigures>[]> {
  return readSideReport(pool, reports[by], span);
}
