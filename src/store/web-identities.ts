// The names of visitors: who may use which, and how one becomes another.

import { kindsWith } from '../contract/channel-kinds.ts';
import type { Writing } from './effects.ts';
import { sendWaiting } from './send-to-rules.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface WebIdentity {
  customerId: string;
  keyHash: Buffer | null;
  /** The company has proved it: nobody else may use it. */
  verified: boolean;
  /** The visitor chose this id; false: we made it up. */
  chosen: boolean;
}

const columns = `customer_id as "customerId", key_hash as "keyHash", verified, chosen`;

const getIdentity_ = statement<WebIdentity>(
  'get-web-identity',
  `select ${columns} from web_identity where workspace_id = $1 and customer_id = $2`,
);

export function getWebIdentity(
  db: Db,
  key: { workspaceId: string; customerId: string },
): Promise<WebIdentity | null> {
  return queryOne(db, getIdentity_, [key.workspaceId, key.customerId]);
}

const findByKey_ = statement<WebIdentity>(
  'find-web-identity-by-key',
  `select ${columns} from web_identity where workspace_id = $1 and key_hash = $2`,
);

/** The guest whose browser keeps this secret. */
export function findWebIdentityByKey(
  db: Db,
  args: { workspaceId: string; keyHash: Buffer },
): Promise<WebIdentity | null> {
  return queryOne(db, findByKey_, [args.workspaceId, args.keyHash]);
}

const takeIdentity_ = statement<{ customerId: string }>(
  'take-web-identity',
  `insert into web_identity (workspace_id, customer_id, key_hash, chosen)
  select $1, $2, $3, $4 where not exists (select from contact k join channel h on h.workspace_id = $1
    and h.channel_id = k.channel_id and h.kind = any ($5::text[]) where k.workspace_id = $1 and k.external_id = $2)
  on conflict (workspace_id, customer_id) do nothing returning customer_id as "customerId"`,
);

/** false: the id is taken. */
export async function takeWebIdentity(
  db: Db,
  args: { workspaceId: string; customerId: string; keyHash: Buffer | null; chosen: boolean },
): Promise<boolean> {
  const { workspaceId, customerId, keyHash, chosen } = args;
  const values = [workspaceId, customerId, keyHash, chosen, kindsWith('visitors', 'here')];
  return (await queryOne(db, takeIdentity_, values)) !== null;
}

const proveIdentity_ = statement<{ sessionId: string }>(
  'prove-web-identity',
  `with proved as (
    insert into web_identity (workspace_id, customer_id, verified) values ($1, $2, true)
    on conflict (workspace_id, customer_id) do update set verified = true, key_hash = null
  )
  update web_session set ended_at = now()
  where workspace_id = $1 and customer_id = $2 and not verified and ended_at is null
  returning session_id as "sessionId"`,
).needs('rights');

/**
 * The company proves who it is: from now on nothing less is accepted. Answers the unproved sessions
 * that it ended.
 */
export async function proveWebIdentity(
  tx: Writing<typeof proveIdentity_, Tx>,
  args: { workspaceId: string; customerId: string },
): Promise<string[]> {
  const rows = await query(tx, proveIdentity_, [args.workspaceId, args.customerId]);
  return rows.map(({ sessionId }) => sessionId);
}

const forgetIdentity_ = statement<never>(
  'forget-web-identity',
  'update web_identity set key_hash = null where workspace_id = $1 and customer_id = $2',
);

/** The secret in the browser stops working. */
export async function forgetWebIdentity(
  db: Db,
  args: { workspaceId: string; customerId: string },
): Promise<void> {
  await query(db, forgetIdentity_, [args.workspaceId, args.customerId]);
}

// What the guest wrote before the sign-in belongs to the customer. An open conversation moves along,
// unless the customer has one already. It gets a topic of the customer's, so that nobody can listen
// to another's.
const mergeVisitor_ = statement<{ conversationId: string }>(
  'merge-web-visitor',
  `with guest as (
    select contact_id from contact where workspace_id = $1 and channel_id = $2 and external_id = $3
  ), customer as (
    insert into contact as k (workspace_id, contact_id, channel_id, external_id, name)
    select $1, $5, $2, $4, $6 from guest
    on conflict (workspace_id, channel_id, external_id) do update set name = coalesce($6, k.name), seen_at = now()
    returning contact_id
  ), moved as (
    update conversation c set contact_id = customer.contact_id,
      external_id = case when c.state = 'closed' then c.external_id else $4 end, ${sendWaiting('c')}
    from guest, customer
    where c.workspace_id = $1 and c.contact_id = guest.contact_id and (c.state = 'closed' or not exists (
      select from conversation o where o.workspace_id = $1 and o.channel_id = $2 and o.external_id = $4 and o.state <> 'closed'))
    returning c.conversation_id, c.state
  ), moved_topic as (
    update web_conversation w set session_topic = 'server/sessions/' || $4 || '/' || w.session_id, verified = true from moved
    where moved.state <> 'closed' and w.workspace_id = $1 and w.conversation_id = moved.conversation_id
  )
  select conversation_id as "conversationId" from moved`,
).needs('conversation', 'wake');

/** Answers the conversations that changed hands. */
export async function mergeWebVisitor(
  tx: Writing<typeof mergeVisitor_, Tx>,
  args: {
    workspaceId: string;
    channelId: string;
    guestId: string;
    customerId: string;
    newContactId: string;
    name: string | null;
  },
): Promise<string[]> {
  const rows = await query(tx, mergeVisitor_, [
    args.workspaceId,
    args.channelId,
    args.guestId,
    args.customerId,
    args.newContactId,
    args.name,
  ]);
  return rows.map(({ conversationId }) => conversationId);
}
