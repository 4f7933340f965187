// Events of a conversation that do not change its state.

import type { EventType } from '../contract/event-types.ts';
import type { Writing } from './effects.ts';
import { query, queryOne, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';

const append_ = statement<{ conversationId: string }>(
  'append-conversation-event',
  `with counted as (
    update conversation c set event_seq = event_seq + 1 where c.workspace_id = $1 and c.conversation_id = $2
    returning ${eventFacts('c')}, clock_timestamp() as happened_at
  ), ${appendAndTell({ source: 'counted', type: '$3::text', at: 'happened_at', data: '$4::jsonb' })}
  select conversation_id as "conversationId" from counted`,
).needs('send');

/** false: there is no such conversation. */
export async function appendConversationEvent(
  tx: Writing<typeof append_, Tx>,
  event: {
    workspaceId: string;
    conversationId: string;
    type: EventType;
    data: Record<string, unknown>;
  },
): Promise<boolean> {
  const { workspaceId, conversationId, type, data } = event;
  const values = [workspaceId, conversationId, type, JSON.stringify(data)];
  return (await queryOne(tx, append_, values)) !== null;
}

const rate_ = statement<never>(
  'rate-conversation',
  `update conversation set rating_score = $3, rating_comment = $4, rated_at = clock_timestamp()
  where workspace_id = $1 and conversation_id = $2`,
).needs('conversation');

export async function rateRow(
  tx: Writing<typeof rate_, Tx>,
  rating: { workspaceId: string; conversationId: string; score: number; comment: string | null },
): Promise<void> {
  const { workspaceId, conversationId, score, comment } = rating;
  await query(tx, rate_, [workspaceId, conversationId, score, comment]);
}
