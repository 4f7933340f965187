// Conversations over the web as their visitors and agents see them: by session, topic, customer or
// agent, with their places.
import type { WebConversationFacts } from '../contract/webchat.ts';
import { isSeenBy } from './sight.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { visitorSeq } from './visitor-seq.ts';

export type WebConversationView = WebConversationFacts;

// What is parked is still with its agent, as far as the visitor and the agent's own clients are told.
const columns = `c.conversation_id as "conversationId", c.channel_id as "channelId",
  case c.state when 'parked' then 'assigned' else c.state end as state,
  c.confirmed_at is not null as confirmed, c.offered_until as "offeredUntil", c.agent_id as "agentId", g.name as "agentName",
  u.avatar_url as "agentAvatarUrl",
  coalesce(g.availability = 'online' and g.lease_until > clock_timestamp(), false) as "agentPresent",
  c.contact_id as "contactId", coalesce(w.verified, false) as "customerVerified", k.external_id as "customerId", k.name as "customerName", k.avatar_url as "customerAvatarUrl",
  w.session_id as "sessionId", w.session_topic as "sessionTopic", w.request_id as "requestId", least(w.seen_at, clock_timestamp()) as "seenAt",
  c.queued_at as "queuedAt", c.close_reason as "closeReason", ${visitorSeq('c.conversation_id', 'c.message_seq')} as "lastSeq",
  ${visitorSeq('c.conversation_id', 'w.contact_read_seq')} as "contactReadSeq", w.contact_read_at as "contactReadAt",
  ${visitorSeq('c.conversation_id', 'w.agent_read_seq')} as "agentReadSeq", w.agent_read_at as "agentReadAt"`;
const joins = `join web_conversation w on w.workspace_id = $1 and w.conversation_id = c.conversation_id
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  left join agent g on g.workspace_id = $1 and g.agent_id = c.agent_id
  left join user_account u on u.workspace_id = $1 and u.agent_id = c.agent_id`;

const readViews_ = statement<WebConversationView>(
  'read-web-conversations',
  `select ${columns} from unnest($2::uuid[]) as wanted(id)
  join conversation c on c.workspace_id = $1 and c.conversation_id = wanted.id ${joins}`,
);

/** The conversations over the web among them, in no particular order. */
export function readWebConversations(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[] },
): Promise<WebConversationView[]> {
  return query(db, readViews_, [args.workspaceId, args.conversationIds]);
}

const findBySession_ = statement<WebConversationView>(
  'find-web-conversation-by-session',
  `select ${columns} from web_session s
  join conversation c on c.workspace_id = $1 and c.conversation_id = s.conversation_id ${joins}
  where s.workspace_id = $1 and s.session_id = $2`,
);

/** The latest that this session began or joined. */
export function findWebConversationBySession(
  db: Db,
  key: { workspaceId: string; sessionId: string },
): Promise<WebConversationView | null> {
  return queryOne(db, findBySession_, [key.workspaceId, key.sessionId]);
}

/**
 * As above, unless it now belongs to somebody else: a guest's conversation goes to the customer who
 * was proved.
 */
export async function findOwnWebConversation(
  db: Db,
  {
    workspaceId,
    sessionId,
    customerId,
  }: { workspaceId: string; sessionId: string; customerId: string },
): Promise<WebConversationView | null> {
  const view = await findWebConversationBySession(db, { workspaceId, sessionId });
  return view?.customerId === customerId ? view : null;
}

const findOpen_ = statement<WebConversationView>(
  'find-open-web-conversation',
  `select ${columns} from conversation c ${joins}
  where c.workspace_id = $1 and c.channel_id = $2 and c.external_id = $3 and c.state <> 'closed'`,
);

/** The customer's one open conversation in the channel. */
export function findOpenWebConversation(
  db: Db,
  key: { workspaceId: string; channelId: string; customerId: string },
): Promise<WebConversationView | null> {
  return queryOne(db, findOpen_, [key.workspaceId, key.channelId, key.customerId]);
}

const findByTopic_ = statement<WebConversationView>(
  'find-web-conversation-by-topic',
  `select ${columns} from web_conversation t
  join conversation c on c.workspace_id = $1 and c.conversation_id = t.conversation_id ${joins}
  where t.workspace_id = $1 and t.session_topic = $2 and not t.ended`,
);

export function findWebConversationByTopic(
  db: Db,
  key: { workspaceId: string; sessionTopic: string },
): Promise<WebConversationView | null> {
  return queryOne(db, findByTopic_, [key.workspaceId, key.sessionTopic]);
}

const listOfAgent_ = statement<WebConversationView>(
  'list-web-conversations-of-agent',
  `select ${columns} from (
    select distinct on (c.contact_id) c.conversation_id, c.state from assignment a
    join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
    where a.workspace_id = $1 and a.agent_id = $2
    order by c.contact_id, c.conversation_id desc) latest
  join conversation c on c.workspace_id = $1 and c.conversation_id = latest.conversation_id ${joins}
  where ${isSeenBy('$5')} order by c.conversation_id desc offset $3 limit $4`,
);

/** The last one with each customer whom the agent has served, as far as `seenBy` sees it, newest first. */
export function listWebConversationsOfAgent(
  db: Db,
  args: {
    workspaceId: string;
    agentId: string;
    offset: number;
    limit: number;
    seenBy: string | null;
  },
): Promise<WebConversationView[]> {
  const { workspaceId, agentId, offset, limit, seenBy } = args;
  return query(db, listOfAgent_, [workspaceId, agentId, offset, limit, seenBy]);
}

const listOfCustomer_ = statement<WebConversationView>(
  'list-web-conversations-of-customer',
  `select ${columns} from contact o
  join conversation c on c.workspace_id = $1 and c.contact_id = o.contact_id ${joins}
  where o.workspace_id = $1 and o.external_id = $2 and ($5::uuid is null or c.channel_id = $5) and ${isSeenBy('$4')} order by c.conversation_id desc limit $3`,
);

/** Those that `seenBy` sees, newest first; null sees everything, and in every channel. */
export function listWebConversationsOfCustomer(
  db: Db,
  args: {
    workspaceId: string;
    customerId: string;
    limit: number;
    seenBy: string | null;
    channelId: string | null;
  },
): Promise<WebConversationView[]> {
  const { workspaceId, customerId, limit, seenBy, channelId } = args;
  return query(db, listOfCustomer_, [workspaceId, customerId, limit, seenBy, channelId]);
}

// With ten thousand waiting and the limit inside: 4 ms for the first hundred and 8 for the first
// two thousand; numbering all of them took 13.
const listPlaces_ = statement<{ conversationId: string; position: number }>(
  'list-web-queue-places',
  `select q.conversation_id as "conversationId", q.position::integer as position from (
    select conversation_id, row_number() over (order by rank_at, conversation_id) as position from (
      select conversation_id, rank_at from conversation where workspace_id = $1 and state = 'waiting'
      order by rank_at, conversation_id limit $2) head) q
  join web_conversation w on w.workspace_id = $1 and w.conversation_id = q.conversation_id and not w.ended`,
);

/** Places in the queue, from 1, of those among the `first` that wait over the web. */
export function listWebQueuePlaces(
  db: Db,
  { workspaceId, first }: { workspaceId: string; first: number },
): Promise<{ conversationId: string; position: number }[]> {
  return query(db, listPlaces_, [workspaceId, first]);
}
