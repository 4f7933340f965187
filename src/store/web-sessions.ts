// Who visits over the web: identities, and the sessions that POST /session gave away.
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface WebIdentity {
  customerId: string;
  keyHash: Buffer | null;
  verified: boolean;
}

const columns = `customer_id as "customerId", key_hash as "keyHash", verified`;

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

const claimIdentity_ = statement<{ customerId: string }>(
  'claim-web-identity',
  `insert into web_identity (workspace_id, customer_id, key_hash)
  select $1, $2, $3 where not exists (select from contact k join channel h on h.workspace_id = $1
    and h.channel_id = k.channel_id and h.kind = 'webchat' where k.workspace_id = $1 and k.external_id = $2)
  on conflict (workspace_id, customer_id) do nothing returning customer_id as "customerId"`,
);

/** false: somebody has that id already. */
export async function claimWebIdentity(
  db: Db,
  args: { workspaceId: string; customerId: string; keyHash: Buffer | null },
): Promise<boolean> {
  const values = [args.workspaceId, args.customerId, args.keyHash];
  return (await queryOne(db, claimIdentity_, values)) !== null;
}

const proveIdentity_ = statement<never>(
  'prove-web-identity',
  `insert into web_identity (workspace_id, customer_id, verified) values ($1, $2, true)
  on conflict (workspace_id, customer_id) do update set verified = true, key_hash = null`,
);

/** The company says who it is: from now on nothing less will do. */
export async function proveWebIdentity(
  db: Db,
  args: { workspaceId: string; customerId: string },
): Promise<void> {
  await query(db, proveIdentity_, [args.workspaceId, args.customerId]);
}

const forgetIdentity_ = statement<never>(
  'forget-web-identity',
  'update web_identity set key_hash = null where workspace_id = $1 and customer_id = $2',
);

/** The secret in the browser opens nothing any more. */
export async function forgetWebIdentity(
  db: Db,
  args: { workspaceId: string; customerId: string },
): Promise<void> {
  await query(db, forgetIdentity_, [args.workspaceId, args.customerId]);
}

export interface WebSessionRow {
  workspaceId: string;
  sessionId: string;
  channelId: string;
  customerId: string;
  /** false: a guest who may still say another id. */
  named: boolean;
  verified: boolean;
  profile: Record<string, unknown>;
}

const sessionColumns = `workspace_id as "workspaceId", session_id as "sessionId", channel_id as "channelId",
  customer_id as "customerId", named, verified, profile`;

const insertSession_ = statement<never>(
  'insert-web-session',
  `insert into web_session (workspace_id, session_id, channel_id, customer_id, named, verified, token_hash, profile)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export async function insertWebSession(
  db: Db,
  session: WebSessionRow & { tokenHash: Buffer },
): Promise<void> {
  await query(db, insertSession_, [
    session.workspaceId,
    session.sessionId,
    session.channelId,
    session.customerId,
    session.named,
    session.verified,
    session.tokenHash,
    JSON.stringify(session.profile),
  ]);
}

const getSession_ = statement<WebSessionRow & { tokenHash: Buffer }>(
  'get-web-session',
  `select ${sessionColumns}, token_hash as "tokenHash" from web_session
  where workspace_id = $1 and session_id = $2 and ended_at is null`,
);

export function getWebSession(
  db: Db,
  key: { workspaceId: string; sessionId: string },
): Promise<(WebSessionRow & { tokenHash: Buffer }) | null> {
  return queryOne(db, getSession_, [key.workspaceId, key.sessionId]);
}

const findOfCustomer_ = statement<WebSessionRow>(
  'find-web-session-of-customer',
  `select ${sessionColumns} from web_session
  where workspace_id = $1 and customer_id = $2 and ended_at is null
  order by (session_id = $3) is true desc, created_at desc limit 1`,
);

/** That one if it is the customer's, else the latest. null: the customer has none that has not ended. */
export function findCustomersWebSession(
  db: Db,
  key: { workspaceId: string; customerId: string; sessionId: string | null },
): Promise<WebSessionRow | null> {
  return queryOne(db, findOfCustomer_, [key.workspaceId, key.customerId, key.sessionId]);
}

/** Of a web_session whose use is to be noted: unused ones are forgotten. */
const IS_STALE = `ended_at is null and seen_at <= now() - interval '1 day'`;

const findByToken_ = statement<WebSessionRow>(
  'find-web-session-by-token',
  `with seen as (
    update web_session set seen_at = now()
    where workspace_id = $1 and session_id = $2 and token_hash = $3 and ${IS_STALE}
  )
  select ${sessionColumns} from web_session
  where workspace_id = $1 and session_id = $2 and token_hash = $3 and ended_at is null`,
);

/** Notes that it is used. null: unknown, or signed out. */
export function findWebSessionByToken(
  db: Db,
  args: { workspaceId: string; sessionId: string; tokenHash: Buffer },
): Promise<WebSessionRow | null> {
  return queryOne(db, findByToken_, [args.workspaceId, args.sessionId, args.tokenHash]);
}

const listStanding_ = statement<{ sessionId: string }>(
  'list-standing-web-sessions',
  `with seen as (
    update web_session set seen_at = now() where workspace_id = $1 and session_id = any ($2) and ${IS_STALE}
  )
  select session_id as "sessionId" from web_session
  where workspace_id = $1 and session_id = any ($2) and ended_at is null`,
);

/** Those that have not ended. Notes that they are used. */
export async function listStandingWebSessions(
  db: Db,
  { workspaceId, sessionIds }: { workspaceId: string; sessionIds: readonly string[] },
): Promise<string[]> {
  if (sessionIds.length === 0) return [];
  const rows = await query(db, listStanding_, [workspaceId, sessionIds]);
  return rows.map(({ sessionId }) => sessionId);
}

const lockSession_ = statement<{ customerId: string; named: boolean }>(
  'lock-web-session',
  `select customer_id as "customerId", named from web_session
  where workspace_id = $1 and session_id = $2 and ended_at is null for update`,
);

export function lockWebSession(
  tx: Tx,
  key: { workspaceId: string; sessionId: string },
): Promise<{ customerId: string; named: boolean } | null> {
  return queryOne(tx, lockSession_, [key.workspaceId, key.sessionId]);
}

const nameSession_ = statement<never>(
  'name-web-session',
  `update web_session set customer_id = $3, named = true
  where workspace_id = $1 and session_id = $2 and not named`,
);

/** The guest has said an id of their own. */
export async function nameWebSession(
  tx: Tx,
  args: { workspaceId: string; sessionId: string; customerId: string },
): Promise<void> {
  await query(tx, nameSession_, [args.workspaceId, args.sessionId, args.customerId]);
}

const endSessions_ = statement<{ sessionId: string }>(
  'end-web-sessions',
  `update web_session set ended_at = now() where workspace_id = $1 and customer_id = $2 and ended_at is null
  returning session_id as "sessionId"`,
);

/** Of every tab of a guest: their tokens are worth nothing any more. */
export async function endWebSessions(
  db: Db,
  args: { workspaceId: string; customerId: string },
): Promise<string[]> {
  const rows = await query(db, endSessions_, [args.workspaceId, args.customerId]);
  return rows.map(({ sessionId }) => sessionId);
}

// What the guest said before they signed in belongs to who they are; an open conversation moves along
// unless the customer has one already, and its topic with it: nobody may listen to another's.
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
      external_id = case when c.state = 'closed' then c.external_id else $4 end
    from guest, customer
    where c.workspace_id = $1 and c.contact_id = guest.contact_id and (c.state = 'closed' or not exists (
      select from conversation o where o.workspace_id = $1 and o.channel_id = $2 and o.external_id = $4 and o.state <> 'closed'))
    returning c.conversation_id, c.state
  ), moved_topic as (
    update web_conversation w set session_topic = 'server/sessions/' || $4 || '/' || w.session_id from moved
    where moved.state <> 'closed' and w.workspace_id = $1 and w.conversation_id = moved.conversation_id
  )
  select conversation_id as "conversationId" from moved`,
);

/** Answers the conversations that changed hands. */
export async function mergeWebVisitor(
  tx: Tx,
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
