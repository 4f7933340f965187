// The sessions that POST /session made: what each tab of a visitor may do.
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface WebSessionRow {
  workspaceId: string;
  sessionId: string;
  channelId: string;
  customerId: string;
  /** false: a guest who may still choose another id. */
  named: boolean;
  /** The company vouches for the customer. */
  verified: boolean;
  /**
   * The visitor chose the customer's id: without proof it counts only where the channel has no key.
   */
  chosen: boolean;
  profile: Record<string, unknown>;
}

const sessionColumns = `s.workspace_id as "workspaceId", s.session_id as "sessionId", s.channel_id as "channelId",
  s.customer_id as "customerId", s.named, s.verified, coalesce(known.chosen, false) as chosen, s.profile`;
/** Still to be checked by WEB_SESSION_STANDS. */
export const webSessions = `web_session s
  left join web_identity known on known.workspace_id = $1 and known.customer_id = s.customer_id`;
/**
 * Checked at every use: an unproved session never reaches a proved identity, whether or not it has
 * been ended.
 */
export const WEB_SESSION_STANDS = `s.ended_at is null and (s.verified or known.verified is not true)`;

const insertSession_ = statement<never>(
  'insert-web-session',
  `insert into web_session (workspace_id, session_id, channel_id, customer_id, named, verified, token_hash, profile, address)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

export async function insertWebSession(
  db: Db,
  session: Omit<WebSessionRow, 'chosen'> & { tokenHash: Buffer; address?: string | null },
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
    session.address ?? null,
  ]);
}

const getSession_ = statement<WebSessionRow & { tokenHash: Buffer }>(
  'get-web-session',
  `select ${sessionColumns}, s.token_hash as "tokenHash" from ${webSessions}
  where s.workspace_id = $1 and s.session_id = $2 and ${WEB_SESSION_STANDS}`,
);

export function getWebSession(
  db: Db,
  key: { workspaceId: string; sessionId: string },
): Promise<(WebSessionRow & { tokenHash: Buffer }) | null> {
  return queryOne(db, getSession_, [key.workspaceId, key.sessionId]);
}

const findOfCustomer_ = statement<WebSessionRow>(
  'find-web-session-of-customer',
  `select ${sessionColumns} from ${webSessions}
  where s.workspace_id = $1 and s.customer_id = $2 and ${WEB_SESSION_STANDS}
  order by (s.session_id = $3) is true desc, s.created_at desc limit 1`,
);

/** That one if it is the customer's, else the latest. null: the customer has none that is open. */
export function findCustomersWebSession(
  db: Db,
  key: { workspaceId: string; customerId: string; sessionId: string | null },
): Promise<WebSessionRow | null> {
  return queryOne(db, findOfCustomer_, [key.workspaceId, key.customerId, key.sessionId]);
}

/** A web_session whose use is to be noted: unused ones are deleted. */
const IS_STALE = `ended_at is null and seen_at <= now() - interval '1 day'`;

const findByToken_ = statement<WebSessionRow>(
  'find-web-session-by-token',
  `with seen as (
    update web_session set seen_at = now()
    where workspace_id = $1 and session_id = $2 and token_hash = $3 and ${IS_STALE}
  )
  select ${sessionColumns} from ${webSessions}
  where s.workspace_id = $1 and s.session_id = $2 and s.token_hash = $3 and ${WEB_SESSION_STANDS}`,
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
  select s.session_id as "sessionId" from ${webSessions}
  where s.workspace_id = $1 and s.session_id = any ($2) and ${WEB_SESSION_STANDS}
    and not exists (select from workspace w where w.workspace_id = $1 and w.suspended_at is not null)`,
);

/** The open ones, of a workspace that is not suspended. Notes that they are used. */
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
  `select s.customer_id as "customerId", s.named from ${webSessions}
  where s.workspace_id = $1 and s.session_id = $2 and ${WEB_SESSION_STANDS} for update of s`,
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

/** The guest has chosen an id. */
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
).needs('rights');

/** For every tab of a guest: their tokens stop working. */
export async function endWebSessions(
  db: Writing<typeof endSessions_>,
  args: { workspaceId: string; customerId: string },
): Promise<string[]> {
  const rows = await query(db, endSessions_, [args.workspaceId, args.customerId]);
  return rows.map(({ sessionId }) => sessionId);
}

const endOfChannel_ = statement<{ sessionId: string }>(
  'end-web-sessions-of-channel',
  `update web_session s set ended_at = now() from web_identity i
  where s.workspace_id = $1 and s.channel_id = $2 and s.ended_at is null and not s.verified
    and i.workspace_id = $1 and i.customer_id = s.customer_id and i.chosen
  returning s.session_id as "sessionId"`,
).needs('channels');

/** Sessions of visitors who chose their own names and proved nothing. */
export async function endChosenWebSessions(
  tx: Writing<typeof endOfChannel_, Tx>,
  key: { workspaceId: string; channelId: string },
): Promise<string[]> {
  const rows = await query(tx, endOfChannel_, [key.workspaceId, key.channelId]);
  return rows.map(({ sessionId }) => sessionId);
}

const endAllOfChannel_ = statement<never>(
  'end-all-web-sessions-of-channel',
  `update web_session set ended_at = now() where workspace_id = $1 and channel_id = $2 and ended_at is null`,
).needs('channels');

/** The channel is gone. */
export async function endWebSessionsOfChannel(
  tx: Writing<typeof endAllOfChannel_, Tx>,
  key: { workspaceId: string; channelId: string },
): Promise<void> {
  await query(tx, endAllOfChannel_, [key.workspaceId, key.channelId]);
}
