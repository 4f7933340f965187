// Waiting conversations whose plan or step must be found: which they are, what rules ask of them, and where they stand then.

import { kindsWith } from '../contract/channel-kinds.ts';
import type { Priority } from '../contract/conversation.ts';
import type { DecisiveComparison } from '../contract/policy/rule.ts';
import type { Line, TargetState } from '../contract/targets.ts';
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import { lookedUp } from './guide-planner.ts';
import { type Call, type Db, query, statement } from './sql.ts';
import {
  isLine,
  lineOf,
  type StandingTargets,
  setTargets,
  targetColumns,
} from './target-columns.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';
import { workspacesWith } from './workspaces-with.ts';

/**
 * The group of those that wait for the rules to be asked. It sorts after every group of needs, which
 * begins with the id of a channel or, where only one agent may be given it, with ~ and the agent's
 * (awaited.ts). No pass gives any of it to an agent.
 */
export const TO_ROUTE = '~rules';

/** The group of those that their plan has ended: desk/end-by-plan ends them. No pass gives any of it to an agent. */
export const TO_END = '~to-end';

/** SQL: something of workspace $1 is to be ended. */
export const HAS_TO_END = `exists (select from conversation where workspace_id = $1 and state = 'waiting' and needs = '${TO_END}')`;

/** SQL: whether a conversation of workspace $1 that waits has to be given a plan. */
export const HAS_RULES = `(select has_rules from policy where workspace_id = $1 order by version desc limit 1)`;

/**
 * SQL: assignments that send row `alias` of conversation to the rules, where there are any; `needs`:
 * what it needs where there are none.
 */
export function sendToRules(alias: string, needs: string): string {
  const must = `(${alias}.policy_version is not null or ${HAS_RULES})`;
  return `needs = case when ${must} then '${TO_ROUTE}' else ${needs} end,
      policy_version = case when ${must} then 0 end, router_due_at = null`;
}

/** SQL: as sendToRules, for a change that leaves an assigned conversation where it is. */
export function sendWaiting(alias: string): string {
  const waits = `${alias}.state = 'waiting' and ${alias}.policy_version is not null`;
  return `needs = case when ${waits} then '${TO_ROUTE}' else ${alias}.needs end,
      policy_version = case when ${waits} then 0 else ${alias}.policy_version end`;
}

/** SQL: the route of a row of conversation after a person chose `asked`, which no rule or step overrules. */
export function chosenByHand(alias: string, what: keyof Route['byHand'], asked: string): string {
  const came = `jsonb_build_object('teamId', ${alias}.team_id, 'skillIds', ${alias}.skill_ids, 'priority', ${alias}.priority)`;
  const asks = `coalesce(${alias}.route -> 'asked', ${came}) || ${asked}`;
  const byHand = `coalesce(${alias}.route -> 'byHand', '{}') || '{"${what}": true}'`;
  return `coalesce(${alias}.route, '{}') || jsonb_build_object('asked', ${asks}, 'byHand', ${byHand})`;
}

const sinceOf = (alias: string): string => `(${alias}.route -> 'entered' ->> 'since')::float8`;
const ENTERED = (alias: string, since: string): string =>
  `jsonb_build_object('entered', ${alias}.route -> 'entered' || jsonb_build_object('since', ${since}))`;

/** SQL: to be added to the route of a row of conversation that comes back: what an agent held it was no waiting. */
export function leaveOutHolding(alias: string): string {
  const held = `extract(epoch from clock_timestamp() - ${alias}.assigned_at)::float8 * 1000`;
  return `case when ${alias}.assigned_at is not null and ${alias}.route ? 'entered'
      then ${ENTERED(alias, `${sinceOf(alias)} + ${held}`)} else '{}' end`;
}

/** SQL: the route of a row of conversation that is taken back from its end: what ended it is judged anew. */
export function takeBackEnd(alias: string): string {
  const now = 'extract(epoch from clock_timestamp())::float8 * 1000';
  return `case when ${alias}.route ? 'ends' then (${alias}.route - 'ends')
      || ${ENTERED(alias, now)} #- '{entered,full}' else ${alias}.route || ${leaveOutHolding(alias)} end`;
}

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

/** What a conversation came with, which rule matched, and what people chose. */
export interface Route {
  asked: { teamId: string | null; skillIds: readonly string[]; priority: Priority };
  byHand: { needs?: boolean; priority?: boolean };
  /** The plan that the rule named, and since when, in milliseconds since 1970; hours lead on from there. */
  entered: { plan: string; since: number; full?: Readonly<Record<string, boolean>> };
  /** The rule that matched, and the comparisons that decided. */
  rule: string;
  because: readonly DecisiveComparison[];
  /** That the rule gives; null: it keeps its own. */
  priority: Priority | null;
  lastAgent: PlacingRow['lastAgent'];
  /** Whom the plan prefers, because the contact knows them; null: nobody. */
  sticky: string | null;
  /**
   * Whether only that agent may be given it in this plan, until when, in milliseconds since 1970, and
   * who could not be reached meanwhile; absent: not looked at yet.
   */
  wait?: { plan: string; until: number | null; over: readonly string[] };
  /** Of what the contact has been told, by the keys of the causes. */
  told?: readonly string[];
  /** What the contact is told once somebody has it; the agent's name comes between the parts. */
  assigned?: readonly string[];
  /** Its plan ends it. */
  ends?: PlanEnding;
}

export interface PlanEnding {
  reason: string;
  plan: string;
  at: number;
  /** The contact is told in the transaction that ends it. */
  says: readonly { key: string; text: string }[];
}

type ByHand = Pick<Route, 'asked' | 'byHand'> & {
  entered?: undefined;
  wait?: undefined;
  told?: undefined;
  ends?: undefined;
};

export interface PlacingRow {
  conversationId: string;
  /** Of the row: any change makes another. */
  rowVersion: string;
  policyVersion: number | null;
  /** In which it stood so far; null: in none. */
  plan: string | null;
  planStep: number | null;
  /** It stands in a group from which passes give. */
  served: boolean;
  /** Only of what a person chose, where no rule was asked yet. */
  route: Route | ByHand | null;
  teamId: string | null;
  skillIds: string[];
  priority: Priority;
  weight: number;
  channelId: string;
  channelName: string;
  channelKind: string;
  remote: boolean;
  externalChannelId: string | null;
  excludedAgentIds: string[];
  /** The department of a mirror that was given it, which may decide alone. */
  handedTo: string | null;
  isTheirs: boolean;
  /** Nobody is given it yet. */
  isHeld: boolean;
  tags: string[];
  meta: Record<string, unknown>;
  queuedAt: number;
  contact: {
    contactId: string;
    name: string | null;
    email: string | null;
    phone: string | null;
    lang: string | null;
    attributes: Record<string, unknown>;
    tags: string[];
    proved: boolean | null;
    /** To whom the contact belongs; null: to nobody. */
    agentId: string | null;
  };
  /** null: not asked for, or there is none. */
  text: string | null;
  files: number | null;
  conversations: number | null;
  lastRating: number | null;
  /** Who had the contact's last conversation, and when it ended in milliseconds since 1970. */
  lastAgent: { agentId: string; endedAt: number } | null;
  /** Its number of messages. */
  messageSeq: number;
  /** Of its targets; null: it had none so far. */
  targets: TargetState | null;
  /** What has been said, where it had no targets so far; null also where no plan has any. */
  lines: Line[] | null;
}

/** What is read only for rules that ask for it: each costs a look into another table. */
export const costlyFacts = [
  'text',
  'files',
  'conversations',
  'lastRating',
  'lastAgent',
  'lines',
] as const;
export type CostlyFact = (typeof costlyFacts)[number];

const wanted = (fact: CostlyFact): string => `'${fact}' = any ($4::text[])`;
const messages = `from message m where m.workspace_id = $1 and m.conversation_id = c.conversation_id and m.author_kind = 'contact' and m.kind = 'text'`;
const msOf = (column: string): string => `extract(epoch from ${column})::float8 * 1000`;

/**
 * SQL: a PlacingRow, with the columns `also`, for each of the ids whose row of conversation is one of `which`. `until`:
 * what holds of the contact's earlier conversations `p`. Its values are those of `placingValues`.
 */
export function selectForPlacing({
  which,
  until = 'true',
  also = '',
}: {
  which: string;
  until?: string;
  also?: string;
}): string {
  const earlier = `from conversation p where p.workspace_id = $1 and p.contact_id = c.contact_id and p.state = 'closed' and ${until}`;
  return `select c.conversation_id as "conversationId", c.xmin::text as "rowVersion", c.policy_version as "policyVersion",
    c.plan, c.plan_step as "planStep", c.needs not in ('${TO_ROUTE}', '${TO_END}') as served, c.route, c.team_id as "teamId", c.skill_ids as "skillIds",
    c.priority, c.weight, c.channel_id as "channelId", h.name as "channelName", h.kind as "channelKind",
    h.kind = any ($3::text[]) as remote, c.external_channel_id as "externalChannelId",
    c.excluded_agent_ids as "excludedAgentIds", c.handed_to as "handedTo", c.handed_until is not null as "isTheirs",
    coalesce(c.held_until > clock_timestamp(), false) as "isHeld", c.tags, c.meta, ${msOf('c.queued_at')} as "queuedAt", ${also}
    jsonb_build_object('contactId', k.contact_id, 'name', k.name, 'email', k.email, 'phone', k.phone, 'lang', k.lang,
      'attributes', k.attributes, 'tags', k.tags, 'agentId', k.agent_id,
      'proved', case when h.kind = any ($5::text[]) then i.customer_id is not null end) as contact,
    case when ${wanted('text')} then (select m.text ${messages} order by m.seq limit 1) end as text,
    case when ${wanted('files')} then (select jsonb_array_length(m.attachments) ${messages} order by m.seq limit 1) end as files,
    case when ${wanted('conversations')} then (select count(*)::integer ${earlier}) end as conversations,
    case when ${wanted('lastRating')} then (select p.rating_score ${earlier} and p.rating_score is not null
      order by p.closed_at desc limit 1) end as "lastRating",
    case when ${wanted('lastAgent')} then (
      select jsonb_build_object('agentId', p.agent_id, 'endedAt', ${msOf('p.closed_at')}) ${earlier}
      and p.agent_id is not null order by p.closed_at desc limit 1) end as "lastAgent",
    c.message_seq as "messageSeq", c.targets, case when ${wanted('lines')} and c.targets is null then (
      select coalesce(jsonb_agg(${lineOf('m')} order by m.seq), '[]') from message m where ${isLine('m', 'c.conversation_id')}) end as lines
  from jsonb_array_elements_text($2::jsonb) as g(id)
  cross join ${lookedUp(`select *, xmin from conversation
    where workspace_id = $1 and conversation_id = g.id::uuid and ${which}`)} c
  join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  left join web_identity i on i.workspace_id = $1 and i.customer_id = k.external_id and i.verified`;
}

const read_ = statement<PlacingRow>(
  'read-for-placing',
  selectForPlacing({ which: `state = 'waiting'` }),
);

/** Not locked: what somebody changes meanwhile is left out when they are written. */
export function readForPlacing(
  db: Db,
  args: {
    workspaceId: string;
    conversationIds: readonly string[];
    facts: readonly CostlyFact[];
  },
): Promise<PlacingRow[]> {
  return query(db, read_, placingValues(args));
}

/** Of `selectForPlacing`. */
export function placingValues(args: {
  workspaceId: string;
  conversationIds: readonly string[];
  facts: readonly CostlyFact[];
}): unknown[] {
  const ids = JSON.stringify(args.conversationIds);
  const kinds = [kindsWith('desk', 'remote'), kindsWith('visitors', 'here')] as const;
  return [args.workspaceId, ids, kinds[0], args.facts, kinds[1]];
}

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
  route: Route | null;
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

const input = batch<Placing>(2, {
  conversation_id: ['uuid', (one) => one.conversationId],
  row_version: ['text', (one) => one.rowVersion],
  team_id: ['uuid', (one) => one.teamId],
  skill_levels: ['jsonb', (one) => one.skillLevels],
  needs: ['text', (one) => one.needsKey],
  awaits: ['boolean', (one) => one.awaits],
  priority: ['text', (one) => one.priority],
  plan: ['text', (one) => one.plan],
  plan_since: ['timestamptz', (one) => one.planSince],
  plan_step: ['integer', (one) => one.step],
  due_at: ['timestamptz', (one) => one.dueAt],
  policy_version: ['integer', (one) => one.policyVersion],
  route: ['jsonb', (one) => one.route],
  skill_ids: ['uuid[]', (one) => one.skillIds],
  add_tags: ['text[]', (one) => one.addTags],
  ...targetColumns<Placing>(({ targets }) => targets),
  rank_at: ['timestamptz', (one) => one.rankAt],
});

// Under the routing lock, so that awaits_version is above every version that another node knows then
// (awaited.ts); this one learns for whom something waits when it has written it.
// Rows that somebody else changes are skipped: whoever waited for them here, after a claim in the
// same transaction, could deadlock with a closing of several. The event tells of what people see.
const place_ = statement<{ conversationId: string }>(
  'place-conversations',
  `with boosts as (select boosts from policy where workspace_id = $1 order by version desc limit 1
  ), locked as materialized (
    select g.*, c.ctid as place_of, c.tags || array(select t from unnest(g.add_tags) t where t <> all (c.tags)) as all_tags,
      g.priority <> c.priority or not g.add_tags <@ c.tags as told
    from (select * from ${input.rows} t order by conversation_id) g
    cross join lateral (select ctid, tags, priority from conversation
      where workspace_id = $1 and conversation_id = g.conversation_id and state = 'waiting' and xmin::text = g.row_version
      for update skip locked) c
  ), placed as (
    update conversation c set team_id = l.team_id, skill_ids = l.skill_ids,
      skill_levels = array(select jsonb_array_elements_text(l.skill_levels)::smallint), needs = l.needs,
      priority = l.priority, rank_at = coalesce(l.rank_at, c.queued_at - make_interval(secs => (b.boosts ->> l.priority)::integer)),
      ${setTargets('l')},
      plan = l.plan, plan_since = l.plan_since, plan_step = l.plan_step, router_due_at = l.due_at,
      policy_version = l.policy_version, route = l.route, tags = l.all_tags,
      awaits_version = case when l.awaits then nextval('roster_version') end,
      event_seq = c.event_seq + case when l.told then 1 else 0 end
    from locked l cross join boosts b
    where c.ctid = l.place_of and c.state = 'waiting'
    returning ${eventFacts('c')}, l.told
  ), changed as (select *, clock_timestamp() as changed_at from placed where told),
  ${appendAndTell({
    source: 'changed',
    type: `'conversation.updated'`,
    at: 'changed_at',
    data: `jsonb_build_object('tags', tags, 'priority', priority, 'by', 'policy')`,
  })}
  select conversation_id as "conversationId" from placed`,
).needs('wake', 'send', 'conversation');

export function placing(
  workspaceId: string,
  rows: readonly Placing[],
): Call<{ conversationId: string }, 'wake' | 'send' | 'conversation'> {
  return { statement: place_, values: [workspaceId, ...input.values(rows)] };
}

const countByPlan_ = statement<{ plan: string; waiting: number }>(
  'count-waiting-by-plan',
  `select coalesce(plan, '') as plan, count(*)::integer as waiting from conversation
  where workspace_id = $1 and state = 'waiting' and plan = any ($2::text[]) group by plan`,
);

/** Plans in which nothing waits are left out. */
export function countWaitingByPlan(
  db: Db,
  args: { workspaceId: string; plans: readonly string[] },
): Promise<{ plan: string; waiting: number }[]> {
  return query(db, countByPlan_, [args.workspaceId, args.plans]);
}

const sendAll_ = statement<never>(
  'send-all-to-rules',
  `update conversation set policy_version = 0 where workspace_id = $1 and state = 'waiting' and policy_version is null`,
).needs('wake');

/** The workspace has just been given rules: what waits is asked about, too. */
export async function sendAllToRules(
  tx: Writing<typeof sendAll_, Tx>,
  workspaceId: string,
): Promise<void> {
  await query(tx, sendAll_, [workspaceId]);
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
