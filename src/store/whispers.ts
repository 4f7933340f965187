// Notes that a supervisor whispers to whoever has a conversation: kept with its messages, told to nobody outside.
import type { Writing } from './effects.ts';
import { queryOne, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';

export interface Whisper {
  workspaceId: string;
  conversationId: string;
  messageId: string;
  toAgentId: string;
  author: { kind: 'agent' | 'bot' | 'user'; id: string | null };
  /** As events name them. */
  by: string;
  text: string;
}

// Unlike any other note it is no message.created, whose text leaves the house: its event says that it happened and no
// more. It writes no delivery of a channel or a mirror.
const whisper_ = statement<{ seq: number }>(
  'whisper',
  `with counted as (
    update conversation c set message_seq = message_seq + 1, event_seq = event_seq + 1,
      whisper = jsonb_build_object('seq', message_seq + 1, 'agentId', $4::uuid, 'by', $7::text, 'at', clock_timestamp())
    where c.workspace_id = $1 and c.conversation_id = $2
    returning ${eventFacts('c')}, c.message_seq, clock_timestamp() as said_at
  ), said as (
    insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text, created_at,
      mark, to_agent_ids)
    select $1, $2, message_seq, $3, 'note', $5, $6, $8, said_at, 'whisper', array[$4::uuid] from counted
  ), ${appendAndTell({
    source: 'counted',
    type: `'conversation.whispered'`,
    at: 'said_at',
    data: `jsonb_build_object('toAgentId', $4::uuid, 'messageId', $3::uuid, 'messageSeq', message_seq, 'by', $7::text)`,
  })}
  select message_seq as seq from counted`,
).needs('send', 'conversation');

/** Needs the row locked. */
export async function whisperRow(
  tx: Writing<typeof whisper_, Tx>,
  { workspaceId, conversationId, messageId, toAgentId, author, by, text }: Whisper,
): Promise<void> {
  const values = [workspaceId, conversationId, messageId, toAgentId, author.kind, author.id];
  await queryOne(tx, whisper_, [...values, by, text]);
}
