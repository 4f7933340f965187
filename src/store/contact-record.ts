// What is on record about one contact beside its conversations; and all of it, for an export.
import { rowsOf } from './merged.ts';
import { isSeenBy } from './sight.ts';
import { type Db, query, queryOne, statement } from './sql.ts';

interface Key {
  workspaceId: string;
  /** Of one that stands for itself. */
  contactId: string;
}

export interface RecordRow {
  identities: {
    id: string;
    channelId: string;
    channelName: string;
    channelKind: string;
    externalId: string;
    name: string | null;
    email: string | null;
    phone: string | null;
    createdAt: string;
    seenAt: string;
  }[];
  visits: {
    at: string;
    seenAt: string;
    channelId: string;
    page: Record<string, unknown>;
    address: string | null;
  }[];
  ratings: { count: number; mean: number | null };
  conversations: { open: number; ended: number };
  notes: { conversationId: string; text: string; authorName: string | null; at: string }[];
}

// A visitor's session belongs to the identity under which the channel knows them. Figures and notes
// are of the conversations that whoever asks sees.
const readRecord_ = statement<RecordRow>(
  'read-contact-record',
  `with rows as materialized (
    select k.*, h.name as channel_name, h.kind from contact k
    join channel h on h.workspace_id = $1 and h.channel_id = k.channel_id
    where k.workspace_id = $1 and k.contact_id in (${rowsOf('$2')})
  ), talks as materialized (
    select c.conversation_id, c.state, c.rating_score from conversation c
    where c.workspace_id = $1 and c.contact_id in (select contact_id from rows) and ${isSeenBy('$3')}
  )
  select (select jsonb_agg(jsonb_build_object('id', r.contact_id, 'channelId', r.channel_id, 'channelName', r.channel_name,
      'channelKind', r.kind, 'externalId', r.external_id, 'name', r.name, 'email', r.email, 'phone', r.phone,
      'createdAt', r.created_at, 'seenAt', r.seen_at) order by r.merged_into nulls first, r.contact_id) from rows r) as identities,
    (select coalesce(jsonb_agg(v.of), '[]') from (select jsonb_build_object('at', s.created_at, 'seenAt', s.seen_at,
        'channelId', s.channel_id, 'page', coalesce(s.profile -> 'page', '{}'), 'address', host(s.address)) as of
      from web_session s where s.workspace_id = $1 and (s.channel_id, s.customer_id) in (select channel_id, external_id from rows)
      order by s.created_at desc limit 20) v) as visits,
    (select jsonb_build_object('count', count(rating_score), 'mean', avg(rating_score)::float8) from talks) as ratings,
    (select jsonb_build_object('open', count(*) filter (where state <> 'closed'),
      'ended', count(*) filter (where state = 'closed')) from talks) as conversations,
    (select coalesce(jsonb_agg(n.of), '[]') from (select jsonb_build_object('conversationId', m.conversation_id, 'text', left(m.text, 2000),
        'authorName', g.name, 'at', m.created_at) as of
      from talks t join message m on m.workspace_id = $1 and m.conversation_id = t.conversation_id
      left join agent g on g.workspace_id = $1 and g.agent_id = m.author_id
      where m.kind = 'note' and m.mark is distinct from 'whisper' and m.author_kind <> 'system'
      order by m.created_at desc limit 20) n) as notes`,
);

/** `seenBy`: as in sight.ts. null: there is none. */
export async function readContactRecord(
  db: Db,
  { workspaceId, contactId, seenBy }: Key & { seenBy: string | null },
): Promise<RecordRow | null> {
  const row = await queryOne(db, readRecord_, [workspaceId, contactId, seenBy]);
  return row?.identities == null ? null : row;
}

const conversationsOf_ = statement<{ conversationId: string; body: Record<string, unknown> }>(
  'export-conversations-of-contact',
  `select c.conversation_id as "conversationId", jsonb_build_object('id', c.conversation_id, 'channelId', c.channel_id,
    'externalId', c.external_id, 'state', c.state, 'priority', c.priority, 'queuedAt', c.queued_at, 'assignedAt', c.assigned_at,
    'closedAt', c.closed_at, 'closeReason', c.close_reason, 'closeNote', c.close_note, 'tags', c.tags,
    'categories', c.categories, 'meta', c.meta, 'closeMeta', c.close_meta, 'agentName', g.name, 'rating', case
      when c.rating_score is not null then jsonb_build_object('score', c.rating_score, 'comment', c.rating_comment,
        'at', c.rated_at) end) as body
  from conversation c left join agent g on g.workspace_id = $1 and g.agent_id = c.agent_id
  where c.workspace_id = $1 and c.contact_id in (${rowsOf('$2')}) and c.conversation_id > $3
  order by c.conversation_id limit 100`,
);

/** The next hundred after an id. */
export function readConversationsOf(
  db: Db,
  { workspaceId, contactId, after }: Key & { after: string },
): Promise<{ conversationId: string; body: Record<string, unknown> }[]> {
  return query(db, conversationsOf_, [workspaceId, contactId, after]);
}

const sentOf_ = statement<{ body: Record<string, unknown> }>(
  'export-external-messages-of-contact',
  `select jsonb_build_object('at', e.at, 'text', e.data ->> 'text') as body from event e
  where e.workspace_id = $1 and e.stream_id in (${rowsOf('$2')}) and e.type = 'external-message.sent' order by e.at`,
);

/** What agents sent through the company's own system. */
export async function readSentTo(db: Db, key: Key): Promise<Record<string, unknown>[]> {
  return (await query(db, sentOf_, [key.workspaceId, key.contactId])).map(({ body }) => body);
}
