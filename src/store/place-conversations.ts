// Waiting conversations whose plan or step must be found: which they are, and where they stand then.

import type { Priority } from '../contract/conversation.ts';
import { batch } from './batch.ts';
import type { PlacingRow, Route, Unruled } from './read-for-placing.ts';
import { TO_END, TO_ROUTE } from './send-to-rules.ts';
import { type Call, type Db, query, statement } from './sql.ts';
import { type StandingTargets, setTargets, targetColumns } from './target-columns.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import { workspacesWith } from './workspaces-with.ts';

/** How many are placed in one pass: some 30 ms, for which an arrival may have to wait. */
export const MAX_PLACED = 256;

/**
 * Of workspace $1: those that the policy of this version has not placed yet, and those whose moment
 * has come, by the beginning of the statement: clock_timestamp() would read all whose moment is to
 * come, 80 ms for 100,000. `served`: it stands in a group from which passes give.
 */
export const toPlace = (version: string): string => `(
    select conversation_id as "conversationId", needs <> '${TO_ROUTE}' as served, true as stale
    from conversation where workspace_id = $1 and state = 'waiting' and policy_version < ${version} and needs <> '${TO_END}'
    order by policy_version limit ${MAX_PLACED}
  ) union all (
    select conversation_id, needs <> '${TO_ROUTE}', false
    from conversation where workspace_id = $1 and state = 'waiting' and router_due_at <= statement_timestamp()
    order by router_due_at limit ${MAX_PLACED}
  )`;

export interface ToPlace {
  conversationId: string;
  served: boolean;
  stale: boolean;
}

/** SQL: in how many milliseconds the next conversation of workspace $1 is due. */
export const ROUTER_DUE_IN_MS = `(select extract(epoch from min(router_due_at) - clock_timestamp())::float8 * 1000
    from conversation where workspace_id = $1 and state = 'waiting' and router_due_at is not null)`;

export interface Placing {
  conversationId: string;
  /** As it was read. */
  rowVersion: string;
  teamId: string | null;
  skillIds: readonly string[];
  skillLevels: readonly number[];
  needsKey: string;
  /** Only one agent may be given it now. */
  awaits: boolean;
  priority: Priority;
  /** null: the policy has no rules any more. */
  plan: string | null;
  planSince: Date | null;
  step: number | null;
  dueAt: Date | null;
  policyVersion: number | null;
  route: Route | Unruled | null;
  addTags: readonly string[];
  /** null: its plan has none. */
  targets: StandingTargets | null;
  /** Where it is served by what is due; null: by when it came. */
  rankAt: Date | null;
  /** What the contact is told now. */
  says: readonly { key: string; text: string }[];
  /** As it was read: by this, and what it needs, the pass that places it may decide about it. */
  row: PlacingRow;
}

/** Of a batch. */
export const placingColumns = {
  conversation_id: ['uuid', (one: Placing) => one.conversationId],
  row_version: ['text', (one: Placing) => one.rowVersion],
  team_id: ['uuid', (one: Placing) => one.teamId],
  skill_levels: ['smallint[]', (one: Placing) => one.skillLevels],
  needs: ['text', (one: Placing) => one.needsKey],
  awaits: ['boolean', (one: Placing) => one.awaits],
  priority: ['text', (one: Placing) => one.priority],
  plan: ['text', (one: Placing) => one.plan],
  plan_since: ['timestamptz', (one: Placing) => one.planSince],
  plan_step: ['integer', (one: Placing) => one.step],
  due_at: ['timestamptz', (one: Placing) => one.dueAt],
  policy_version: ['integer', (one: Placing) => one.policyVersion],
  route: ['jsonb', (one: Placing) => one.route],
  skill_ids: ['uuid[]', (one: Placing) => one.skillIds],
  add_tags: ['text[]', (one: Placing) => one.addTags],
  ...targetColumns<Placing>(({ targets }) => targets),
  rank_at: ['timestamptz', (one: Placing) => one.rankAt],
} as const;

const input = batch<Placing>(2, placingColumns);

/** A CTE: the boosts of workspace $1. */
export const BOOSTS = `boosts as (select boosts from policy where workspace_id = $1 order by version desc limit 1)`;

/** People see that: another priority, or further tags. */
export function isSeen({ row, priority, addTags }: Placing): boolean {
  return priority !== row.priority || addTags.some((tag) => !row.tags.includes(tag));
}

/** SQL: of a row `g` of a batch and what is locked of its conversation, `c`: all its tags, and whether people see a change. */
export const PLACED_TAGS = `c.tags || array(select t from unnest(g.add_tags) t where t <> all (c.tags)) as all_tags,
      g.priority <> c.priority or not g.add_tags <@ c.tags as told`;

// Under the routing lock, so that awaits_version is above every version that another node knows then
// (awaited.ts); this one learns for whom something waits when it has written it.
/** SQL: assignments to conversation `c` from a row `l` of a batch, and `b` of BOOSTS. */
export const SET_PLACED = `team_id = l.team_id, skill_ids = l.skill_ids, skill_levels = l.skill_levels, needs = l.needs,
      priority = l.priority, rank_at = coalesce(l.rank_at, c.queued_at - make_interval(secs => (b.boosts ->> l.priority)::integer)),
      ${setTargets('l')},
      plan = l.plan, plan_since = l.plan_since, plan_step = l.plan_step, router_due_at = l.due_at,
      policy_version = l.policy_version, route = l.route,
      awaits_version = case when l.awaits then nextval('roster_version') end`;

/** The event of rows of a CTE `changed` whose change people see, at `changed_at`. */
export const CHANGED = {
  source: 'changed',
  type: `'conversation.updated'`,
  at: 'changed_at',
  data: `jsonb_build_object('tags', tags, 'priority', priority, 'by', 'policy')`,
};

/** SQL: the assignment of PLACED_TAGS. */
export const SET_TAGS = 'tags = l.all_tags';

// Rows that somebody else changes are skipped: whoever waited for them here, after a claim in the
// same transaction, could deadlock with a closing of several.
const lockedWith = (tags: string) => `${BOOSTS}, locked as materialized (
    select g.*, c.ctid as place_of${tags}
    from (select * from ${input.rows} t order by conversation_id) g
    cross join lateral (select ctid, tags, priority from conversation
      where workspace_id = $1 and conversation_id = g.conversation_id and state = 'waiting' and xmin::text = g.row_version
      for update skip locked) c
  )`;

const place_ = statement<{ conversationId: string }>(
  'place-conversations',
  `with ${lockedWith(`, ${PLACED_TAGS}`)}, placed as (
    update conversation c set ${SET_PLACED}, ${SET_TAGS}, event_seq = c.event_seq + l.told::integer
    from locked l cross join boosts b
    where c.ctid = l.place_of and c.state = 'waiting'
    returning ${eventFacts('c')}, l.told
  ), changed as (select *, clock_timestamp() as changed_at from placed where told),
  ${appendAndTell(CHANGED)}
  select conversation_id as "conversationId" from placed`,
).needs('wake', 'send', 'conversation');

// Most of placing changes nothing that people see, and the parts that tell it are a third of its cost.
const placeUnseen_ = statement<{ conversationId: string }>(
  'place-conversations-unseen',
  `with ${lockedWith('')}
  update conversation c set ${SET_PLACED}
  from locked l cross join boosts b
  where c.ctid = l.place_of and c.state = 'waiting'
  returning c.conversation_id as "conversationId"`,
).needs('wake', 'send', 'conversation');

export function placing(
  workspaceId: string,
  rows: readonly Placing[],
): Call<{ conversationId: string }, 'wake' | 'send' | 'conversation'> {
  const statement = rows.some(isSeen) ? place_ : placeUnseen_;
  return { statement, values: [workspaceId, ...input.values(rows)] };
}

const countByPlan_ = statement<{ plan: string; waiting: number }>(
  'count-waiting-by-plan',
  `select p.plan, (select count(*)::integer from (
      select from conversation c where c.workspace_id = $1 and c.state = 'waiting' and c.plan = p.plan
      limit p.most::integer) w) as waiting
  from jsonb_each_text($2::jsonb) as p(plan, most)`,
);

/** `most`: by plan, how far is counted. */
export function countWaitingByPlan(
  db: Db,
  { workspaceId, most }: { workspaceId: string; most: ReadonlyMap<string, number> },
): Promise<{ plan: string; waiting: number }[]> {
  return query(db, countByPlan_, [workspaceId, JSON.stringify(Object.fromEntries(most))]);
}

/** SQL: the workspaces with a waiting conversation that is due within the milliseconds of `within`. */
export const workspacesToPlace = (within: string): string => `((
    select f.workspace_id from ${workspacesWith({ table: 'conversation', where: `t.state = 'waiting' and t.router_due_at is not null` })} f
    cross join lateral (select from conversation c where c.workspace_id = f.workspace_id and c.state = 'waiting'
      and c.router_due_at <= statement_timestamp() + make_interval(secs => ${within} / 1000.0) limit 1) due
  ) union (
    select f.workspace_id from ${workspacesWith({ table: 'conversation', where: `t.state = 'waiting' and t.policy_version is not null` })} f
    cross join lateral (select version from policy where workspace_id = f.workspace_id order by version desc limit 1) p
    cross join lateral (select from conversation c where c.workspace_id = f.workspace_id and c.state = 'waiting'
      and c.policy_version < p.version and c.needs <> '${TO_END}' limit 1) stale
  ) union (
    select f.workspace_id from ${workspacesWith({ table: 'conversation', where: `t.state = 'waiting' and t.policy_version is not null` })} f
    cross join lateral (select from conversation c where c.workspace_id = f.workspace_id and c.state = 'waiting'
      and c.needs = '${TO_END}' limit 1) ending
  ))`;
