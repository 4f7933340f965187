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

// From the contact's last message on, where no other is named. Never forward.
const takeMarkBack_ = statement<{ upToSeq: number }>(
  'take-read-mark-back',
  `insert into read_mark as r (workspace_id, user_id, conversation_id, up_to_seq)
  select $1, $2, c.conversation_id, m.seq - 1 from conversation c
  cross join lateral (select seq from message where workspace_id = $1 and conversation_id = c.conversation_id
    and author_kind = 'contact' and not history and seq >= coalesce($4::integer, 0)
    order by case when $4::integer is null then -seq else seq end limit 1) m
  where c.workspace_id = $1 and c.conversation_id = $3
  on conflict (workspace_id, user_id, conversation_id) do update
    set up_to_seq = least(r.up_to_seq, excluded.up_to_seq)
  returning up_to_seq as "upToSeq"`,
);

/** Answers how far it is read now; null: the contact has said nothing there that could be unread. */
export async function takeReadMarkBack(
  db: Db,
  mark: { workspaceId: string; userId: string; conversationId: string; fromSeq: number | null },
): Promise<number | null> {
  const { workspaceId, userId, conversationId, fromSeq } = mark;
  const row = await queryOne(db, takeMarkBack_, [workspaceId, userId, conversationId, fromSeq]);
  return row?.upToSeq ?? null;
}
