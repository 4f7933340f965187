// How many wait in plans, in which order, and how long the last ones waited.
import { TO_END } from './send-to-rules.ts';
import { type Db, query, statement } from './sql.ts';

const countOthers_ = statement<{ plan: string; waiting: number }>(
  'count-others-in-plans',
  `select p.plan, (select count(*)::integer from conversation where workspace_id = $1 and state = 'waiting'
    and plan = p.plan and needs <> '${TO_END}' and conversation_id <> all ($3::uuid[])) as waiting
  from unnest($2::text[]) p(plan)`,
);

/** Without these conversations. */
export async function countOthersInPlans(
  db: Db,
  args: { workspaceId: string; plans: readonly string[]; without: readonly string[] },
): Promise<Map<string, number>> {
  const rows = await query(db, countOthers_, [args.workspaceId, args.plans, args.without]);
  return new Map(rows.map(({ plan, waiting }) => [plan, waiting]));
}

// One walk through the queue of each plan, however many are asked about.
const positions_ = statement<{ conversationId: string; position: number }>(
  'positions-in-plans',
  `select conversation_id as "conversationId", position from (
    select conversation_id, row_number() over (partition by plan order by rank_at, conversation_id)::integer as position
    from conversation where workspace_id = $1 and state = 'waiting' and plan = any ($2::text[]) and needs <> '${TO_END}'
      and conversation_id <> all ($4::uuid[])) q
  where conversation_id = any ($3::uuid[])`,
);

/** From 1, by the order of the queue within the plan; `without`: who has just been given to somebody. */
export async function readPositions(
  db: Db,
  args: {
    workspaceId: string;
    plans: readonly string[];
    conversationIds: readonly string[];
    without: readonly string[];
  },
): Promise<Map<string, number>> {
  const { workspaceId, plans, conversationIds, without } = args;
  const rows = await query(db, positions_, [workspaceId, plans, conversationIds, without]);
  return new Map(rows.map(({ conversationId, position }) => [conversationId, position]));
}

const MOST_WAITS = 50;

const recentWaits_ = statement<{ plan: string; seconds: number[] }>(
  'recent-waits',
  `select p.plan, array(select extract(epoch from assigned_at - queued_at)::float8 from conversation
    where workspace_id = $1 and plan = p.plan and assigned_at is not null and came_back is null
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
