// What rules and plans look at in a waiting conversation, and what is kept of what they said.

import { kindsWith } from '../contract/channel-kinds.ts';
import type { Priority } from '../contract/conversation.ts';
import type { Exclusion } from '../contract/exclusion.ts';
import type { DecisiveComparison } from '../contract/policy/rule.ts';
import type { SeenByRules } from '../contract/routing-record.ts';
import type { Line, TargetState } from '../contract/targets.ts';
import { lookedUp, unindexed } from './guide-planner.ts';
import { rowsOf } from './merged.ts';
import { TO_END, TO_ROUTE } from './send-to-rules.ts';
import { type Db, query, statement } from './sql.ts';
import { isLine, lineOf } from './target-columns.ts';

/** What a conversation came with, which rule matched, and what people chose. */
export interface Route {
  asked: { teamId: string | null; skillIds: readonly string[]; priority: Priority };
  byHand: { needs?: boolean; priority?: boolean; plan?: string };
  /** The plan that the rule named, and since when, in milliseconds since 1970; hours lead on from there. */
  entered: { plan: string; since: number; full?: Readonly<Record<string, boolean>> };
  /** The rule that matched, and the comparisons that decided. */
  rule: string;
  because: readonly DecisiveComparison[];
  /** Absent: a version asked them that did not note it. */
  seen?: SeenByRules;
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
  /** It was parked with this agent, and has just come back. */
  returning?: { agentId: string; at: number; until?: number };
  /** Of what the contact has been told, by the keys of the causes. */
  told?: readonly string[];
  /** The bot that is given it first in this plan, and until when nobody else is asked, in milliseconds since 1970. */
  bot?: { plan: string; agentId: string; until: number };
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

/** Where no rule was asked yet: what a person chose, and whether it has come back. */
export type Unruled = Pick<Route, 'asked' | 'byHand' | 'returning' | 'wait'> & {
  sticky?: string | null;
  entered?: undefined;
  bot?: undefined;
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
  route: Route | Unruled | null;
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
  exclusions: Exclusion[];
  /** The department of a mirror that was given it, which may decide alone. */
  handedTo: string | null;
  isTheirs: boolean;
  /** Nobody is given it yet. */
  isHeld: boolean;
  /** Somebody has had it. */
  wasHeld: boolean;
  leftByBots: string[];
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

const messages = `from message m where m.workspace_id = $1 and m.conversation_id = c.conversation_id and m.author_kind = 'contact' and m.kind = 'text'`;
const msOf = (column: string): string => `extract(epoch from ${column})::float8 * 1000`;

/** Parameters of the kinds whose desk is elsewhere, of the facts that are wanted, and of the kinds whose visitors are here. */
export interface PlacingParameters {
  remote: string;
  facts: string;
  visitors: string;
}

/** As `placingValues` has them. */
const VALUES: PlacingParameters = { remote: '$3', facts: '$4', visitors: '$5' };
const IDS = { from: 'jsonb_array_elements_text($2::jsonb) as g(id)', id: 'g.id::uuid' };

/**
 * SQL: a PlacingRow, with the columns `also`, for each `id` of a FROM whose row of conversation is one of `which`.
 * `until`: what holds of the contact's earlier conversations `p`. Without `of`, its values are those of `placingValues`.
 */
export function selectForPlacing({
  which,
  until = 'true',
  also = '',
  of = { ...IDS, ...VALUES },
}: {
  which: string;
  until?: string;
  also?: string;
  of?: { from: string; id: string } & PlacingParameters;
}): string {
  const wanted = (fact: CostlyFact): string => `'${fact}' = any (${of.facts}::text[])`;
  const earlier = `from conversation p where p.workspace_id = $1 and p.contact_id = any (array(${rowsOf('k.contact_id')})) and ${unindexed('p.state')} = 'closed' and ${until}`;
  return `select c.conversation_id as "conversationId", c.xmin::text as "rowVersion", c.policy_version as "policyVersion",
    c.plan, c.plan_step as "planStep", c.needs not in ('${TO_ROUTE}', '${TO_END}') as served, c.route, c.team_id as "teamId", c.skill_ids as "skillIds",
    c.priority, c.weight, c.channel_id as "channelId", h.name as "channelName", h.kind as "channelKind",
    h.kind = any (${of.remote}::text[]) as remote, c.external_channel_id as "externalChannelId",
    c.excluded_agent_ids as "excludedAgentIds", c.exclusions, c.handed_to as "handedTo", c.handed_until is not null as "isTheirs",
    coalesce(c.held_until > clock_timestamp(), false) as "isHeld", c.previous_agent_id is not null as "wasHeld", c.left_by_bots as "leftByBots", c.tags, c.meta, ${msOf('c.queued_at')} as "queuedAt", ${also}
    jsonb_build_object('contactId', k.contact_id, 'name', k.name, 'email', k.email, 'phone', k.phone, 'lang', k.lang,
      'attributes', k.attributes, 'tags', k.tags, 'agentId', k.agent_id,
      'proved', case when h.kind = any (${of.visitors}::text[]) then i.customer_id is not null end) as contact,
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
  from ${of.from}
  cross join ${lookedUp(`select *, xmin from conversation
    where workspace_id = $1 and conversation_id = ${of.id} and ${which}`)} c
  join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
  join contact o on o.workspace_id = $1 and o.contact_id = c.contact_id
  join contact k on k.workspace_id = $1 and k.contact_id = coalesce(o.merged_into, o.contact_id)
  left join web_identity i on i.workspace_id = $1 and i.customer_id = o.external_id and i.verified`;
}

const read_ = statement<PlacingRow>(
  'read-for-placing',
  selectForPlacing({ which: `${unindexed('state')} = 'waiting'` }),
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
