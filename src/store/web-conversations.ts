// What a conversation over the web has beside its own row: topic, presence, read marks, rating.
import type { WebConversationFacts } from '../contract/webchat.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { seqOfVisitor, visitorSeq } from './visitor-seq.ts';

export type WebConversationView = WebConversationFacts & { channelId: string };

const columns = `c.conversation_id as "conversationId", c.channel_id as "channelId", c.state,
  c.confirmed_at is not null as confirmed, c.agent_id as "agentId", g.name as "agentName",
  u.avatar_url as "agentAvatarUrl", c.contact_id as "contactId",
  k.external_id as "customerId", k.name as "customerName", k.avatar_url as "customerAvatarUrl",
  w.session_id as "sessionId", w.session_topic as "sessionTopic", w.request_id as "requestId", w.seen_at as "seenAt",
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

/** Those that are conversations over the web, in no particular order. */
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
  order by c.conversation_id desc offset $3 limit $4`,
);

/** The last one with each customer whom the agent has served, newest first. */
export function listWebConversationsOfAgent(
  db: Db,
  args: { workspaceId: string; agentId: string; offset: number; limit: number },
): Promise<WebConversationView[]> {
  return query(db, listOfAgent_, [args.workspaceId, args.agentId, args.offset, args.limit]);
}

const listOfCustomer_ = statement<WebConversationView>(
  'list-web-conversations-of-customer',
  `select ${columns} from contact o
  join conversation c on c.workspace_id = $1 and c.contact_id = o.contact_id ${joins}
  where o.workspace_id = $1 and o.external_id = $2 order by c.conversation_id desc limit $3`,
);

/** Newest first. */
export function listWebConversationsOfCustomer(
  db: Db,
  args: { workspaceId: string; customerId: string; limit: number },
): Promise<WebConversationView[]> {
  return query(db, listOfCustomer_, [args.workspaceId, args.customerId, args.limit]);
}

// A topic that another conversation has already is not taken; then there is our own, which nobody else has.
const put_ = statement<{ sessionTopic: string }>(
  'put-web-conversation',
  `with freed as (
    update web_conversation w set ended = true from conversation c
    where w.workspace_id = $1 and w.session_topic = any (array[$4, $5]) and not w.ended
      and c.workspace_id = $1 and c.conversation_id = w.conversation_id and c.state = 'closed'
    returning w.conversation_id
  ), joined as (
    update web_session set conversation_id = $2 where workspace_id = $1 and session_id = $3
  )
  insert into web_conversation (workspace_id, conversation_id, session_id, session_topic, request_id)
  select $1, $2, $3, case when exists (select from web_conversation t where t.workspace_id = $1 and t.session_topic = $4
      and not t.ended and t.conversation_id <> $2 and t.conversation_id not in (select conversation_id from freed))
    then $5 else $4 end, $6
  on conflict (workspace_id, conversation_id) do update set request_id = coalesce(excluded.request_id, web_conversation.request_id),
    seen_at = now()
  returning session_topic as "sessionTopic"`,
);

/** Of a conversation that was just opened or found. Answers the topic that it has. */
export async function putWebConversation(
  db: Db,
  args: {
    workspaceId: string;
    conversationId: string;
    sessionId: string;
    wantedTopic: string;
    ownTopic: string;
    requestId: string | null;
  },
): Promise<string> {
  const row = await queryOne(db, put_, [
    args.workspaceId,
    args.conversationId,
    args.sessionId,
    args.wantedTopic,
    args.ownTopic,
    args.requestId,
  ]);
  return row?.sessionTopic ?? args.ownTopic;
}

const noteSeen_ = statement<never>(
  'note-visitors-seen',
  `update web_conversation w set seen_at = clock_timestamp() from unnest($2::uuid[]) as seen(id)
  where w.workspace_id = $1 and w.conversation_id = seen.id`,
);

export async function noteVisitorsSeen(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[] },
): Promise<void> {
  await query(db, noteSeen_, [args.workspaceId, args.conversationIds]);
}

const listSilent_ = statement<{ conversationId: string }>(
  'list-silent-web-conversations',
  `with over as (
    update web_conversation w set ended = true from conversation c
    where w.workspace_id = $1 and not w.ended and c.workspace_id = $1 and c.conversation_id = w.conversation_id
      and c.state = 'closed'
  )
  select w.conversation_id as "conversationId" from web_conversation w
  join conversation c on c.workspace_id = $1 and c.conversation_id = w.conversation_id and c.state <> 'closed'
  where w.workspace_id = $1 and not w.ended and not c.meta @> '{"left": true}' and w.seen_at <= clock_timestamp() - make_interval(secs => $2)
  limit 500`,
);

/** Open ones whose visitor has not been heard of for so long; who left a message need not stay. */
export async function listSilentWebConversations(
  db: Db,
  args: { workspaceId: string; silentSeconds: number },
): Promise<string[]> {
  const rows = await query(db, listSilent_, [args.workspaceId, args.silentSeconds]);
  return rows.map(({ conversationId }) => conversationId);
}

const listUnaccepted_ = statement<{ conversationId: string; agentId: string }>(
  'list-unaccepted-web-conversations',
  `select c.conversation_id as "conversationId", c.agent_id as "agentId" from web_conversation w
  join conversation c on c.workspace_id = $1 and c.conversation_id = w.conversation_id
  where w.workspace_id = $1 and not w.ended and c.state = 'assigned' and c.confirmed_at is null
    and c.assigned_at <= clock_timestamp() - make_interval(secs => $2) limit 500`,
);

/** Assigned so long ago, and the agent has not said yes. */
export function listUnacceptedWebConversations(
  db: Db,
  args: { workspaceId: string; afterSeconds: number },
): Promise<{ conversationId: string; agentId: string }[]> {
  return query(db, listUnaccepted_, [args.workspaceId, args.afterSeconds]);
}

// Of ten thousand who wait, with the limit inside: 4 ms for the first hundred and 8 for the first two
// thousand; numbering all of them took 13.
const listPlaces_ = statement<{ conversationId: string; position: number }>(
  'list-web-queue-places',
  `select q.conversation_id as "conversationId", q.position::integer as position from (
    select conversation_id, row_number() over (order by rank_at, conversation_id) as position from (
      select conversation_id, rank_at from conversation where workspace_id = $1 and state = 'waiting'
      order by rank_at, conversation_id limit $2) head) q
  join web_conversation w on w.workspace_id = $1 and w.conversation_id = q.conversation_id and not w.ended`,
);

/** Places in the queue, from 1, of those among the `first` who wait over the web. */
export function listWebQueuePlaces(
  db: Db,
  { workspaceId, first }: { workspaceId: string; first: number },
): Promise<{ conversationId: string; position: number }[]> {
  return query(db, listPlaces_, [workspaceId, first]);
}

const markContact_ = statement<{ upTo: number }>(
  'mark-read-by-contact',
  `update web_conversation w set contact_read_seq = said.up_to, contact_read_at = clock_timestamp()
  from conversation c cross join lateral (select ${seqOfVisitor('$2', 'least($3, c.message_seq)')} as up_to) said
  where w.workspace_id = $1 and w.conversation_id = $2 and c.workspace_id = $1 and c.conversation_id = $2
    and said.up_to > w.contact_read_seq
  returning ${visitorSeq('$2', 'w.contact_read_seq')} as "upTo"`,
);
const markAgent_ = statement<{ upTo: number }>(
  'mark-read-by-agent',
  `update web_conversation w set agent_read_seq = said.up_to, agent_read_at = clock_timestamp()
  from conversation c cross join lateral (select ${seqOfVisitor('$2', 'least($3, c.message_seq)')} as up_to) said
  where w.workspace_id = $1 and w.conversation_id = $2 and c.workspace_id = $1 and c.conversation_id = $2
    and said.up_to > w.agent_read_seq and c.agent_id = $4
  returning ${visitorSeq('$2', 'w.agent_read_seq')} as "upTo"`,
);

/** Numbers are the visitor's, here and in the answer. null: nothing new was read. A mark never goes back. */
export async function markWebRead(
  db: Db,
  args: {
    workspaceId: string;
    conversationId: string;
    /** Of agents only whoever has it. */
    by: 'contact' | { agentId: string };
    upToSeq: number;
  },
): Promise<number | null> {
  const { workspaceId, conversationId, by, upToSeq } = args;
  const values = [workspaceId, conversationId, upToSeq];
  const row =
    by === 'contact'
      ? await queryOne(db, markContact_, values)
      : await queryOne(db, markAgent_, [...values, by.agentId]);
  return row?.upTo ?? null;
}

const revive_ = statement<never>(
  'revive-web-conversation',
  `update web_conversation set ended = false, seen_at = clock_timestamp()
  where workspace_id = $1 and conversation_id = $2`,
);

/** Its end was taken back: the visitor has all the time again. */
export async function reviveWebConversation(
  db: Db,
  key: { workspaceId: string; conversationId: string },
): Promise<void> {
  await query(db, revive_, [key.workspaceId, key.conversationId]);
}
