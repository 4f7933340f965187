// Browsers in which somebody is signed in, known only by the hash of their cookie.
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';
import { type UserRow, userColumns, userSource } from './users.ts';

/** Unused for so long it is over; however much used, it is over after so long. */
export const IDLE_DAYS = 14;
export const LONGEST_DAYS = 90;

/** Of a login_session l. */
export const IS_ALIVE = `l.seen_at > now() - interval '${IDLE_DAYS} days' and l.created_at > now() - interval '${LONGEST_DAYS} days'`;

export type SessionRow = UserRow & { sessionId: string; workspaceName: string; stale: boolean };

const sessionColumns = `l.session_id as "sessionId", l.seen_at < now() - interval '5 minutes' as stale,
  w.name as "workspaceName", ${userColumns}`;
const source = `login_session l join workspace w on w.workspace_id = $1
  join (${userSource}) on u.workspace_id = $1 and u.user_id = l.user_id`;

/** `hash`: in hexadecimal. */
export type FoundSession = SessionRow & { hash: string };

const findSessions_ = statement<FoundSession>(
  'find-login-sessions',
  `select encode(l.hash, 'hex') as hash, ${sessionColumns} from ${source}
  where l.workspace_id = $1 and l.hash = any ($2::bytea[]) and ${IS_ALIVE}`,
);

/** Those of them that are not over, in no order. `stale`: to be noted as seen. */
export function findSessions(
  db: Db,
  { workspaceId, hashes }: { workspaceId: string; hashes: readonly string[] },
): Promise<FoundSession[]> {
  const raw = hashes.map((hash) => Buffer.from(hash, 'hex'));
  return query(db, findSessions_, [workspaceId, raw]);
}

const getSession_ = statement<SessionRow>(
  'get-login-session',
  `select ${sessionColumns} from ${source} where l.workspace_id = $1 and l.session_id = $2 and ${IS_ALIVE}`,
);

export function getSession(
  db: Db,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<SessionRow | null> {
  return queryOne(db, getSession_, [workspaceId, sessionId]);
}

const noteSeen_ = statement<never>(
  'note-session-seen',
  'update login_session set seen_at = now() where workspace_id = $1 and session_id = $2',
);

export async function noteSeen(
  db: Db,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<void> {
  await query(db, noteSeen_, [workspaceId, sessionId]);
}

// What is over is swept on the way: nobody signs in so often that it would matter.
const insertSession_ = statement<never>(
  'insert-login-session',
  `with over as (delete from login_session l where l.workspace_id = $1 and l.user_id = $3 and not (${IS_ALIVE}))
  insert into login_session (workspace_id, session_id, user_id, hash) values ($1, $2, $3, $4)`,
);

export async function insertSession(
  tx: Tx,
  session: { workspaceId: string; sessionId: string; userId: string; hash: Buffer },
): Promise<void> {
  const { workspaceId, sessionId, userId, hash } = session;
  await query(tx, insertSession_, [workspaceId, sessionId, userId, hash]);
}

const endSession_ = statement<never>(
  'end-login-session',
  'delete from login_session where workspace_id = $1 and session_id = $2',
);

export async function endSession(
  db: Db,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<void> {
  await query(db, endSession_, [workspaceId, sessionId]);
}

const endSessions_ = statement<never>(
  'end-login-sessions',
  'delete from login_session where workspace_id = $1 and user_id = $2 and session_id is distinct from $3',
);

/** All of a person, or all but one. */
export async function endSessions(
  tx: Tx,
  {
    workspaceId,
    userId,
    except = null,
  }: { workspaceId: string; userId: string; except?: string | null },
): Promise<void> {
  await query(tx, endSessions_, [workspaceId, userId, except]);
}
