// What was foretold of waits, and what came of it: written by one look for all, read where a contact is told.
import { batch } from './batch.ts';
import { isBot } from './bots.ts';
import { lookedUp } from './guide-planner.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

export type WaitMethod = 'state' | 'recent' | 'none';

/** By what it was foretold; the scores say where the range of this line lay then. */
export interface WaitBasis {
  /** How many of others were before it that the same agents serve, beyond those of its place. */
  beside: number;
  places: number;
  /** By the shifts: seconds from when it was told. Absent: none are planned. */
  changes?: readonly { inSeconds: number; places: number }[];
  holdSeconds: number;
  leavingPerSecond: number;
  scores: { low: number; middle: number; high: number; served: number } | null;
}

export interface ToldWaitRow {
  conversationId: string;
  nth: number;
  plan: string | null;
  method: WaitMethod;
  place: number;
  expected: number;
  turns: number;
  low: number | null;
  middle: number | null;
  high: number | null;
  basis: WaitBasis;
}

/** Of one conversation. */
export const MOST_TOLD = 50;

const input = batch<ToldWaitRow>(2, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  nth: ['integer', ({ nth }) => nth],
  plan: ['text', ({ plan }) => plan],
  method: ['text', ({ method }) => method],
  told_place: ['integer', ({ place }) => place],
  expected: ['float8', ({ expected }) => expected],
  turns: ['float8', ({ turns }) => turns],
  low: ['float8', ({ low }) => low],
  middle: ['float8', ({ middle }) => middle],
  high: ['float8', ({ high }) => high],
  basis: ['jsonb', ({ basis }) => basis],
});

// Another node may look at the same moment: whoever waits no more, or was told since, is left out.
const keep_ = statement<{ conversationId: string }>(
  'keep-told-waits',
  `insert into told_wait (workspace_id, conversation_id, told_at, nth, plan, method, place, expected, turns, low, middle, high, basis)
  select $1, g.conversation_id, clock_timestamp(), g.nth, g.plan, g.method, g.told_place, g.expected, g.turns, g.low, g.middle, g.high, g.basis
  from ${input.rows} g
  join conversation c on c.workspace_id = $1 and c.conversation_id = g.conversation_id and c.state = 'waiting'
  where not exists (select from told_wait t where t.workspace_id = $1 and t.conversation_id = g.conversation_id
    and t.outcome is null and t.nth >= g.nth)
  returning conversation_id as "conversationId"`,
);

export async function keepToldWaits(
  db: Db,
  workspaceId: string,
  rows: readonly ToldWaitRow[],
): Promise<void> {
  if (rows.length > 0) await query(db, keep_, [workspaceId, ...input.values(rows)]);
}

export type LastTold = ToldWaitRow & { toldAt: Date };

const LAST = `conversation_id as "conversationId", told_at as "toldAt", nth, plan, method, place, expected::float8 as expected,
  turns::float8 as turns, low::float8 as low, middle::float8 as middle, high::float8 as high, basis`;

const last_ = statement<LastTold>(
  'last-told-waits',
  `select l.* from unnest($2::uuid[]) as g(conversation_id) cross join lateral (
    select ${LAST} from told_wait t where t.workspace_id = $1 and t.conversation_id = g.conversation_id
      and t.outcome is null order by told_at desc limit 1) l`,
);

/** What those were told last whose waits go on, as far as they were looked at. */
export function listLastTold(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[] },
): Promise<LastTold[]> {
  return query(db, last_, [args.workspaceId, args.conversationIds]);
}

const lastOfPlans_ = statement<LastTold>(
  'last-told-of-plans',
  `select l.* from unnest($2::text[]) as g(plan) cross join lateral (
    select ${LAST} from told_wait t where t.workspace_id = $1 and t.plan = g.plan and t.nth = 0
      and t.told_at > clock_timestamp() - interval '10 minutes' order by t.told_at desc limit 1) l`,
);

/** By plan, by what the newest of it was foretold within ten minutes. */
export async function readLastOfPlans(
  db: Db,
  args: { workspaceId: string; plans: readonly string[] },
): Promise<Map<string, LastTold>> {
  const rows = await query(db, lastOfPlans_, [args.workspaceId, args.plans]);
  return new Map(rows.flatMap((row) => (row.plan === null ? [] : [[row.plan, row]])));
}

export interface PastRow {
  plan: string | null;
  expected: number;
  turns: number;
  seconds: number;
  end: 'served' | 'left' | null;
}

// One walk back through the first ranges of each plan.
const pasts_ = statement<PastRow>(
  'told-waits-of-plans',
  `select l.* from unnest($2::text[]) with ordinality as g(plan, nth) cross join lateral (
    select t.plan, t.expected::float8 as expected, t.turns::float8 as turns, t.outcome as end,
      coalesce(t.waited, extract(epoch from clock_timestamp() - t.told_at))::float8 as seconds
    from told_wait t where t.workspace_id = $1 and t.nth = 0 and t.plan is not distinct from g.plan
      and t.told_at > clock_timestamp() - interval '14 days'
    order by t.told_at desc limit $3) l
  order by g.nth`,
);

/** Of each plan (null: of none) the newest, within a fortnight, newest first. */
export function listPasts(
  db: Db,
  args: { workspaceId: string; plans: readonly (string | null)[]; most: number },
): Promise<PastRow[]> {
  return query(db, pasts_, [args.workspaceId, args.plans, args.most]);
}

const holds_ = statement<{ plan: string | null; seconds: number; count: number }>(
  'held-by-plan',
  `select plan, avg(seconds)::float8 as seconds, count(*)::integer as count from (
    select plan, extract(epoch from closed_at - assigned_at) as seconds,
      row_number() over (partition by plan order by closed_at desc) as nth
    from (select plan, closed_at, assigned_at from conversation where workspace_id = $1 and state = 'closed'
        and agent_id is not null and assigned_at is not null and closed_at > assigned_at and not ${isBot('agent_id')}
      order by closed_at desc limit 1000) newest) numbered
  where nth <= 100 group by plan`,
);

/** How long agents held the newest that are over, by plan, in the mean. */
export function readHolds(
  db: Db,
  workspaceId: string,
): Promise<{ plan: string | null; seconds: number; count: number }[]> {
  return query(db, holds_, [workspaceId]);
}

// An assignment that has yet to be accepted or made elsewhere is not the end of the wait. Who has come back waits on.
// What is over is found by its keys and then by its place (guide-planner.ts): another node that has noted it meanwhile
// has moved it.
const settle_ = statement<{ settled: number }>(
  'settle-told-waits',
  `with ended as materialized (
    select t.ctid as place_of, t.told_at, s.at as served_at, c.closed_at
    from told_wait t
    cross join ${lookedUp(`select closed_at from conversation
      where workspace_id = $1 and conversation_id = t.conversation_id and (state <> 'waiting' or came_back is not null)`)} c
    cross join lateral (select min(a.assigned_at) as at from assignment a
      where a.workspace_id = $1 and a.conversation_id = t.conversation_id and a.assigned_at > t.told_at
        and a.state in ('confirmed', 'ended') and not ${isBot('a.agent_id')}) s
    where t.workspace_id = $1 and t.outcome is null and (s.at is not null or c.closed_at is not null)
    limit 1000
  ), settled as (
    update told_wait t set outcome = case when e.served_at is null then 'left' else 'served' end,
      waited = greatest(0, extract(epoch from coalesce(e.served_at, e.closed_at) - t.told_at))
    from ended e where t.ctid = e.place_of
    returning 1
  )
  select count(*)::integer as settled from settled`,
);

/** Notes how those waits ended that are over. Answers how many: a thousand at most. */
export async function settleToldWaits(db: Db, workspaceId: string): Promise<number> {
  return (await queryOne(db, settle_, [workspaceId]))?.settled ?? 0;
}

const listWaiting_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-waits',
  listing({ table: 'conversation', where: `t.state = 'waiting'` }),
);

export async function listWorkspacesWithWaits(db: Db): Promise<string[]> {
  return (await query(db, listWaiting_, [])).map(({ workspaceId }) => workspaceId);
}

const listOpen_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-told-waits',
  listing({ table: 'told_wait', where: 't.outcome is null' }),
);

export async function listWorkspacesWithToldWaits(db: Db): Promise<string[]> {
  return (await query(db, listOpen_, [])).map(({ workspaceId }) => workspaceId);
}

/** A report looks no further back. */
const KEPT = `interval '400 days'`;

const forget_ = statement<{ forgotten: number }>(
  'forget-told-waits',
  `with gone as (
    delete from told_wait where workspace_id = $1 and (conversation_id, told_at) in (
      select conversation_id, told_at from told_wait where workspace_id = $1 and told_at <= now() - ${KEPT}
      order by told_at limit 1000)
    returning 1
  ) select count(*)::integer as forgotten from gone`,
);

/** Those that no report shows any more. Answers how many: a thousand at most. */
export async function forgetToldWaits(db: Db, workspaceId: string): Promise<number> {
  return (await queryOne(db, forget_, [workspaceId]))?.forgotten ?? 0;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-told-waits',
  listing({
    table: 'told_wait',
    due: `select from told_wait o where o.workspace_id = w.workspace_id and o.told_at <= now() - ${KEPT}`,
  }),
);

export async function listWorkspacesWithOldToldWaits(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
