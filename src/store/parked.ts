// Conversations that are set aside: into it, and out of it to the queue at their old rank, each once.
import type { Exclusion } from '../contract/exclusion.ts';
import type { Writing } from './effects.ts';
import { lookedUp, unindexed } from './guide-planner.ts';
import { enterAnew, TO_ROUTE, unruled } from './send-to-rules.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

export interface Parking {
  workspaceId: string;
  conversationId: string;
  /** null: until the contact writes. */
  until: Date | null;
  actor: string;
  /** Without its agent, who has had it: they may get it back. */
  exclusions: readonly Exclusion[];
  excludedAgentIds: readonly string[];
  exclusionEndsAt: Date | null;
}

const inUtc = (column: string): string =>
  `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

// assigned_at and confirmed_at stay: the contact is still with this agent.
const park_ = statement<never>(
  'park-conversation',
  `with parked as (
    update conversation c set state = 'parked', parked_at = clock_timestamp(), parked_until = $3, parked_by = $4,
      exclusions = $5, excluded_agent_ids = $6, exclusion_ends_at = $7, event_seq = c.event_seq + 1
    where c.workspace_id = $1 and c.conversation_id = $2 and c.state = 'assigned'
    returning ${eventFacts('c')}, c.parked_at, c.parked_until, c.parked_by
  ), ${appendAndTell({
    source: 'parked',
    type: `'conversation.parked'`,
    at: 'parked_at',
    data: `jsonb_build_object('agentId', agent_id, 'until', ${inUtc('parked_until')}, 'by', parked_by)`,
  })}
  select from parked`,
).needs('wake', 'send', 'conversation');

/** Needs the row locked, and its assignment ended by the caller. */
export async function parkRow(tx: Writing<typeof park_, Tx>, parking: Parking): Promise<void> {
  const { workspaceId, conversationId, until, actor } = parking;
  const { exclusions, excludedAgentIds, exclusionEndsAt } = parking;
  const what = [JSON.stringify(exclusions), excludedAgentIds, exclusionEndsAt];
  await query(tx, park_, [workspaceId, conversationId, until, actor, ...what]);
}

/** Why it comes back. */
export type ReturnCause = 'time' | 'contact' | 'hand' | 'agent-gone';

// The next pass looks where each of them goes: first back to its agent (desk/place-waiting). Its plan begins anew,
// because what it waited before is over; the rank stays. A visitor who was not heard of meanwhile gets the usual time.
const returning = (locked: string) => `locked as materialized (${locked}), returned as (
    update conversation c set state = 'waiting', agent_id = null, assigned_at = null, confirmed_at = null, offered_until = null,
      held_until = null, hold_reason = null, handed_to = null, handed_until = null,
      needs = '${TO_ROUTE}', policy_version = 0, router_due_at = null, awaits_version = null, came_back = 'requeued',
      previous_agent_id = c.agent_id, previous_assigned_at = coalesce(c.assigned_at, c.previous_assigned_at),
      route = (coalesce(c.route, ${unruled('c')}) - 'assigned') || ${enterAnew('c')} || jsonb_build_object('returning', jsonb_build_object(
        'agentId', c.agent_id, 'at', extract(epoch from clock_timestamp())::float8 * 1000)),
      event_seq = c.event_seq + 1
    from locked l where c.ctid = l.place_of
    returning ${eventFacts('c')}, c.previous_agent_id as parked_agent_id, c.parked_at, c.parked_until, clock_timestamp() as returned_at
  ), awaited_visitor as (
    update web_conversation w set seen_at = clock_timestamp() from returned r
    where w.workspace_id = $1 and w.conversation_id = r.conversation_id
  ), ${appendAndTell({
    source: 'returned',
    type: `'conversation.returned'`,
    at: 'returned_at',
    data: `jsonb_build_object('agentId', parked_agent_id, 'cause', $3::text, 'by', $4::text, 'since', ${inUtc('parked_at')}, 'until', ${inUtc('parked_until')})`,
  })}
  select conversation_id as "conversationId" from returned`;

/** In the order of the ids, as claims and closings lock them. */
const lockEach = (ids: string, which: string, orSkip = '') => `select c.* from (${ids}) w
    cross join ${lookedUp(`select ctid as place_of from conversation
      where workspace_id = $1 and conversation_id = w.conversation_id and ${unindexed('state')} = 'parked' and ${which} for update ${orSkip}`)} c`;

const returnOnes_ = statement<{ conversationId: string }>(
  'return-parked',
  `with ${returning(lockEach('select distinct unnest($2::uuid[]) as conversation_id order by 1', 'true'))}`,
).needs('wake', 'send', 'conversation');

export interface Returning {
  workspaceId: string;
  cause: ReturnCause;
  actor: string;
}

/** Those among them that are parked, into the queue. Answers which. */
export async function returnParked(
  tx: Writing<typeof returnOnes_, Tx>,
  args: Returning & { conversationIds: readonly string[] },
): Promise<string[]> {
  const { workspaceId, conversationIds, cause, actor } = args;
  const rows = await query(tx, returnOnes_, [workspaceId, conversationIds, cause, actor]);
  return rows.map(({ conversationId }) => conversationId);
}

const returnOfAgent_ = statement<{ conversationId: string }>(
  'return-parked-of-agent',
  `with ${returning(
    lockEach(
      `select conversation_id from conversation where workspace_id = $1 and state = 'parked' and agent_id = $2 order by conversation_id`,
      'true',
    ),
  )}`,
).needs('wake', 'send', 'conversation');

/** All that the agent has parked. */
export async function returnParkedOf(
  tx: Writing<typeof returnOfAgent_, Tx>,
  args: Returning & { agentId: string },
): Promise<string[]> {
  const { workspaceId, agentId, cause, actor } = args;
  const rows = await query(tx, returnOfAgent_, [workspaceId, agentId, cause, actor]);
  return rows.map(({ conversationId }) => conversationId);
}

/** As many come back by one statement: some 30 ms. */
export const MOST_RETURNED = 500;

// What somebody is changing at this moment is left to the next look, a moment later.
const returnDue_ = statement<{ conversationId: string }>(
  'return-parked-due',
  `with ${returning(
    lockEach(
      `select conversation_id from (
        select conversation_id from conversation
        where workspace_id = $1 and state = 'parked' and parked_until <= statement_timestamp()
        order by parked_until limit $2) due order by conversation_id`,
      'parked_until <= statement_timestamp()',
      'skip locked',
    ),
  )}`,
).needs('wake', 'send', 'conversation');

/** Whose time has come, by the database's clock; at most MOST_RETURNED. Answers which. */
export async function returnDue(
  db: Writing<typeof returnDue_>,
  workspaceId: string,
): Promise<string[]> {
  const rows = await query(db, returnDue_, [workspaceId, MOST_RETURNED, 'time', 'system']);
  return rows.map(({ conversationId }) => conversationId);
}

const nextReturn_ = statement<{ leftMs: number | null }>(
  'next-return',
  `select extract(epoch from min(parked_until) - clock_timestamp())::float8 * 1000 as "leftMs"
  from conversation where workspace_id = $1 and state = 'parked' and parked_until is not null`,
);

/** In how many milliseconds the next one comes back; null: none does by itself. */
export async function readNextReturn(db: Db, workspaceId: string): Promise<number | null> {
  return (await queryOne(db, nextReturn_, [workspaceId]))?.leftMs ?? null;
}

const listReturning_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-returning',
  listing({
    table: 'conversation',
    where: `t.state = 'parked' and t.parked_until is not null`,
    due: `select from conversation c where c.workspace_id = w.workspace_id and c.state = 'parked'
    and c.parked_until <= statement_timestamp() + make_interval(secs => $1 / 1000.0)`,
  }),
);

/** Workspaces in which one comes back within that time. */
export async function listWorkspacesWithReturning(db: Db, withinMs: number): Promise<string[]> {
  return (await query(db, listReturning_, [withinMs])).map(({ workspaceId }) => workspaceId);
}
