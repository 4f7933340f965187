// What happened, in order, and the messages and notes of a conversation.
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface EventRow {
  eventId: string;
  seq: number;
  type: string;
  at: Date;
  data: Record<string, unknown>;
}

const listEvents_ = statement<EventRow>(
  'list-events',
  `select event_id as "eventId", seq, type, at, data from event
  where workspace_id = $1 and stream_id = $2 and seq > $3 order by seq limit $4`,
);

/** Of one conversation or agent, oldest first. */
export function listEvents(
  db: Db,
  args: { workspaceId: string; streamId: string; afterSeq: number; limit: number },
): Promise<EventRow[]> {
  return query(db, listEvents_, [args.workspaceId, args.streamId, args.afterSeq, args.limit]);
}

const appendEvent_ = statement<never>(
  'append-event',
  `insert into event (workspace_id, stream_id, seq, type, at, data) values ($1, $2, $3, $4, clock_timestamp(), $5)`,
);

export async function appendEvent(
  tx: Tx,
  event: {
    workspaceId: string;
    streamId: string;
    seq: number;
    type: string;
    data: Record<string, unknown>;
  },
): Promise<void> {
  const data = JSON.stringify(event.data);
  await query(tx, appendEvent_, [event.workspaceId, event.streamId, event.seq, event.type, data]);
}

export interface MessageRow {
  messageId: string;
  seq: number;
  kind: 'text' | 'note';
  authorKind: string;
  authorId: string | null;
  text: string;
  createdAt: Date;
}

const messageColumns = `message_id as "messageId", seq, kind, author_kind as "authorKind",
  author_id as "authorId", text, created_at as "createdAt"`;

const insertMessage_ = statement<MessageRow>(
  'insert-message',
  `with numbered as (
    update conversation set message_seq = message_seq + 1, event_seq = event_seq + 1
    where workspace_id = $1 and conversation_id = $2 returning message_seq, event_seq
  ), logged as (
    insert into event (workspace_id, stream_id, seq, type, at, data)
    select $1, $2, event_seq, case when $4 = 'note' then 'note.created' else 'message.created' end, clock_timestamp(),
      jsonb_build_object('messageId', $3::uuid, 'seq', message_seq, 'authorKind', $5::text, 'authorId', $6::uuid)
    from numbered
  )
  insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text, created_at)
  select $1, $2, message_seq, $3, $4, $5, $6, $7, clock_timestamp() from numbered
  returning ${messageColumns}`,
);

/** null: there is no such conversation. */
export function insertMessage(
  db: Db,
  message: {
    workspaceId: string;
    conversationId: string;
    messageId: string;
    kind: 'text' | 'note';
    authorKind: string;
    authorId: string | null;
    text: string;
  },
): Promise<MessageRow | null> {
  return queryOne(db, insertMessage_, [
    message.workspaceId,
    message.conversationId,
    message.messageId,
    message.kind,
    message.authorKind,
    message.authorId,
    message.text,
  ]);
}

const listMessages_ = statement<MessageRow>(
  'list-messages',
  `select ${messageColumns} from message
  where workspace_id = $1 and conversation_id = $2 and seq > $3 order by seq limit $4`,
);

export function listMessages(
  db: Db,
  args: { workspaceId: string; conversationId: string; afterSeq: number; limit: number },
): Promise<MessageRow[]> {
  return query(db, listMessages_, [
    args.workspaceId,
    args.conversationId,
    args.afterSeq,
    args.limit,
  ]);
}
