// Rows that come from another desk: what is there already stays as it is, and nobody is told.
import { type ChannelKind, kindsWith } from '../contract/channel-kinds.ts';
import type { Priority } from '../contract/conversation.ts';
import type { SourceContact } from '../contract/source-desk.ts';
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { RoutingTx, Tx } from './tx.ts';

// It is removed from the start: its conversations are past, and nothing can be said in them.
const addChannel_ = statement<never>(
  'add-import-channel',
  `insert into channel (workspace_id, channel_id, kind, name, deleted_at, created_at)
  values ($1, $2, $3, $4, now(), now()) on conflict (workspace_id, channel_id) do nothing`,
).needs('channels');

/** The source of all that comes from one desk. */
export async function addImportChannel(
  tx: Writing<typeof addChannel_, Tx>,
  { workspaceId, channelId, name }: { workspaceId: string; channelId: string; name: string },
): Promise<void> {
  // As of a company's own program: nothing over there is asked or told.
  const [kind] = kindsWith('takesTokens', true) as [ChannelKind];
  await query(tx, addChannel_, [workspaceId, channelId, kind, name]);
}

const addTag_ = statement<{ id: string }>(
  'import-tag',
  `insert into tag (workspace_id, tag_id, name, colour) values ($1, $2, $3, $4) on conflict do nothing returning tag_id as id`,
);

/** false: there is one of that name. */
export async function importTag(
  tx: Tx,
  tag: { workspaceId: string; id: string; name: string; colour: string },
): Promise<boolean> {
  const row = await queryOne(tx, addTag_, [tag.workspaceId, tag.id, tag.name, tag.colour]);
  return row !== null;
}

const addReply_ = statement<{ id: string }>(
  'import-canned-reply',
  `insert into canned_reply (workspace_id, canned_reply_id, shortcut, text, team_id) values ($1, $2, $3, $4, $5)
  on conflict do nothing returning canned_reply_id as id`,
);

/** false: there is one with that shortcut. */
export async function importReply(
  tx: Tx,
  reply: { workspaceId: string; id: string; shortcut: string; text: string; teamId: string | null },
): Promise<boolean> {
  const { workspaceId, id, shortcut, text, teamId } = reply;
  return (await queryOne(tx, addReply_, [workspaceId, id, shortcut, text, teamId])) !== null;
}

const addMember_ = statement<never>(
  'import-team-member',
  `with added as (
    insert into agent_team (workspace_id, team_id, agent_id) values ($1, $2, $3) on conflict do nothing returning agent_id
  )
  update agent a set roster_version = nextval('roster_version') from added where a.workspace_id = $1 and a.agent_id = added.agent_id`,
).needs('wake', 'agent');

export async function importMember(
  tx: Writing<typeof addMember_, RoutingTx>,
  member: { workspaceId: string; teamId: string; agentId: string },
): Promise<void> {
  await query(tx, addMember_, [member.workspaceId, member.teamId, member.agentId]);
}

export type ImportedContact = Omit<SourceContact, 'key'> & {
  contactId: string;
  externalId: string;
};

const contacts = batch<ImportedContact>(3, {
  contact_id: ['uuid', ({ contactId }) => contactId],
  external_id: ['text', ({ externalId }) => externalId],
  name: ['text', ({ name }) => name],
  email: ['text', ({ email }) => email],
  phone: ['text', ({ phone }) => phone],
  attributes: ['jsonb', ({ attributes }) => attributes],
  tags: ['text[]', ({ tags }) => tags],
  created_at: ['timestamptz', ({ createdAt }) => createdAt],
  seen_at: ['timestamptz', ({ seenAt }) => seenAt],
});

const addContacts_ = statement<{ id: string }>(
  'import-contacts',
  `insert into contact (workspace_id, channel_id, contact_id, external_id, name, email, phone, attributes, tags, created_at, seen_at)
  select $1, $2, contact_id, external_id, name, email, phone, attributes, tags, created_at, seen_at from ${contacts.rows} t
  on conflict do nothing returning contact_id as id`,
).needs('contact');

/** Answers how many were not there yet. */
export async function importContacts(
  tx: Writing<typeof addContacts_, Tx>,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
  rows: readonly ImportedContact[],
): Promise<number> {
  return (await query(tx, addContacts_, [workspaceId, channelId, ...contacts.values(rows)])).length;
}

export interface ImportedConversation {
  conversationId: string;
  assignmentId: string;
  externalId: string;
  contactId: string;
  agentId: string | null;
  teamId: string | null;
  priority: Priority;
  tags: readonly string[];
  meta: Readonly<Record<string, string>>;
  openedAt: Date;
  /** null exactly where there is no agent. */
  assignedAt: Date | null;
  endedAt: Date;
  ratingScore: number | null;
  ratingComment: string | null;
  ratedAt: Date | null;
}

const conversations = batch<ImportedConversation>(3, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  assignment_id: ['uuid', ({ assignmentId }) => assignmentId],
  external_id: ['text', ({ externalId }) => externalId],
  contact_id: ['uuid', ({ contactId }) => contactId],
  agent_id: ['uuid', ({ agentId }) => agentId],
  team_id: ['uuid', ({ teamId }) => teamId],
  priority: ['text', ({ priority }) => priority],
  tags: ['text[]', ({ tags }) => tags],
  meta: ['jsonb', ({ meta }) => meta],
  opened_at: ['timestamptz', ({ openedAt }) => openedAt],
  assigned_at: ['timestamptz', ({ assignedAt }) => assignedAt],
  ended_at: ['timestamptz', ({ endedAt }) => endedAt],
  rating_score: ['integer', ({ ratingScore }) => ratingScore],
  rating_comment: ['text', ({ ratingComment }) => ratingComment],
  rated_at: ['timestamptz', ({ ratedAt }) => ratedAt],
});

// With no event: the past is no news, to endpoints neither.
const addConversations_ = statement<{ id: string }>(
  'import-conversations',
  `with given as (select * from ${conversations.rows} t), added as (
    insert into conversation (workspace_id, channel_id, conversation_id, external_id, contact_id, state, priority, team_id, needs,
      queued_at, rank_at, active_at, agent_id, assigned_at, confirmed_at, closed_at, close_reason, tags, meta,
      rating_score, rating_comment, rated_at)
    select $1, $2, g.conversation_id, g.external_id, g.contact_id, 'closed', g.priority, g.team_id, '', g.opened_at, g.opened_at,
      g.ended_at, g.agent_id, g.assigned_at, g.assigned_at, g.ended_at, 'imported', g.tags, g.meta,
      g.rating_score, g.rating_comment, g.rated_at
    from given g join contact k on k.workspace_id = $1 and k.contact_id = g.contact_id
    on conflict do nothing returning conversation_id
  ), assigned as (
    insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by, assigned_at,
      confirmed_at, ended_at, end_reason)
    select $1, g.conversation_id, g.assignment_id, g.agent_id, 1, 'ended', 'import', g.assigned_at, g.assigned_at, g.ended_at, 'closed'
    from given g join added a on a.conversation_id = g.conversation_id where g.agent_id is not null
  )
  select conversation_id as id from added`,
).needs('conversation', 'wake');

/** Answers how many were not there yet. */
export async function importConversations(
  tx: Writing<typeof addConversations_, Tx>,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
  rows: readonly ImportedConversation[],
): Promise<number> {
  const values = [workspaceId, channelId, ...conversations.values(rows)];
  return (await query(tx, addConversations_, values)).length;
}

export interface ImportedMessage {
  messageId: string;
  conversationId: string;
  kind: 'text' | 'note';
  authorKind: 'contact' | 'agent' | 'bot' | 'system';
  /** Of an agent. */
  authorId: string | null;
  text: string;
  at: Date;
}

const messages = batch<ImportedMessage>(3, {
  message_id: ['uuid', ({ messageId }) => messageId],
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  kind: ['text', ({ kind }) => kind],
  author_kind: ['text', ({ authorKind }) => authorKind],
  author_id: ['uuid', ({ authorId }) => authorId],
  text: ['text', ({ text }) => text],
  said_at: ['timestamptz', ({ at }) => at],
});

const addMessages_ = statement<{ added: number }>(
  'import-messages',
  `with given as (
    select t.*, row_number() over (partition by conversation_id order by place) as no from ${messages.rows} t
    where not exists (select from message m where m.workspace_id = $1 and m.message_id = t.message_id)
  ), counted as (
    update conversation c set message_seq = c.message_seq + n.count, active_at = greatest(c.active_at, n.last),
      closed_at = case when c.state = 'closed' then greatest(c.closed_at, n.last) end
    from (select conversation_id, count(*)::integer as count, max(said_at) as last from given group by 1) n
    where c.workspace_id = $1 and c.channel_id = $2 and c.conversation_id = n.conversation_id
    returning c.conversation_id, c.message_seq - n.count as before
  ), added as (
    insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text, created_at)
    select $1, g.conversation_id, c.before + g.no, g.message_id, g.kind, g.author_kind, g.author_id, g.text, g.said_at
    from given g join counted c on c.conversation_id = g.conversation_id
    returning seq
  )
  select count(*)::integer as added from added`,
).needs('message', 'conversation');

/** Of conversations that were imported; after what stands in them already. Answers how many were not there yet. */
export async function importMessages(
  tx: Writing<typeof addMessages_, Tx>,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
  rows: readonly ImportedMessage[],
): Promise<number> {
  const values = [workspaceId, channelId, ...messages.values(rows)];
  return (await queryOne(tx, addMessages_, values))?.added ?? 0;
}

const known_ = {
  contact: statement<{ count: number }>(
    'count-known-contacts',
    'select count(*)::integer as count from contact where workspace_id = $1 and contact_id = any ($2::uuid[])',
  ),
  conversation: statement<{ count: number }>(
    'count-known-conversations',
    'select count(*)::integer as count from conversation where workspace_id = $1 and conversation_id = any ($2::uuid[])',
  ),
  message: statement<{ count: number }>(
    'count-known-messages',
    'select count(*)::integer as count from message where workspace_id = $1 and message_id = any ($2::uuid[])',
  ),
};

/** How many of these are there already. */
export async function countKnown(
  db: Db,
  kind: keyof typeof known_,
  { workspaceId, ids }: { workspaceId: string; ids: readonly string[] },
): Promise<number> {
  return (await queryOne(db, known_[kind], [workspaceId, ids]))?.count ?? 0;
}
