// What a conversation over the web begins with: its topic, its session, and whether the customer is
// proved.

import { kindsWith } from '../contract/channel-kinds.ts';
import type { Writing } from './effects.ts';
import { query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

// If another conversation already has the topic, we use our own, which nobody else has.
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
  insert into web_conversation (workspace_id, conversation_id, session_id, session_topic, request_id, verified)
  select $1, $2, $3, case when exists (select from web_conversation t where t.workspace_id = $1 and t.session_topic = $4
      and not t.ended and t.conversation_id <> $2 and t.conversation_id not in (select conversation_id from freed))
    then $5 else $4 end, $6, $7
  on conflict (workspace_id, conversation_id) do update set request_id = coalesce(excluded.request_id, web_conversation.request_id),
    seen_at = now()
  returning session_topic as "sessionTopic"`,
).needs('conversation');

/** For a conversation that was just opened or found. Answers its topic. */
export async function putWebConversation(
  db: Writing<typeof put_>,
  args: {
    workspaceId: string;
    conversationId: string;
    sessionId: string;
    wantedTopic: string;
    ownTopic: string;
    requestId: string | null;
    /** The company vouches for the visitor who begins it. */
    verified: boolean;
  },
): Promise<string> {
  const row = await queryOne(db, put_, [
    args.workspaceId,
    args.conversationId,
    args.sessionId,
    args.wantedTopic,
    args.ownTopic,
    args.requestId,
    args.verified,
  ]);
  return row?.sessionTopic ?? args.ownTopic;
}

const openOfCustomer = `from channel h join conversation c on c.workspace_id = $1 and c.channel_id = h.channel_id
    and c.external_id = $2 and c.state <> 'closed'`;
const listUnproved_ = statement<{ conversationId: string }>(
  'list-unproved-web-conversations',
  `select c.conversation_id as "conversationId" ${openOfCustomer}
  join web_conversation w on w.workspace_id = $1 and w.conversation_id = c.conversation_id
  where h.workspace_id = $1 and h.kind = any ($3::text[]) and w.verified is not true`,
);

/** Open conversations under a customer's name that somebody began without proof. */
export async function listUnprovedConversations(
  tx: Tx,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
): Promise<string[]> {
  const rows = await query(tx, listUnproved_, [
    workspaceId,
    customerId,
    kindsWith('visitors', 'here'),
  ]);
  return rows.map(({ conversationId }) => conversationId);
}

const markProved_ = statement<never>(
  'mark-proved-web-conversations',
  `update web_conversation set verified = true where workspace_id = $1 and conversation_id in (
    select c.conversation_id ${openOfCustomer} where h.workspace_id = $1 and h.kind = any ($3::text[]))`,
);

/** The visitor who began the customer's open conversations has proved to be the customer. */
export async function markProvedConversations(
  tx: Tx,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
): Promise<void> {
  await query(tx, markProved_, [workspaceId, customerId, kindsWith('visitors', 'here')]);
}
