// Takes many conversations from their agents at once, for others who are given them in the same transaction.
import { mirrorDeliveries } from '../contract/channel-kinds.ts';
import { batch } from './batch.ts';
import { tellDesk } from './desk-rooms.ts';
import type { Writing } from './effects.ts';
import { ENDED, releaseLoad } from './roster.ts';
import { leaveOutHolding } from './send-to-rules.ts';
import { queryOne, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { RoutingTx } from './tx.ts';

export interface AssignedMove {
  conversationId: string;
  from: string;
  to: string;
}

const input = batch<AssignedMove>(4, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  from_id: ['uuid', ({ from }) => from],
  to_id: ['uuid', ({ to }) => to],
});

// They wait for no moment that anybody sees: what they need, and their plan, stay as they were. Rows
// are found by their keys and then by their places (guide-planner.ts).
const move_ = statement<{ moved: number }>(
  'move-assigned',
  `with moving as materialized (
    select g.*, c.place_of, a.place_of as assignment_place
    from ${input.rows} g
    cross join lateral (select ctid as place_of from conversation
      where workspace_id = $1 and conversation_id = g.conversation_id and state = 'assigned' and agent_id = g.from_id) c
    cross join lateral (select ctid as place_of from assignment
      where workspace_id = $1 and conversation_id = g.conversation_id and ended_at is null) a
  ), ended as (
    update assignment a set state = 'ended', ended_at = clock_timestamp(), end_reason = 'transferred'
    from moving m where a.ctid = m.assignment_place
    returning ${ENDED}
  ), ${releaseLoad('ended')}, moved as (
    update conversation c set state = 'waiting', agent_id = null, assigned_at = null, confirmed_at = null, offered_until = null,
      held_until = null, hold_reason = null, handed_to = null, handed_until = null,
      route = c.route || ${leaveOutHolding('c')}, event_seq = c.event_seq + 1, came_back = 'transferred',
      previous_agent_id = c.agent_id, previous_assigned_at = c.assigned_at
    from moving m where c.ctid = m.place_of
    returning ${eventFacts('c')}, m.from_id, m.to_id, clock_timestamp() as moved_at
  ), ${appendAndTell({
    source: 'moved',
    type: `'conversation.transferred'`,
    at: 'moved_at',
    data: `$3::jsonb || jsonb_build_object('from', from_id, 'toAgentId', to_id, 'by', $2::text)`,
  })}, ${tellDesk({ source: 'moved', at: 'moved_at', type: mirrorDeliveries.handover, where: 'r.department_id is not null' })}
  select count(*)::integer as moved from moved`,
).needs('wake', 'send', 'conversation');

/**
 * Needs the rows locked; the caller claims them for whoever they go to. Answers how many it took.
 * `why`: goes into the event.
 */
export async function moveAssigned(
  tx: Writing<typeof move_, RoutingTx>,
  args: { workspaceId: string; by: string; why: object; moves: readonly AssignedMove[] },
): Promise<number> {
  const { workspaceId, by, why, moves } = args;
  const values = [workspaceId, by, JSON.stringify(why), ...input.values(moves)];
  return (await queryOne(tx, move_, values))?.moved ?? 0;
}
