// How full agents were while they were online: weight held and capacity, each added up over that time, to the millisecond.
import type { Pool } from 'pg';
import {
  DAYS,
  eachWay,
  type Keyed,
  LIMITED,
  msOf,
  readSideReport,
  type SideGroup,
  sideGroups,
} from './agent-report.ts';
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

const HELD = `held as (
    select agent_id, conversation_id, weight, greatest(since, e.first) as since, least(till, e.last) as till
    from edges e cross join lateral (
      select a.agent_id, a.conversation_id, a.weight, ${msOf('a.assigned_at')} as since, ${msOf('a.ended_at')} as till from assignment a
      where a.workspace_id = $1 and a.assigned_at < $3 and a.ended_at > $2
      union all
      select a.agent_id, a.conversation_id, a.weight, ${msOf('a.assigned_at')}, e.last from assignment a
      where a.workspace_id = $1 and a.assigned_at < $3 and a.ended_at is null
    ) h where h.since < least(h.till, e.last) and h.till > e.first and h.agent_id in (select agent_id from who)
  )`;

const clipped = (since: string, till: string) =>
  `greatest(${since}, d.starts) as since, least(${till}, d.ends) as till`;

// Everything is a piece of time with a size: an agent's day (1), a capacity, a conversation that was
// held, each cut where the days end. One sweep along each agent's time says for how long the agent
// had been online when a piece begins and when it ends; the difference times the size is what it
// adds. So no piece is compared with another.
const ADDED = `piece as materialized (
    select w.agent_id, d.n, null::uuid as conversation_id, 'day' as what, 1 as size, d.starts as since, d.ends as till
    from who w cross join days d
    union all
    select c.agent_id, d.n, null, 'capacity', c.capacity, ${clipped('c.since', 'c.till')}
    from capacities c join days d on c.since < d.ends and c.till > d.starts where c.since < c.till
    union all
    select h.agent_id, d.n, h.conversation_id, 'held', h.weight, ${clipped('h.since', 'h.till')}
    from held h cross join edges e
    cross join lateral generate_series(width_bucket(h.since, e.starts), width_bucket(h.till - 1, e.starts)) n
    join days d on d.n = n.n
  ), turn as (
    select agent_id, at, sum(turns) as turns from (
      select agent_id, greatest(${msOf('since')}, e.first) as at, 1 as turns from stretch cross join edges e where availability = 'online'
      union all
      select agent_id, ${msOf('till')}, -1 from stretch where availability = 'online' and till is not null
      union all select agent_id, since, 0 from piece
      union all select agent_id, till, 0 from piece
    ) t group by agent_id, at
  ), reached as materialized (
    select agent_id, at, sum(was * (at - before)) over (partition by agent_id order by at) as online
    from (select agent_id, at, coalesce(lag(at) over w, at) as before,
        coalesce(sum(turns) over (w rows between unbounded preceding and 1 preceding), 0) as was
      from turn window w as (partition by agent_id order by at)) swept
  ), added as materialized (
    select p.agent_id, p.n, p.conversation_id, p.what, p.size * (u.online - s.online) as online, p.size * (p.till - p.since) as whole
    from piece p join reached s on s.agent_id = p.agent_id and s.at = p.since
    join reached u on u.agent_id = p.agent_id and u.at = p.till
  )`;

// What a plan or a channel held is compared with the capacity of everybody: it is what that went into.
const ofConversation = (
  key: string,
) => `select h.n, coalesce(${key}, 'none') as key, h.what, sum(h.online) as online, sum(h.whole) as whole
    from added h left join conversation c on c.workspace_id = $1 and c.conversation_id = h.conversation_id
    where h.what = 'held' group by 1, 2, 3
    union all
    select k.n, k.key, a.what, a.online, a.whole from (
      select distinct h.n, coalesce(${key}, 'none') as key
      from added h left join conversation c on c.workspace_id = $1 and c.conversation_id = h.conversation_id where h.what = 'held'
    ) k join (select n, what, sum(online) as online, sum(whole) as whole from added where what <> 'held' group by 1, 2) a on a.n = k.n`;

const FACTS: Record<SideGroup, string> = {
  all: `select n, 'all' as key, what, online, whole from added`,
  agent: `select n, agent_id::text as key, what, online, whole from added`,
  team: `select n, coalesce(t.team_id::text, 'none') as key, what, online, whole
    from added a left join agent_team t on t.workspace_id = $1 and t.agent_id = a.agent_id`,
  plan: ofConversation('c.plan'),
  channel: ofConversation('c.channel_id::text'),
};

const sum = (of: string, what: string) =>
  `coalesce(sum(${of}) filter (where what = '${what}'), 0)::float8`;

const write = (
  by: SideGroup,
) => `with ${SLOTS}, ${STRETCHES}, ${DAYS}, ${CAPACITIES}, ${HELD}, ${ADDED}, fact as (
    ${FACTS[by]}
  )
  select to_char(d.day, 'YYYY-MM-DD') as day, f.key, ${sum('online', 'day')} as "onlineMs", ${sum('online', 'capacity')} as "capacityMs",
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
