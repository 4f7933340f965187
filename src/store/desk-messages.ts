// What goes to a mirror's room and what came from it, each message once.
import type { MessageAttachment } from '../contract/events.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface MessageToCarry {
  seq: number;
  messageId: string;
  authorKind: 'contact' | 'agent' | 'bot' | 'user' | 'system';
  authorName: string | null;
  text: string;
  attachments: MessageAttachment[];
}

// Notes are for colleagues here, and what came from that room is there.
const toCarry_ = statement<MessageToCarry>(
  'list-messages-to-carry',
  `select m.seq, m.message_id as "messageId", m.author_kind as "authorKind", coalesce(a.name, u.name) as "authorName",
    m.text, m.attachments
  from message m
  left join agent a on a.workspace_id = $1 and a.agent_id = m.author_id and m.author_kind in ('agent', 'bot')
  left join user_account u on u.workspace_id = $1 and u.user_id = m.author_id and m.author_kind = 'user'
  where m.workspace_id = $1 and m.conversation_id = $2 and m.seq > $3 and m.kind = 'text' and not exists (
    select from desk_message d
      where d.workspace_id = $1 and d.message_id = m.message_id and d.desk_room_id = $5)
  order by m.seq limit $4`,
);

/** After a number, oldest first. */
export function listMessagesToCarry(
  db: Db,
  args: {
    workspaceId: string;
    conversationId: string;
    deskRoomId: string;
    afterSeq: number;
    limit: number;
  },
): Promise<MessageToCarry[]> {
  const { workspaceId, conversationId, deskRoomId, afterSeq, limit } = args;
  return query(db, toCarry_, [workspaceId, conversationId, afterSeq, limit, deskRoomId]);
}

const known_ = statement<{ externalId: string; messageId: string; editedAt: Date | null }>(
  'list-known-desk-messages',
  `select d.external_id as "externalId", d.message_id as "messageId", m.edited_at as "editedAt" from desk_message d
  left join message m on m.workspace_id = $1 and m.message_id = d.message_id
  where d.workspace_id = $1 and d.desk_room_id = $2 and d.external_id = any ($3::text[])`,
);

/** Those that were taken before, by their ids over there. */
export async function listKnownDeskMessages(
  db: Db,
  args: { workspaceId: string; deskRoomId: string; externalIds: readonly string[] },
): Promise<Map<string, { messageId: string; editedAt: Date | null }>> {
  const rows = await query(db, known_, [args.workspaceId, args.deskRoomId, args.externalIds]);
  return new Map(rows.map(({ externalId, ...row }) => [externalId, row]));
}

const put_ = statement<{ externalId: string }>(
  'put-desk-message',
  `insert into desk_message (workspace_id, desk_room_id, external_id, message_id) values ($1, $2, $3, $4)
  on conflict do nothing returning external_id as "externalId"`,
);

/** false: it was taken before. */
export async function putDeskMessage(
  tx: Tx,
  args: { workspaceId: string; deskRoomId: string; externalId: string; messageId: string },
): Promise<boolean> {
  const { workspaceId, deskRoomId, externalId, messageId } = args;
  return (await queryOne(tx, put_, [workspaceId, deskRoomId, externalId, messageId])) !== null;
}

const edited_ = statement<{ conversationId: string; seq: number }>(
  'mark-message-edited',
  `update message set edited_at = $3 where workspace_id = $1 and message_id = $2
    and (edited_at is null or edited_at < $3) returning conversation_id as "conversationId", seq`,
).needs('message');

/** null: it had been marked with this edit. */
export function markMessageEdited(
  tx: Writing<typeof edited_, Tx>,
  args: { workspaceId: string; messageId: string; at: Date },
): Promise<{ conversationId: string; seq: number } | null> {
  return queryOne(tx, edited_, [args.workspaceId, args.messageId, args.at]);
}

const countFiles_ = statement<{ count: number }>(
  'count-files-before',
  `select count(*)::integer as count from message m
  cross join jsonb_array_elements(m.attachments) with ordinality as f(file, place)
  join attachment a on a.workspace_id = $1 and a.attachment_id = (f.file ->> 'id')::uuid
  where m.workspace_id = $1 and m.conversation_id = $2 and m.attachments <> '[]' and f.file ? 'id'
    and m.kind = 'text' and a.file_name = $4 and a.size = $5 and (m.seq < $3 or m.seq = $3 and f.place <= $6)
    and not exists (
      select from desk_message d where d.workspace_id = $1 and d.message_id = m.message_id and d.desk_room_id = $7)`,
);

/** Equal files that go into the room before it: of earlier messages, and of the same at a lower place. */
export async function countFilesBefore(
  db: Db,
  args: {
    workspaceId: string;
    conversationId: string;
    deskRoomId: string;
    seq: number;
    name: string;
    size: number;
    place: number;
  },
): Promise<number> {
  const { workspaceId, conversationId, deskRoomId, seq, name, size, place } = args;
  const values = [workspaceId, conversationId, seq, name, size, place, deskRoomId];
  return (await queryOne(db, countFiles_, values))?.count ?? 0;
}
