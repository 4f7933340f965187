// Conversations as RapidPro's tickets name them: by ticket, or by the contact's token.
import type { ConversationState } from '../contract/conversation-states.ts';
import { ASKED_AGAIN, askAgain, CHANGED_CONTACTS } from './ask-again.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

// A contact without news is written all the same: tickets of one contact wait for each other on its
// row.
const lockContact_ = statement<{ contactId: string; askedAgain: boolean; blocked: boolean }>(
  'lock-ticket-contact',
  `with known as (insert into contact as k (workspace_id, contact_id, channel_id, external_id, name, email, phone, attributes)
  values ($1, $2, $3, $4, coalesce($5, $9), $6, $7, $8)
  on conflict (workspace_id, channel_id, external_id) do update set name = coalesce($5, k.name),
    email = coalesce(excluded.email, k.email), phone = coalesce(excluded.phone, k.phone),
    attributes = k.attributes || excluded.attributes, seen_at = now()
  returning contact_id, name, email, phone, lang, tags, attributes, k.blocked_at
  ), ${askAgain(CHANGED_CONTACTS)}
  select contact_id as "contactId", ${ASKED_AGAIN} as "askedAgain", blocked_at is not null as blocked from known`,
).needs('wake');

/**
 * Others who open, write or close for the same contact wait until the transaction ends. `askedAgain`:
 * something of it has changed, and rules are asked about what waits.
 */
export async function lockTicketContact(
  tx: Writing<typeof lockContact_, Tx>,
  contact: {
    workspaceId: string;
    contactId: string;
    channelId: string;
    externalId: string;
    name: string | null;
    /** When neither this nor an earlier ticket has a name. */
    fallbackName: string;
    email: string | null;
    phone: string | null;
    attributes: Record<string, unknown>;
  },
): Promise<{ contactId: string; askedAgain: boolean; blocked: boolean }> {
  const row = await queryOne(tx, lockContact_, [
    contact.workspaceId,
    contact.contactId,
    contact.channelId,
    contact.externalId,
    contact.name,
    contact.email,
    contact.phone,
    JSON.stringify(contact.attributes),
    contact.fallbackName,
  ]);
  if (row === null) throw new Error('The contact was not written.');
  return row;
}

const findTicket_ = statement<{ conversationId: string }>(
  'find-ticket',
  `select conversation_id as "conversationId" from conversation
  where workspace_id = $1 and channel_id = $2 and external_id = $3 and state <> 'closed'
  union all
  select conversation_id from conversation
  where workspace_id = $1 and channel_id = $2 and external_id = $3 and state = 'closed' limit 1`,
);

/** Open or closed. */
export async function findTicket(
  db: Db,
  key: { workspaceId: string; channelId: string; ticketId: string },
): Promise<string | null> {
  const row = await queryOne(db, findTicket_, [key.workspaceId, key.channelId, key.ticketId]);
  return row?.conversationId ?? null;
}

export interface TicketsOfContact {
  /** The ticket's own conversation, open or closed. */
  knownId: string | null;
  /** The contact's newest conversation, if it is open. */
  openId: string | null;
}

const ticketsOfContact_ = statement<TicketsOfContact>(
  'tickets-of-contact',
  `select (${findTicket_.text}) as "knownId", case when latest.state <> 'closed' then latest.conversation_id end as "openId"
  from (select) one left join lateral (
    select conversation_id, state from conversation where workspace_id = $1 and contact_id = $4
    order by conversation_id desc limit 1) latest on true`,
);

/** What is known of a ticket before it is opened, in one query. */
export async function lookUpTicket(
  tx: Tx,
  key: { workspaceId: string; channelId: string; ticketId: string; contactId: string },
): Promise<TicketsOfContact> {
  const values = [key.workspaceId, key.channelId, key.ticketId, key.contactId];
  return (await queryOne(tx, ticketsOfContact_, values)) ?? { knownId: null, openId: null };
}

export interface LatestTicket {
  conversationId: string;
  ticketId: string;
  state: ConversationState;
  /** Closed, and RapidPro has not been told yet. */
  closingUntold: boolean;
}

const latestTicket_ = statement<LatestTicket>(
  'latest-ticket',
  `select c.conversation_id as "conversationId", c.external_id as "ticketId", c.state, exists (
    select from delivery d where d.workspace_id = $1 and d.subscriber_id = $2 and d.stream_id = c.conversation_id
      and d.state in ('pending', 'held') and d.type = 'close-room') as "closingUntold"
  from contact k join conversation c on c.workspace_id = $1 and c.contact_id = k.contact_id
  where k.workspace_id = $1 and k.channel_id = $2 and k.external_id = $3
  order by c.conversation_id desc limit 1`,
);

/** The contact's newest conversation. */
export function latestTicket(
  db: Db,
  key: { workspaceId: string; channelId: string; token: string },
): Promise<LatestTicket | null> {
  return queryOne(db, latestTicket_, [key.workspaceId, key.channelId, key.token]);
}

export interface TicketFacts {
  conversationId: string;
  ticketId: string;
  token: string;
  openedAt: Date;
  contactUuid: string | null;
}

const ticketFacts_ = statement<TicketFacts>(
  'ticket-facts',
  `select c.conversation_id as "conversationId", c.external_id as "ticketId", k.external_id as token, c.queued_at as "openedAt",
    k.attributes ->> 'contactUuid' as "contactUuid"
  from conversation c join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  where c.workspace_id = $1 and c.conversation_id = any ($2::uuid[])`,
);

/** What RapidPro is told about these conversations, in no order. */
export function getTicketFacts(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[] },
): Promise<TicketFacts[]> {
  return query(db, ticketFacts_, [args.workspaceId, args.conversationIds]);
}
