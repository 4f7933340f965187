// Conversations with all their messages, a few at a time, for an export.
import { type Db, query, statement } from './sql.ts';

export interface ExportedConversation {
  conversationId: string;
  /** As JSON. */
  body: Record<string, unknown>;
}

// Ids grow with time, so a span of ids with a day to spare holds every conversation of a span of
// time.
const readConversations_ = statement<ExportedConversation>(
  'export-conversations',
  `select c.conversation_id as "conversationId", jsonb_build_object('id', c.conversation_id, 'channelId', c.channel_id,
    'externalId', c.external_id, 'state', c.state, 'priority', c.priority, 'agentId', c.agent_id, 'teamId', c.team_id,
    'queuedAt', c.queued_at, 'assignedAt', c.assigned_at, 'closedAt', c.closed_at, 'closeReason', c.close_reason,
    'closeNote', c.close_note, 'tags', c.tags, 'categories', c.categories, 'meta', c.meta, 'closeMeta', c.close_meta,
    'rating', case when c.rating_score is not null then
      jsonb_build_object('score', c.rating_score, 'comment', c.rating_comment) end,
    'contact', jsonb_build_object('id', k.contact_id, 'externalId', k.external_id, 'name', k.name, 'email', k.email,
      'phone', k.phone, 'attributes', k.attributes)) as body
  from conversation c join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  where c.workspace_id = $1 and c.conversation_id > $2 and c.conversation_id < $3
    and c.queued_at >= $4 and c.queued_at < $5
  order by c.conversation_id limit 100`,
);

/** The next hundred after an id. */
export function readExported(
  db: Db,
  args: { workspaceId: string; after: string; until: string; from: Date; to: Date },
): Promise<ExportedConversation[]> {
  const { workspaceId, after, until, from, to } = args;
  return query(db, readConversations_, [workspaceId, after, until, from, to]);
}

const readMessages_ = statement<{ seq: number; body: Record<string, unknown> }>(
  'export-messages',
  `select seq, jsonb_build_object('id', message_id, 'seq', seq, 'kind', kind, 'authorKind', author_kind,
    'authorId', author_id, 'text', text, 'attachments', attachments,
    'quickReplies', coalesce(quick_replies, '{}'), 'late', late, 'history', history,
    'mark', mark, 'createdAt', created_at) as body
  from message where workspace_id = $1 and conversation_id = $2 and seq > $3 and mark is distinct from 'whisper'
  order by seq limit 500`,
);

/** The next five hundred of a conversation. What was whispered stays here: an export may be handed to the contact. */
export function readExportedMessages(
  db: Db,
  args: { workspaceId: string; conversationId: string; after: number },
): Promise<{ seq: number; body: Record<string, unknown> }[]> {
  return query(db, readMessages_, [args.workspaceId, args.conversationId, args.after]);
}
