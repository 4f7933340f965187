// The queue for a screen on the wall: groups of those who wait, and how the last hour went.
import { isBot } from './bots.ts';
import { lookedUp } from './guide-planner.ts';
import { type Db, query, statement } from './sql.ts';

export interface WallGroupRow {
  kind: 'all' | 'team' | 'plan';
  teamId: string | null;
  name: string | null;
  plan: string | null;
  waiting: number;
  longestWaitSeconds: number;
  soon: number;
  overdue: number;
}

const MOST_GROUPS = 200;

const groups_ = statement<WallGroupRow>(
  'wall-groups',
  `select w.kind, w.team_id as "teamId", t.name, w.plan, w.waiting, w.longest as "longestWaitSeconds", w.soon, w.overdue
  from (
    select kind, team_id, plan, waiting, longest, soon, overdue, row_number() over (partition by kind order by longest desc) as place
    from (
      select case grouping(team_id, plan) when 3 then 'all' when 1 then 'team' else 'plan' end as kind, team_id, plan,
        count(*)::integer as waiting,
        coalesce(extract(epoch from clock_timestamp() - min(queued_at)), 0)::float8 as longest,
        count(*) filter (where target_soon_at <= clock_timestamp() and target_due_at > clock_timestamp())::integer as soon,
        count(*) filter (where target_due_at <= clock_timestamp())::integer as overdue
      from conversation where workspace_id = $1 and state = 'waiting'
      group by grouping sets ((), (team_id), (plan))
    ) grouped
  ) w left join team t on t.workspace_id = $1 and t.team_id = w.team_id
  where w.place <= ${MOST_GROUPS} order by w.longest desc`,
);

export function readWallGroups(db: Db, workspaceId: string): Promise<WallGroupRow[]> {
  return query(db, groups_, [workspaceId]);
}

export interface WallSlotRow {
  start: Date;
  came: number;
  given: number;
  waiting: number;
  longestWaitSeconds: number | null;
}

const before = (select: string, where: string) => `(select ${select} from assignment b
      where b.workspace_id = $1 and b.conversation_id = ${where} limit 1)`;
const latest = 'order by b.assigned_at desc, b.assignment_id desc';
const wasParked = (conversation: string, until: string) =>
  `coalesce(${before(`b.end_reason = 'parked'`, `${conversation}.conversation_id and b.assigned_at < ${until} ${latest}`)}, false)`;

// The planner cannot know how short the hour is, and would read every conversation there ever was.
const conversationOf = (assignment: string, columns: string) =>
  lookedUp(`select ${columns} from conversation c
      where c.workspace_id = $1 and c.conversation_id = ${assignment}.conversation_id`);

// From those who wait now, back through the hour: whoever came or came back since did not wait
// then, and whoever was given or left since did. It reads what happened in the hour and nothing
// else. Whoever is parked waits for nobody.
const lastHour_ = statement<WallSlotRow>(
  'wall-last-hour',
  `with mark as materialized (
    select n, date_bin('5 minutes', clock_timestamp(), timestamptz '2000-01-01Z') - (11 - n) * interval '5 minutes' as starts
    from generate_series(0, 11) n
  ), since as materialized (select min(starts) as since from mark
  ), moved as materialized (
    select c.queued_at as at, 1 as change, 1 as came, 0 as given, null::float8 as waited
    from conversation c, since where c.workspace_id = $1 and c.queued_at >= since
    union all
    select a.ended_at, 1, 0, 0, null from since, assignment a cross join ${conversationOf('a', 'c.closed_at')} c
    where a.workspace_id = $1 and a.ended_at >= since and a.end_reason is distinct from 'parked'
      and (c.closed_at is null or c.closed_at > a.ended_at)
    union all
    select a.assigned_at, case when ${wasParked('a', 'a.assigned_at')} then 0 else -1 end, 0,
      case when a.state <> 'undone' and not ${isBot('a.agent_id')} then 1 else 0 end,
      case when ${before('true', 'a.conversation_id and b.assigned_at < a.assigned_at')} is null
        then date_part('epoch', a.assigned_at - c.queued_at) end
    from since, assignment a cross join ${conversationOf('a', 'c.queued_at')} c
    where a.workspace_id = $1 and a.assigned_at >= since
    union all
    select c.closed_at, -1, 0, 0, null from conversation c, since
    where c.workspace_id = $1 and c.state = 'closed' and c.closed_at >= since
      and ${before('true', 'c.conversation_id and b.ended_at >= c.closed_at')} is null
      and not ${wasParked('c', 'c.closed_at')}
  ), now_waiting as materialized (
    select count(*) as waiting from conversation where workspace_id = $1 and state = 'waiting'
  )
  select m.starts as start, coalesce(sum(v.came) filter (where v.at < m.starts + interval '5 minutes'), 0)::integer as came,
    coalesce(sum(v.given) filter (where v.at < m.starts + interval '5 minutes'), 0)::integer as given,
    greatest(0, w.waiting - coalesce(sum(v.change) filter (where v.at >= m.starts + interval '5 minutes'), 0))::integer as waiting,
    max(v.waited) filter (where v.at < m.starts + interval '5 minutes') as "longestWaitSeconds"
  from mark m cross join now_waiting w left join moved v on v.at >= m.starts
  group by m.n, m.starts, w.waiting order by m.n`,
);

/** Twelve times five minutes, in order. */
export function readLastHour(db: Db, workspaceId: string): Promise<WallSlotRow[]> {
  return query(db, lastHour_, [workspaceId]);
}
