// What a scenario is measured from: who came within a span, how long they waited and were served, and who there is to serve them.
import type { Pool } from 'pg';
import type { Priority } from '../contract/conversation.ts';
import { type Happened, MOST_RECORDED } from '../contract/lab.ts';
import { isBot } from './bots.ts';
import { lookedUp } from './guide-planner.ts';
import { reportAllowance } from './report-allowance.ts';
import { query, statement } from './sql.ts';
import { stretches } from './status-stretches.ts';
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
  /** Seconds from being given to a person to the first answer, of at most 500 that were given; null: no answer. */
  firstAnswers: number[] | null;
  /** Seconds until given, left, or now, of at most 2,000, and which of them left. */
  waits: number[];
  lefts: boolean[];
  /** Milliseconds since 1970 at which they came, in order, and whose they were; null: not asked for. */
  cameAt: number[] | null;
  contactIds: string[] | null;
  /** The quarter of an hour of the day or week in which they came, of at most 20,000; null: not asked for. */
  cameIn: number[] | null;
  /** The share of contacts who had come before within the span. */
  returned: number;
}

/** Kinds beyond these are left out, the least frequent first. */
export const MOST_MEASURED_KINDS = 40;

const secondsOf = (until: string, since: string) =>
  `greatest(0, extract(epoch from ${until} - ${since}))::float8`;

// A sample is the same each time, and as good as a random one: in the order of a hash of the id.
const sampled = (of: string, most: number) =>
  `(array_agg(${of} order by hashtextextended(conversation_id::text, 0)) filter (where ${of} is not null))[1:${most}]`;

const SEEN = `with came as materialized (
    select c.conversation_id, c.channel_id, c.plan, c.team_id, c.skill_ids, c.skill_levels, c.priority, c.weight, c.queued_at, c.closed_at,
      c.contact_id, row_number() over (partition by c.contact_id order by c.queued_at, c.conversation_id) > 1 as returned
    from conversation c where c.workspace_id = $1 and c.queued_at >= $2 and c.queued_at < $3
      and ($4::uuid[] is null or c.channel_id = any($4))
  ), seen as (
    select came.*, ${secondsOf('coalesce(f.assigned_at, came.closed_at, clock_timestamp())', 'came.queued_at')} as waited,
      f.assigned_at is null and came.closed_at is not null as left_alone,
      f.assigned_at is null and came.closed_at is null as still_waits, f.assigned_at,
      case when f.assigned_at is not null then came.conversation_id end as given_id,
      case when f.assigned_at is not null and came.closed_at is not null then ${secondsOf('came.closed_at', 'f.assigned_at')} end as served
    from came left join ${lookedUp(`select case when a.offered_until is null then a.assigned_at else a.confirmed_at end as assigned_at
      from assignment a where a.workspace_id = $1 and a.conversation_id = came.conversation_id and a.state <> 'undone'
      and (a.offered_until is null or a.confirmed_at is not null) and not ${isBot('a.agent_id')} order by a.assigned_at limit 1`)} f on true
  )`;

const firstAnswer =
  lookedUp(`select ${secondsOf('m.created_at', 'given.at')} as after from message m
    where m.workspace_id = $1 and m.conversation_id = given.id and m.kind = 'text' and not m.history
      and m.author_kind in ('agent', 'user') and m.created_at >= given.at order by m.seq limit 1`);

// Counted from a Monday at midnight UTC, as the simulation's.
const QUARTER_OF_SIX = `floor((extract(epoch from queued_at) - ${4 * 86_400}) / 900)::bigint % $6::integer`;

const kinds_ = statement<MeasuredKind>(
  'measure-kinds',
  `${SEEN}, kind as (
    select channel_id as "channelId", plan, team_id as "teamId", skill_ids as "skillIds", skill_levels as "skillLevels", priority, weight,
      count(*)::integer as arrived, ${sampled('served', 500)} as services,
      ${sampled('given_id', 500)} as given_ids, ${sampled('assigned_at', 500)} as given_at,
      ${sampled('waited', 2000)} as waits, ${sampled('left_alone', 2000)} as lefts,
      avg(returned::integer)::float8 as returned,
      case when $6 is not null then ${sampled('quarter', 20_000)} end as "cameIn",
      case when $5::boolean then (array_agg(extract(epoch from queued_at)::float8 * 1000 order by queued_at, conversation_id))[1:${MOST_RECORDED}] end as "cameAt",
      case when $5::boolean then (array_agg(contact_id::text order by queued_at, conversation_id))[1:${MOST_RECORDED}] end as "contactIds"
    from (select seen.*, (${QUARTER_OF_SIX})::smallint as quarter from seen) seen group by channel_id, plan, team_id, skill_ids, skill_levels, priority, weight
    order by arrived desc, channel_id, plan, team_id, skill_ids, skill_levels, priority, weight limit ${MOST_MEASURED_KINDS + 1}
  )
  select "channelId", plan, "teamId", "skillIds", "skillLevels", priority, weight, arrived, services, waits, lefts, returned,
    "cameIn", "cameAt", "contactIds", (select array_agg(said.after) from unnest(given_ids, given_at) given (id, at)
      cross join ${firstAnswer} said) as "firstAnswers"
  from kind order by arrived desc, "channelId", plan, "teamId", "skillIds", "skillLevels", priority, weight`,
);

/** The most frequent first; one more than are used, where there are more. `quarters`: how many a day or a week has; null: they are not asked for. */
export function readMeasuredKinds(
  pool: Pool,
  {
    asRecorded,
    quarters,
    ...span
  }: MeasuredSpan & { asRecorded: boolean; quarters: number | null },
): Promise<MeasuredKind[]> {
  return withSnapshot(pool, reportAllowance, (tx) =>
    query(tx, kinds_, [...valuesOf(span), asRecorded, quarters]),
  );
}

const happened_ = statement<Happened>(
  'measure-happened',
  `${SEEN}
  select count(*)::integer as arrived, coalesce(avg(waited), 0)::float8 as "meanWait",
    coalesce(percentile_disc(0.95) within group (order by waited), 0)::float8 as p95,
    coalesce(avg(left_alone::integer), 0)::float8 as "abandonedShare", count(*) filter (where still_waits)::integer as waiting
  from seen`,
);

export async function readHappened(pool: Pool, span: MeasuredSpan): Promise<Happened> {
  const rows = await withSnapshot(pool, reportAllowance, (tx) =>
    query(tx, happened_, valuesOf(span)),
  );
  return rows[0] as Happened;
}

/** `channelIds`: null for every channel. */
export interface MeasuredSpan {
  workspaceId: string;
  from: Date;
  until: Date;
  channelIds: readonly string[] | null;
}

const valuesOf = ({ workspaceId, from, until, channelIds }: MeasuredSpan) => [
  workspaceId,
  from,
  until,
  channelIds,
];

/** Of one agent. */
export interface MeasuredAnswers {
  agentId: string;
  /** Those that were accepted, declined or missed. */
  made: number;
  declined: number;
  missed: number;
  /** Seconds until an answer, of at most 500. */
  afters: number[] | null;
}

const answers_ = statement<MeasuredAnswers>(
  'measure-answers',
  `with made as (
    select a.agent_id, a.conversation_id, a.confirmed_at is not null as accepted, a.end_reason,
      case when a.confirmed_at is not null or a.end_reason = $4 then ${secondsOf('coalesce(a.confirmed_at, a.ended_at)', 'a.assigned_at')} end as after
    from assignment a where a.workspace_id = $1 and a.offered_until is not null and a.assigned_at >= $2 and a.assigned_at < $3
      and (a.confirmed_at is not null or a.end_reason in ($4, $5))
  )
  select agent_id as "agentId", count(*)::integer as made,
    count(*) filter (where not accepted and end_reason = $4)::integer as declined,
    count(*) filter (where not accepted and end_reason = $5)::integer as missed, ${sampled('after', 500)} as afters
  from made group by agent_id limit 10000`,
);

/** `refusals`: how an offer ends that was declined, and that was missed. */
export function readAnswers(
  pool: Pool,
  span: Omit<MeasuredSpan, 'channelIds'>,
  refusals: { declined: string; missed: string },
): Promise<MeasuredAnswers[]> {
  const { workspaceId, from, until } = span;
  const values = [workspaceId, from, until, refusals.declined, refusals.missed];
  return withSnapshot(pool, reportAllowance, (tx) => query(tx, answers_, values));
}

/** Milliseconds since 1970. */
export interface OnlineStretch {
  agentId: string;
  since: number;
  till: number;
}

const online_ = statement<OnlineStretch>(
  'measure-online',
  `with of_reports as (select $4::text as zone, $5::boolean as by_day), ${stretches()}
  select agent_id as "agentId", extract(epoch from greatest(since, $2))::float8 * 1000 as since,
    extract(epoch from least(coalesce(till, $3), $3))::float8 * 1000 as till
  from stretch where availability = 'online' and since < $3 and coalesce(till, $3) > greatest(since, $2)
  order by agent_id, since limit 100000`,
);

/** When each agent was online within the span, in order. */
export function readOnline(
  pool: Pool,
  { workspaceId, from, until }: Omit<MeasuredSpan, 'channelIds'>,
): Promise<OnlineStretch[]> {
  // As the reports ask, of everybody, and not by day.
  const values = [workspaceId, from, until, 'UTC', false, null, null];
  return withSnapshot(pool, reportAllowance, (tx) => query(tx, online_, values));
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
