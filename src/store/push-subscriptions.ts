// The devices that are pushed to: one a session, gone with it.
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface SessionKey {
  workspaceId: string;
  userId: string;
  sessionId: string;
}

export interface NewSubscription {
  subscriptionId: string;
  endpoint: string;
  endpointHash: Buffer;
  publicKey: Buffer;
  auth: Buffer;
  sleeps: boolean;
  language: string;
}

const lockSession_ = statement<{ sessionId: string }>(
  'lock-login-session',
  `select session_id as "sessionId" from login_session
  where workspace_id = $1 and user_id = $2 and session_id = $3 for update`,
);

/** So that two requests of one browser come one after the other. false: the session is gone. */
export async function lockSession(tx: Tx, key: SessionKey): Promise<boolean> {
  const values = [key.workspaceId, key.userId, key.sessionId];
  return (await queryOne(tx, lockSession_, values)) !== null;
}

const keep_ = statement<{ subscriptionId: string }>(
  'keep-push-subscription',
  `update push_subscription set sleeps = $6, language = $7
  where workspace_id = $1 and session_id = $2 and endpoint_hash = $3 and public_key = $4 and auth = $5
  returning subscription_id as "subscriptionId"`,
);

/** false: this session has another one, or none. */
export async function keepSubscription(
  tx: Tx,
  { workspaceId, sessionId }: SessionKey,
  one: NewSubscription,
): Promise<boolean> {
  const { endpointHash, publicKey, auth, sleeps, language } = one;
  const values = [workspaceId, sessionId, endpointHash, publicKey, auth, sleeps, language];
  return (await queryOne(tx, keep_, values)) !== null;
}

const dropEndpoint_ = statement<never>(
  'drop-push-endpoint',
  `-- across workspaces: a browser is one person's at a time, wherever they are signed in
  delete from push_subscription s using workspace w
  where s.workspace_id = w.workspace_id and s.endpoint_hash = $1`,
);

/** Whoever was signed in to that browser before is told nothing there any more. */
export async function dropEndpoint(tx: Tx, endpointHash: Buffer): Promise<void> {
  await query(tx, dropEndpoint_, [endpointHash]);
}

const insert_ = statement<never>(
  'insert-push-subscription',
  `with oldest as (
    delete from push_subscription s where s.workspace_id = $1 and s.user_id = $2 and s.subscription_id in (
      select o.subscription_id from push_subscription o where o.workspace_id = $1 and o.user_id = $2
      order by o.created_at desc, o.subscription_id desc offset $11::integer - 1)
  )
  insert into push_subscription (workspace_id, user_id, session_id, subscription_id, endpoint, endpoint_hash, public_key, auth, sleeps, language)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
);

/** `most`: with it; the oldest of the person's make room. */
export async function insertSubscription(
  tx: Tx,
  { workspaceId, userId, sessionId }: SessionKey,
  { most, ...one }: NewSubscription & { most: number },
): Promise<void> {
  await query(tx, insert_, [
    ...[workspaceId, userId, sessionId, one.subscriptionId, one.endpoint, one.endpointHash],
    ...[one.publicKey, one.auth, one.sleeps, one.language, most],
  ]);
}

const dropOfSession_ = statement<never>(
  'drop-push-subscription-of-session',
  'delete from push_subscription where workspace_id = $1 and session_id = $2',
);

export async function dropSubscriptionOfSession(
  db: Db,
  { workspaceId, sessionId }: Pick<SessionKey, 'workspaceId' | 'sessionId'>,
): Promise<void> {
  await query(db, dropOfSession_, [workspaceId, sessionId]);
}

const drop_ = statement<never>(
  'drop-push-subscription',
  'delete from push_subscription where workspace_id = $1 and subscription_id = $2',
);

/** The push service does not know it any more. */
export async function dropSubscription(
  db: Db,
  { workspaceId, subscriptionId }: { workspaceId: string; subscriptionId: string },
): Promise<void> {
  await query(db, drop_, [workspaceId, subscriptionId]);
}

const read_ = statement<{ endpoint: string | null; devices: number; mentions: boolean | null }>(
  'read-push-subscriptions',
  `select max(endpoint) filter (where session_id = $3) as endpoint, count(*)::integer as devices,
    (select u.push_mentions from user_account u where u.workspace_id = $1 and u.user_id = $2) as mentions
  from push_subscription where workspace_id = $1 and user_id = $2`,
);

export async function readSubscriptions(
  db: Db,
  key: SessionKey,
): Promise<{ endpoint: string | null; devices: number; mentions: boolean }> {
  const row = await queryOne(db, read_, [key.workspaceId, key.userId, key.sessionId]);
  const { endpoint = null, devices = 0, mentions } = row ?? {};
  return { endpoint, devices, mentions: mentions ?? true };
}

const noteVisible_ = statement<never>(
  'note-session-visible',
  `update login_session set visible_until = case when $3 then clock_timestamp() + make_interval(secs => $4)
    else least(visible_until, clock_timestamp()) end
  where workspace_id = $1 and session_id = $2`,
);

/** A tab of the session is looked at, or none is any more. */
export async function noteVisible(
  db: Db,
  args: { workspaceId: string; sessionId: string; visible: boolean; seconds: number },
): Promise<void> {
  const { workspaceId, sessionId, visible, seconds } = args;
  await query(db, noteVisible_, [workspaceId, sessionId, visible, seconds]);
}
