// Messages as visitors' browsers are shown them: text only, with who wrote it, numbered without the notes.
import { kindsWith } from '../contract/channel-kinds.ts';
import type { WebMessageFacts } from '../contract/webchat.ts';
import { batch } from './batch.ts';
import { lookedUp } from './guide-planner.ts';
import { isSeenBy } from './sight.ts';
import { type Db, query, statement } from './sql.ts';
import { visitorSeq } from './visitor-seq.ts';

export type WebMessageRow = WebMessageFacts & { conversationId: string };

const columns = `m.conversation_id as "conversationId", m.message_id as "messageId",
  ${visitorSeq('m.conversation_id', 'm.seq')} as seq, m.author_kind as "authorKind",
  m.author_id as "authorId", g.name as "authorName", u.avatar_url as "authorAvatarUrl",
  m.text, m.attachments, coalesce(m.quick_replies, '{}') as "quickReplies", m.client_message_id as "clientMessageId",
  m.created_at as "createdAt"`;
const joins = `left join agent g on g.workspace_id = $1 and g.agent_id = m.author_id
  left join user_account u on u.workspace_id = $1 and u.agent_id = m.author_id`;

const wanted = batch<{ conversationId: string; seq: number }>(2, {
  id: ['uuid', ({ conversationId }) => conversationId],
  at: ['integer', ({ seq }) => seq],
});
const readSaid_ = statement<WebMessageRow>(
  'read-said-messages',
  `select ${columns} from ${wanted.rows} wanted
  cross join ${lookedUp(`select * from message where workspace_id = $1 and conversation_id = wanted.id
    and seq = wanted.at and kind = 'text'`)} m ${joins}
  order by m.conversation_id, m.seq`,
);

/** The messages with these numbers, without notes; in order within each conversation. */
export function readSaidMessages(
  db: Db,
  args: {
    workspaceId: string;
    messages: readonly { conversationId: string; seq: number }[];
  },
): Promise<WebMessageRow[]> {
  return query(db, readSaid_, [args.workspaceId, ...wanted.values(args.messages)]);
}

const listAfter_ = statement<WebMessageRow>(
  'list-web-messages-after',
  `select ${columns} from message m ${joins}
  where m.workspace_id = $1 and m.conversation_id = $2 and m.seq > $3 and m.kind = 'text'
    and ${visitorSeq('m.conversation_id', 'm.seq')} > $3 order by m.seq limit $4`,
);

/** Oldest first, after a number as the visitor counts. */
export function listWebMessagesAfter(
  db: Db,
  args: { workspaceId: string; conversationId: string; afterSeq: number; limit: number },
): Promise<WebMessageRow[]> {
  return query(db, listAfter_, [args.workspaceId, args.conversationId, args.afterSeq, args.limit]);
}

const listLatest_ = statement<WebMessageRow>(
  'list-latest-web-messages',
  `select ${columns} from message m ${joins}
  where m.workspace_id = $1 and m.conversation_id = $2 and m.kind = 'text' order by m.seq desc offset $3 limit $4`,
);

/** Newest first. */
export function listLatestWebMessages(
  db: Db,
  args: { workspaceId: string; conversationId: string; offset: number; limit: number },
): Promise<WebMessageRow[]> {
  return query(db, listLatest_, [args.workspaceId, args.conversationId, args.offset, args.limit]);
}

const listOfCustomer_ = statement<WebMessageRow>(
  'list-web-messages-of-customer',
  `select ${columns} from contact k
  join channel h on h.workspace_id = $1 and h.channel_id = k.channel_id and h.kind = any ($6::text[])
  join conversation c on c.workspace_id = $1 and c.contact_id = k.contact_id
  join message m on m.workspace_id = $1 and m.conversation_id = c.conversation_id and m.kind = 'text' ${joins}
  where k.workspace_id = $1 and k.external_id = $2 and ($7::uuid is null or c.channel_id = $7) and ${isSeenBy('$5')}
  order by c.conversation_id, m.seq offset $3 limit $4`,
);

/** Over all conversations that `seenBy` sees, oldest first; null sees everything, and in every channel. */
export function listWebMessagesOfCustomer(
  db: Db,
  args: {
    workspaceId: string;
    customerId: string;
    offset: number;
    limit: number;
    seenBy: string | null;
    channelId: string | null;
  },
): Promise<WebMessageRow[]> {
  const { workspaceId, customerId, offset, limit, seenBy, channelId } = args;
  const kinds = kindsWith('visitors', 'here');
  const whose = [workspaceId, customerId, offset, limit, seenBy];
  return query(db, listOfCustomer_, [...whose, kinds, channelId]);
}
