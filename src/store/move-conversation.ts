// The changes of an open conversation besides its end: back to the queue, onward, out of a hold.

import { mirrorDeliveries } from '../contract/channel-kinds.ts';
import type { Exclusion } from '../contract/exclusion.ts';
import { tellDesk } from './desk-rooms.ts';
import type { Writing } from './effects.ts';
import type { Route } from './read-for-placing.ts';
import { chosenByHand, leaveOutHolding, sendToRules, sentToPlan } from './send-to-rules.ts';
import { query, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';

/** How a conversation was given on, as it is kept with the conversation. */
export interface Transfer {
  how: 'transferred' | 'taken-over' | 'given-back' | 'handed-over';
  /** As events name them. */
  by: string;
  /** To whom it can be given back; null: no agent had or gave it. */
  fromAgentId: string | null;
  note: string | null;
  at: string;
  /** What it asked for before, where that was changed. */
  before?: Before;
}

/** What a conversation asked for, and what chose it. */
export interface Before {
  teamId: string | null;
  skillIds: readonly string[];
  route: Pick<Route, 'asked' | 'byHand'> & Partial<Pick<Route, 'entered'>>;
  /** Absent: it was given on before this was kept. */
  plan?: PlanBefore;
}

/** Where it stood; nulls: in no plan. */
export interface PlanBefore {
  name: string | null;
  /** ISO 8601. */
  since: string | null;
  step: number | null;
}

export interface Move {
  workspaceId: string;
  conversationId: string;
  teamId: string | null;
  skillIds: readonly string[];
  excludedAgentIds: readonly string[];
  exclusions: readonly Exclusion[];
  exclusionEndsAt: Date | null;
  needsKey: string;
  /** The department of a mirror that still may choose its agent, beside our routing; null: none. */
  handedTo: string | null;
  /** A person chose the team or the skills. */
  byHand: boolean;
  /** The plan that a person gave it, from now on; absent: none. */
  toPlan?: string | undefined;
  /** What its rules and plan go by again; absent: as it is. */
  toRoute?: Before['route'] | undefined;
  /** The plan in which it is again; absent: as it is. */
  backInPlan?: PlanBefore | undefined;
  /** How it was given on; null: nobody is to give it back; absent: as it was. */
  transfer?: Transfer | null | undefined;
  /** The agent whom the outside system still has in the room. */
  remoteAgentId: string | null;
  /** null: may be assigned at once. */
  heldUntil: Date | null;
  holdReason: string | null;
  event: { type: string; data: Record<string, unknown> };
}

// The rank stays, so a conversation returns to its old place. A mirror is told where its own routing would choose the
// next agent of an open room: it may no longer.
const returnToQueue_ = statement<never>(
  'return-to-queue',
  `with moved as (
    update conversation set state = 'waiting', agent_id = null, assigned_at = null, confirmed_at = null, offered_until = null,
      team_id = $3, excluded_agent_ids = $4, ${sendToRules('conversation', '$5')}, held_until = $6, hold_reason = $7, remote_agent_id = $10, exclusions = $11,
      exclusion_ends_at = $12, skill_ids = $13, handed_to = $14, handed_until = null,
      skill_levels = case when $15 or $16::text is not null then '{}' else skill_levels end,
      route = (case when $19::jsonb is not null and conversation.route is not null then (conversation.route - 'entered') || $19::jsonb
        when $16::text is not null then ${sentToPlan('conversation', '$16::text')} else
        case when $15 then ${chosenByHand('conversation', 'needs', `jsonb_build_object('teamId', $3::uuid, 'skillIds', $13::uuid[])`)} else conversation.route end
          || ${leaveOutHolding('conversation')} end) - 'returning',
      plan = case when $20::jsonb is null then plan else $20->>'name' end,
      plan_since = case when $20 is null then plan_since else ($20->>'since')::timestamptz end,
      plan_step = case when $20 is null then plan_step else ($20->>'step')::smallint end,
      target_turn_at = case when $20 is null then target_turn_at else clock_timestamp() end,
      transfer = case when $17 then transfer else $18::jsonb end,
      event_seq = event_seq + 1,
      came_back = case when $8::text in ('conversation.transferred', 'conversation.taken-over', 'conversation.given-back', 'conversation.left-by-bot') then 'transferred'
        else 'requeued' end,
      previous_agent_id = coalesce(agent_id, previous_agent_id),
      previous_assigned_at = coalesce(assigned_at, previous_assigned_at)
    where workspace_id = $1 and conversation_id = $2 and state <> 'closed'
    returning ${eventFacts('conversation')}, clock_timestamp() as moved_at
  ), ${appendAndTell({ source: 'moved', type: '$8::text', at: 'moved_at', data: '$9::jsonb' })},
  ${tellDesk({ source: 'moved', at: 'moved_at', type: mirrorDeliveries.handover, where: 'r.department_id is not null' })}
  select from moved`,
).needs('wake', 'send', 'conversation');

/** Needs the row locked, and its assignment ended by the caller. */
export async function returnToQueue(
  tx: Writing<typeof returnToQueue_, Tx>,
  move: Move,
): Promise<void> {
  await query(tx, returnToQueue_, [
    move.workspaceId,
    move.conversationId,
    move.teamId,
    move.excludedAgentIds,
    move.needsKey,
    move.heldUntil,
    move.holdReason,
    move.event.type,
    JSON.stringify(move.event.data),
    move.remoteAgentId,
    JSON.stringify(move.exclusions),
    move.exclusionEndsAt,
    move.skillIds,
    move.handedTo,
    move.byHand,
    move.toPlan ?? null,
    move.transfer === undefined,
    move.transfer == null ? null : JSON.stringify(move.transfer),
    move.toRoute === undefined ? null : JSON.stringify(move.toRoute),
    move.backInPlan === undefined ? null : JSON.stringify(move.backInPlan),
  ]);
}

const releaseHold_ = statement<never>(
  'release-hold',
  `update conversation set held_until = null, hold_reason = null
  where workspace_id = $1 and conversation_id = $2 and state = 'waiting' and hold_reason = 'recheck'`,
).needs('wake');

/** For a room that was to be looked up. */
export async function releaseHoldOf(
  db: Writing<typeof releaseHold_>,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
): Promise<void> {
  await query(db, releaseHold_, [workspaceId, conversationId]);
}
