// How many wait in plans, in which order, and how long the last ones waited.
import { isBot } from './bots.ts';
import { TO_END } from './send-to-rules.ts';
import { type Db, query, statement } from './sql.ts';

const countOthers_ = statement<{ plan: string; waiting: number }>(
  'count-others-in-plans',
  `select p.plan, (select count(*)::integer from (
    select from conversation where workspace_id = $1 and state = 'waiting' and plan = p.plan and needs <> '${TO_END}'
      and conversation_id <> all ($4::uuid[]) limit $3) counted) as waiting
  from unnest($2::text[]) p(plan)`,
);

/** Without these conversations, and of each plan up to `most` alone, however many wait. */
export async function countOthersInPlans(
  db: Db,
  args: {
    workspaceId: string;
    plans: readonly string[];
    most: number;
    without: readonly string[];
  },
): Promise<Map<string, number>> {
  const { workspaceId, plans, most, without } = args;
  const rows = await query(db, countOthers_, [workspaceId, plans, most, without]);
  return new Map(rows.map(({ plan, waiting }) => [plan, waiting]));
}

/** Who stands further behind is told no position: 50,000 were walked in some 50 ms, in a pass. */
export const LAST_POSITION = 5000;

// One walk through the head of each plan's queue, however many are asked about.
const positions_ = statement<{ conversationId: string; position: number }>(
  'positions-in-plans',
  `select q.conversation_id as "conversationId", q.position from unnest($2::text[]) p(plan) cross join lateral (
    select conversation_id, row_number() over (order by rank_at, conversation_id)::integer as position from (
      select conversation_id, rank_at from conversation
      where workspace_id = $1 and state = 'waiting' and plan = p.plan and needs <> '${TO_END}'
        and conversation_id <> all ($4::uuid[])
      order by rank_at, conversation_id limit $5) head) q
  where q.conversation_id = any ($3::uuid[])`,
);

/**
 * From 1, by the order of the queue within the plan, up to `last`; `without`: who has just been given to
 * somebody.
 */
export async function readPositions(
  db: Db,
  args: {
    workspaceId: string;
    plans: readonly string[];
    conversationIds: readonly string[];
    without: readonly string[];
    last?: number;
  },
): Promise<Map<string, number>> {
  const { workspaceId, plans, conversationIds, without, last = LAST_POSITION } = args;
  const rows = await query(db, positions_, [workspaceId, plans, conversationIds, without, last]);
  return new Map(rows.map(({ conversationId, position }) => [conversationId, position]));
}

export interface WaitingInPlan {
  conversationId: string;
  plan: string;
  queuedAt: Date;
}

const waitingInPlans_ = statement<WaitingInPlan>(
  'waiting-in-plans',
  `select conversation_id as "conversationId", plan, queued_at as "queuedAt" from conversation
  where workspace_id = $1 and conversation_id = any ($2::uuid[]) and state = 'waiting' and plan is not null`,
);

/** Those of them that wait in a plan. */
export function listWaitingInPlans(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[] },
): Promise<WaitingInPlan[]> {
  return query(db, waitingInPlans_, [args.workspaceId, args.conversationIds]);
}

const MOST_WAITS = 50;

const recentWaits_ = statement<{ plan: string; seconds: number[] }>(
  'recent-waits',
  `select p.plan, array(select extract(epoch from assigned_at - queued_at)::float8 from conversation
    where workspace_id = $1 and plan = p.plan and assigned_at is not null and came_back is null and not ${isBot('agent_id')}
      and assigned_at > clock_timestamp() - interval '1 hour'
    order by assigned_at desc limit ${MOST_WAITS}) as seconds
  from unnest($2::text[]) p(plan)`,
);

/** By plan: how many seconds the last ones waited that were given to somebody within the hour. */
export async function readRecentWaits(
  db: Db,
  args: { workspaceId: string; plans: readonly string[] },
): Promise<Map<string, readonly number[]>> {
  const rows = await query(db, recentWaits_, [args.workspaceId, args.plans]);
  return new Map(rows.map(({ plan, seconds }) => [plan, seconds]));
}
