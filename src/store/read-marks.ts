// How far each person has read in each conversation.
import { type Db, queryOne, statement } from './sql.ts';

// Never back, and never beyond the last message.
const putMark_ = statement<{ upToSeq: number }>(
  'put-read-mark',
  `insert into read_mark as r (workspace_id, user_id, conversation_id, up_to_seq)
  select $1, $2, conversation_id, least($4::integer, message_seq) from conversation
  where workspace_id = $1 and conversation_id = $3
  on conflict (workspace_id, user_id, conversation_id) do update
    set up_to_seq = greatest(r.up_to_seq, excluded.up_to_seq)
  returning up_to_seq as "upToSeq"`,
);

/** Answers how far it is read now; null: there is no such conversation. */
export async function putReadMark(
  db: Db,
  mark: { workspaceId: string; userId: string; conversationId: string; upToSeq: number },
): Promise<number | null> {
  const { workspaceId, userId, conversationId, upToSeq } = mark;
  const row = await queryOne(db, putMark_, [workspaceId, userId, conversationId, upToSeq]);
  return row?.upToSeq ?? null;
}
