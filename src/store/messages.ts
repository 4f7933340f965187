// What was said in a conversation, numbered, and on its way to the outside system where there is one.

import { deliveryTypes, mirrorDeliveries } from '../contract/channel-kinds.ts';
import type { MessageAttachment } from '../contract/events.ts';
import { isToRoute, sendFirstMessage } from './ask-again.ts';
import { batch } from './batch.ts';
import { tellDesk } from './desk-rooms.ts';
import type { Writing } from './effects.ts';
import { guessBound, nobody, noteBound, others, type ToldParts } from './guess-bound.ts';
import { hearSilence } from './silence-columns.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { turnFor } from './target-columns.ts';
import { eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';

/** What a note is for: it came with a transfer, asks a colleague, or is whispered to whoever has the conversation. */
export type NoteMark = 'transfer' | 'consult' | 'whisper';

export interface NewMessage {
  workspaceId: string;
  conversationId: string;
  messageId: string;
  kind: 'text' | 'note';
  authorKind: 'contact' | 'agent' | 'bot' | 'user' | 'system';
  authorId: string | null;
  text: string;
  attachments: readonly MessageAttachment[];
  late: boolean;
  /** The writer's own name for it, unique among their messages in the conversation. */
  clientMessageId?: string | null;
  /** When it was said elsewhere; never later than now. */
  saidAt?: Date;
  /** What a note is for. */
  mark?: NoteMark | null;
  /** Whom a note addresses. */
  toAgentIds?: readonly string[] | null;
  /** Answers that the contact is offered. */
  quickReplies?: readonly string[];
  /** The mirror in which it was written, which is not told of it. */
  fromMirror?: string;
}

interface Appended {
  seq: number;
  /** Something is to be sent. */
  told: boolean;
  /** Rules look at the first message. */
  toRoute: boolean;
  /** An endpoint is bound to what is said. */
  bound: boolean;
}

// When the outside system is told what an agent writes, that is a delivery, in order with the
// closing.
const appendTelling = (to: ToldParts) => `with counted as (
    update conversation c set message_seq = message_seq + 1, event_seq = event_seq + 1, active_at = clock_timestamp(),
      ${sendFirstMessage('c', `$4 = 'text' and $5 = 'contact'`)},
      ${turnFor('c', `case $4 when 'text' then $5 end`)},
      ${hearSilence('c', { byAgent: `$4 = 'text' and $5 in ('agent', 'bot')`, byContact: `$4 = 'text' and $5 = 'contact'` })}
    where c.workspace_id = $1 and c.conversation_id = $2 and ${to.onlyIf}
    returning ${eventFacts('c')}, c.message_seq, ${isToRoute('c')} as to_route, clock_timestamp() as said_at
  ), sent as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, c.channel_id, c.conversation_id, $11::jsonb ->> h.kind, jsonb_build_object('messageId', $3::uuid), c.said_at, c.said_at
    from counted c join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
    where $11::jsonb ? h.kind and $4 = 'text' and $5 in ('agent', 'bot', 'user')
    returning delivery_id
  ), said as (
    insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text,
      attachments, created_at, late, delivery_id, client_message_id, mark, to_agent_ids, quick_replies)
    select $1, $2, message_seq, $3, $4, $5, $6, $7, $8, coalesce(least($12::timestamptz, said_at), said_at), $9,
      (select delivery_id from sent), $10, $14, $15, $16 from counted
  ), ${tellDesk({
    source: 'counted',
    at: 'said_at',
    type: mirrorDeliveries.said,
    where: `$4 = 'text' and r.channel_id is distinct from $13::uuid`,
  })}, ${to.append({
    source: 'counted',
    type: `'message.created'`,
    at: 'said_at',
    data: `jsonb_build_object('messageId', $3::uuid, 'messageSeq', message_seq, 'kind', $4::text,
      'authorKind', $5::text, 'authorId', $6::uuid, 'text', $7::text, 'attachments', $8::jsonb, 'late', $9::boolean)`,
  })}
  select message_seq as seq, exists (select from sent) or exists (select from told_desk)
    or ${to.isTold} as told, to_route as "toRoute", ${to.isBound} as bound from counted`;

const EFFECTS = ['send', 'message', 'wake'] as const;
const appendMessage_ = {
  told: statement<Appended>('append-message', appendTelling(others)).needs(...EFFECTS),
  untold: statement<Appended>('append-message-untold', appendTelling(nobody)).needs(...EFFECTS),
};

const TOLD_BY = JSON.stringify(deliveryTypes('said'));

/** null: there is no such conversation. */
export async function appendMessageRow(
  tx: Writing<typeof appendMessage_.told, Tx>,
  message: NewMessage,
): Promise<Appended | null> {
  const { workspaceId } = message;
  const values = valuesOf(message);
  if (!guessBound(workspaceId)) {
    const row = await queryOne(tx, appendMessage_.untold, values);
    if (row !== null) return row;
  }
  const row = await queryOne(tx, appendMessage_.told, values);
  if (row !== null) noteBound(workspaceId, row.bound);
  return row;
}

function valuesOf(message: NewMessage): unknown[] {
  return [
    message.workspaceId,
    message.conversationId,
    message.messageId,
    message.kind,
    message.authorKind,
    message.authorId,
    message.text,
    JSON.stringify(message.attachments),
    message.late,
    message.clientMessageId ?? null,
    TOLD_BY,
    message.saidAt ?? null,
    message.fromMirror ?? null,
    message.mark ?? null,
    message.toAgentIds ?? null,
    message.quickReplies?.length ? message.quickReplies : null,
  ];
}

type Repeated = Pick<MessageRow, 'messageId' | 'kind' | 'text' | 'attachments' | 'quickReplies'>;

const findByClientId_ = statement<Repeated>(
  'find-message-by-client-id',
  `select message_id as "messageId", kind, text, attachments, coalesce(quick_replies, '{}') as "quickReplies" from message
  where workspace_id = $1 and conversation_id = $2 and (author_kind = $3 or $3 = 'agent' and author_kind = 'bot')
    and client_message_id = $5 and (author_kind <> 'agent' or author_id = $4)`,
);

/** null: the writer has no message there of that name. */
export function findByClientId(
  db: Db,
  args: {
    workspaceId: string;
    conversationId: string;
    author: { kind: 'agent' | 'user'; id: string | null };
    clientMessageId: string;
  },
): Promise<Repeated | null> {
  const { workspaceId, conversationId, author, clientMessageId } = args;
  return queryOne(db, findByClientId_, [
    workspaceId,
    conversationId,
    author.kind,
    author.id,
    clientMessageId,
  ]);
}

export interface MessageRow {
  messageId: string;
  seq: number;
  kind: 'text' | 'note';
  authorKind: string;
  authorId: string | null;
  text: string;
  attachments: MessageAttachment[];
  quickReplies: string[];
  late: boolean;
  history: boolean;
  createdAt: Date;
  /** Its writer changed it after it was sent; the text is the one that was sent. */
  editedAt: Date | null;
  mark: NoteMark | null;
  toAgentIds: string[];
  clientMessageId: string | null;
  /** null: it is sent nowhere else. */
  delivery: {
    id: string;
    state: 'pending' | 'sending' | 'held' | 'done' | 'failed';
    outcome: string | null;
  } | null;
}

const columns = `m.message_id as "messageId", m.seq, m.kind, m.author_kind as "authorKind", m.author_id as "authorId",
  m.text, m.attachments, coalesce(m.quick_replies, '{}') as "quickReplies", m.late, m.history, m.mark, coalesce(m.to_agent_ids, '{}') as "toAgentIds", m.created_at as "createdAt", m.edited_at as "editedAt",
  m.client_message_id as "clientMessageId", case when d.delivery_id is not null then
    jsonb_build_object('id', d.delivery_id::text, 'state', d.state, 'outcome', d.outcome) end as delivery`;

const listMessages_ = statement<MessageRow>(
  'list-messages',
  `select ${columns} from message m
  left join delivery d on d.workspace_id = $1 and d.delivery_id = m.delivery_id
  where m.workspace_id = $1 and m.conversation_id = $2 and m.seq > $3 order by m.seq limit $4`,
);

/** After a number, oldest first. */
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

const listBefore_ = statement<MessageRow>(
  'list-messages-before',
  `select * from (select ${columns} from message m
    left join delivery d on d.workspace_id = $1 and d.delivery_id = m.delivery_id
    where m.workspace_id = $1 and m.conversation_id = $2 and m.seq < $3 order by m.seq desc limit $4) last
  order by seq`,
);

/** The last ones before a number, oldest first. */
export function listMessagesBefore(
  db: Db,
  args: { workspaceId: string; conversationId: string; beforeSeq: number; limit: number },
): Promise<MessageRow[]> {
  const { workspaceId, conversationId, beforeSeq, limit } = args;
  return query(db, listBefore_, [workspaceId, conversationId, beforeSeq, limit]);
}

const getMessage_ = statement<MessageRow>(
  'get-message',
  `select ${columns} from message m
  left join delivery d on d.workspace_id = $1 and d.delivery_id = m.delivery_id
  where m.workspace_id = $1 and m.message_id = $2`,
);

export function getMessage(
  db: Db,
  key: { workspaceId: string; messageId: string },
): Promise<MessageRow | null> {
  return queryOne(db, getMessage_, [key.workspaceId, key.messageId]);
}

const conversationOf_ = statement<{ conversationId: string }>(
  'conversation-of-message',
  'select conversation_id as "conversationId" from message where workspace_id = $1 and message_id = $2',
);

/** null: there is no such message. */
export async function findConversationOfMessage(
  db: Db,
  key: { workspaceId: string; messageId: string },
): Promise<string | null> {
  const row = await queryOne(db, conversationOf_, [key.workspaceId, key.messageId]);
  return row?.conversationId ?? null;
}

const resend_ = statement<{ deliveryId: number }>(
  'resend-message',
  `with failed as (
    select m.message_id, d.* from message m
    join delivery d on d.workspace_id = $1 and d.delivery_id = m.delivery_id and d.state = 'failed'
    where m.workspace_id = $1 and m.message_id = $2 for update of m
  ), again as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, subscriber_id, stream_id, type, payload, clock_timestamp(), clock_timestamp() from failed
    returning delivery_id
  )
  update message m set delivery_id = again.delivery_id from again
  where m.workspace_id = $1 and m.message_id = $2 returning again.delivery_id as "deliveryId"`,
).needs('send');

/** false: it has not failed. */
export async function resendMessage(
  tx: Writing<typeof resend_, Tx>,
  key: { workspaceId: string; messageId: string },
): Promise<boolean> {
  return (await queryOne(tx, resend_, [key.workspaceId, key.messageId])) !== null;
}

export interface HistoryLine {
  messageId: string;
  authorKind: 'contact' | 'system';
  text: string;
  attachments: readonly MessageAttachment[];
  at: Date;
}

const said = batch<HistoryLine>(3, {
  message_id: ['uuid', ({ messageId }) => messageId],
  author_kind: ['text', ({ authorKind }) => authorKind],
  text: ['text', ({ text }) => text],
  attachments: ['jsonb', ({ attachments }) => attachments],
  said_at: ['timestamptz', ({ at }) => at],
});
const addHistory_ = statement<{ added: number }>(
  'add-history',
  `with lines as (
    select * from ${said.rows} t
  ), counted as (
    update conversation set message_seq = message_seq + (select count(*)::integer from lines)
    where workspace_id = $1 and conversation_id = $2 and not exists (select from message h where h.workspace_id = $1
      and h.conversation_id = $2 and h.history) returning message_seq
  ), added as (
    insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, text, attachments,
      created_at, history)
    select $1, $2, c.message_seq - (select count(*)::integer from lines) + l.place::integer, l.message_id, 'text',
      l.author_kind, l.text, l.attachments, l.said_at, true
    from lines l cross join counted c
    returning seq
  )
  select count(*)::integer as added from added`,
);

/**
 * Messages from before: shown with their own times, and told to nobody. Once: a second time adds
 * nothing.
 */
export async function addHistory(
  tx: Tx,
  args: { workspaceId: string; conversationId: string; lines: readonly HistoryLine[] },
): Promise<number> {
  const { workspaceId, conversationId, lines } = args;
  const values = [workspaceId, conversationId, ...said.values(lines)];
  const row = await queryOne(tx, addHistory_, values);
  return row?.added ?? 0;
}
