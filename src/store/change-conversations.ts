// What people change in a conversation besides its agent: tags, priority, and a closing taken back.
import type { Writing } from './effects.ts';
import { chosenByHand, sendToRules, sendWaiting, takeBackEnd } from './send-to-rules.ts';
import { query, statement } from './sql.ts';
import { turnTargets } from './target-columns.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';

// The rank follows the priority, counted from the arrival of the conversation.
const update_ = statement<never>(
  'update-conversation',
  `with changed as (
    update conversation c set tags = coalesce($3::text[], c.tags), priority = coalesce($4::text, c.priority),
      rank_at = case when $4 is null then c.rank_at else c.queued_at - make_interval(secs => (rules.boosts ->> $4)::integer) end,
      route = case when $4 is null then c.route else ${chosenByHand('c', 'priority', `jsonb_build_object('priority', $4::text)`)} end,
      ${sendWaiting('c')},
      event_seq = c.event_seq + 1
    from (select boosts from policy where workspace_id = $1 order by version desc limit 1) rules
    where c.workspace_id = $1 and c.conversation_id = $2
    returning ${eventFacts('c')}, clock_timestamp() as changed_at
  ), ${appendAndTell({
    source: 'changed',
    type: `'conversation.updated'`,
    at: 'changed_at',
    data: `jsonb_build_object('tags', tags, 'priority', priority, 'by', $5::text)`,
  })}
  select from changed`,
).needs('wake', 'send', 'conversation');

/** Needs the row locked. Undefined fields stay. */
export async function updateConversation(
  tx: Writing<typeof update_, Tx>,
  args: {
    workspaceId: string;
    conversationId: string;
    tags?: readonly string[] | undefined;
    priority?: string | undefined;
    actor: string;
  },
): Promise<void> {
  const { workspaceId, conversationId, tags = null, priority = null, actor } = args;
  await query(tx, update_, [workspaceId, conversationId, tags, priority, actor]);
}

const reopen_ = statement<never>(
  'reopen-conversation',
  `with moved as (
    update conversation c set state = 'waiting', agent_id = null, assigned_at = null, confirmed_at = null,
      ${sendToRules('c', '$4')}, closed_at = null, close_reason = null, close_note = null, close_meta = '[]', session_id = null,
      active_at = clock_timestamp(), event_seq = c.event_seq + 1, came_back = 'requeued',
      previous_agent_id = coalesce(c.agent_id, c.previous_agent_id),
      previous_assigned_at = coalesce(c.assigned_at, c.previous_assigned_at), route = ${takeBackEnd('c', '$5::boolean')},
      handed_to = null, handed_until = null, ${turnTargets('c')}
    where c.workspace_id = $1 and c.conversation_id = $2 and c.state = 'closed'
    returning ${eventFacts('c')}, clock_timestamp() as moved_at
  ), ${appendAndTell({
    source: 'moved',
    type: `'conversation.reopened'`,
    at: 'moved_at',
    data: `jsonb_build_object('agentId', previous_agent_id, 'by', $3::text)`,
  })}
  select from moved`,
).needs('wake', 'send', 'conversation');

/**
 * Back to the queue, at its old rank. Needs the row locked; fails when the room has another open
 * conversation.
 */
export async function reopenRow(
  tx: Writing<typeof reopen_, Tx>,
  args: {
    workspaceId: string;
    conversationId: string;
    actor: string;
    needsKey: string;
    /** Its plan begins anew. */
    late: boolean;
  },
): Promise<void> {
  const { workspaceId, conversationId, actor, needsKey, late } = args;
  await query(tx, reopen_, [workspaceId, conversationId, actor, needsKey, late]);
}
