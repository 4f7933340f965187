// What a scenario is measured from: who came within a span, how long they waited and were served, and who there is to serve them.
import type { Pool } from 'pg';
import type { Priority } from '../contract/conversation.ts';
import { isBot } from './bots.ts';
import { lookedUp } from './guide-planner.ts';
import { reportAllowance } from './report-allowance.ts';
import { query, statement } from './sql.ts';
import { withSnapshot } from './tx.ts';

/** Conversations that need alike. */
export interface MeasuredKind {
  channelId: string;
  plan: string | null;
  teamId: string | null;
  skillIds: string[];
  skillLevels: number[];
  priority: Priority;
  weight: number;
  arrived: number;
  /** Seconds from being given to a person to the end, of at most 500; null: nothing has ended. */
  services: number[] | null;
  /** Seconds until given, left, or now, of at most 2,000, and which of them left. */
  waits: number[];
  lefts: boolean[];
}

/** Kinds beyond these are left out, the least frequent first. */
export const MOST_MEASURED_KINDS = 40;

const secondsOf = (until: string, since: string) =>
  `greatest(0, extract(epoch from ${until} - ${since}))::float8`;

// A sample is the same each time, and as good as a random one: in the order of a hash of the id.
const sampled = (of: string, most: number) =>
  `(array_agg(${of} order by hashtextextended(conversation_id::text, 0)) filter (where ${of} is not null))[1:${most}]`;

const kinds_ = statement<MeasuredKind>(
  'measure-kinds',
  `with came as materialized (
    select c.conversation_id, c.channel_id, c.plan, c.team_id, c.skill_ids, c.skill_levels, c.priority, c.weight, c.queued_at, c.closed_at
    from conversation c where c.workspace_id = $1 and c.queued_at >= $2 and c.queued_at < $3
      and ($4::uuid[] is null or c.channel_id = any($4))
  ), seen as (
    select came.*, ${secondsOf('coalesce(f.assigned_at, came.closed_at, clock_timestamp())', 'came.queued_at')} as waited,
      f.assigned_at is null and came.closed_at is not null as left_alone,
      case when f.assigned_at is not null and came.closed_at is not null then ${secondsOf('came.closed_at', 'f.assigned_at')} end as served
    from came left join ${lookedUp(`select a.assigned_at from assignment a where a.workspace_id = $1 and a.conversation_id = came.conversation_id
      and a.state <> 'undone' and not ${isBot('a.agent_id')} order by a.assigned_at limit 1`)} f on true
  )
  select channel_id as "channelId", plan, team_id as "teamId", skill_ids as "skillIds", skill_levels as "skillLevels", priority, weight,
    count(*)::integer as arrived, ${sampled('served', 500)} as services,
    ${sampled('waited', 2000)} as waits, ${sampled('left_alone', 2000)} as lefts
  from seen group by channel_id, plan, team_id, skill_ids, skill_levels, priority, weight
  order by arrived desc, channel_id, plan, team_id, skill_ids, skill_levels, priority, weight limit ${MOST_MEASURED_KINDS + 1}`,
);

/** `channelIds`: null for every channel. The most frequent first; one more than are used, where there are more. */
export function readMeasuredKinds(
  pool: Pool,
  args: { workspaceId: string; from: Date; until: Date; channelIds: readonly string[] | null },
): Promise<MeasuredKind[]> {
  const { workspaceId, from, until, channelIds } = args;
  return withSnapshot(pool, reportAllowance, (tx) =>
    query(tx, kinds_, [workspaceId, from, until, channelIds]),
  );
}

export interface MeasuredCapacity {
  agentId: string;
  capacity: number;
}

const capacities_ = statement<MeasuredCapacity>(
  'measure-capacities',
  `select agent_id as "agentId", effective_capacity as capacity from agent
  where workspace_id = $1 and kind = 'human' and deleted_at is null order by agent_id limit 10000`,
);

/** Of people; bots are no agents of a scenario. */
export function readCapacities(pool: Pool, workspaceId: string): Promise<MeasuredCapacity[]> {
  return query(pool, capacities_, [workspaceId]);
}
