// Browsers in which somebody is signed in, known only by the hash of their cookie.

import type { AgentsSee } from '../contract/settings.ts';
import type { Writing } from './effects.ts';
import { agentsSeeIn } from './settings.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';
import { type UserRow, userColumns, userSource } from './users.ts';

/** A session ends after this time without use, and after this time however much it is used. */
export const IDLE_DAYS = 14;
export const LONGEST_DAYS = 90;
const MOST_SESSIONS = 100;
/** How long a proof is valid; a sign-in is one. */
const PROOF = `interval '15 minutes'`;

/** Of a login_session l. */
export const IS_ALIVE = `l.seen_at > now() - interval '${IDLE_DAYS} days' and l.created_at > now() - interval '${LONGEST_DAYS} days'
  and l.expires_at > now() and (l.stage = 'full' or l.created_at > now() - interval '15 minutes')`;

/** How it began. */
export type BegunBy = 'password' | 'company' | 'oidc';

/**
 * `code` and `enrol`: a second factor is still to be shown, or to be set up; until then the session
 * grants nothing.
 */
export type Stage = 'full' | 'code' | 'enrol';

export type SessionRow = UserRow & {
  workspaceId: string;
  sessionId: string;
  workspaceName: string;
  agentsSee: AgentsSee;
  stale: boolean;
  begunBy: BegunBy;
  stage: Stage;
  /** Until when the person counts as having proved who they are; null: not now. */
  provedUntil: Date | null;
  /** They have proved it again since the session began. */
  provedAgain: boolean;
};

const sessionColumns = `l.workspace_id as "workspaceId", l.session_id as "sessionId", l.seen_at < now() - interval '5 minutes' as stale,
  l.begun_by as "begunBy", l.stage,
  case when l.proved_at > now() - ${PROOF} then l.proved_at + ${PROOF} end as "provedUntil", coalesce(l.proved_at > l.created_at, false) as "provedAgain",
  w.name as "workspaceName", ${agentsSeeIn('$1')} as "agentsSee", ${userColumns}`;
const source = `login_session l join workspace w on w.workspace_id = $1 and w.removed_at is null
  join (${userSource}) on u.workspace_id = $1 and u.user_id = l.user_id`;

/** `hash`: in hexadecimal. */
export type FoundSession = SessionRow & { hash: string };

const findSessions_ = statement<FoundSession>(
  'find-login-sessions',
  `select encode(l.hash, 'hex') as hash, ${sessionColumns} from ${source}
  where l.workspace_id = $1 and l.hash = any ($2::bytea[]) and ${IS_ALIVE}`,
);

/** The valid ones among them, in no order. `stale`: their use is to be noted. */
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

// Ended sessions are deleted in passing, and of the valid ones the oldest make room: nobody signs
// in so often that it would matter, and a program that does must not fill the table.
const insertSession_ = statement<never>(
  'insert-login-session',
  `with gone as (
    delete from login_session l where l.workspace_id = $1 and l.user_id = $3 and (not (${IS_ALIVE})
      or l.session_id in (select session_id from login_session
        where workspace_id = $1 and user_id = $3 order by created_at desc offset ${MOST_SESSIONS - 1}))
  )
  insert into login_session (workspace_id, session_id, user_id, hash, begun_by, stage, proved_at, expires_at, address, user_agent)
  values ($1, $2, $3, $4, $5, $6, case when $10::timestamptz is not null then least(now(), $10) end,
    now() + make_interval(secs => $7), $8, $9)`,
);

export async function insertSession(
  tx: Tx,
  session: {
    workspaceId: string;
    sessionId: string;
    userId: string;
    hash: Buffer;
    begunBy: BegunBy;
    stage: Stage;
    seconds: number;
    address: string;
    userAgent: string | null;
    /** Never later than now. */
    provedAt: Date | 'infinity' | null;
  },
): Promise<void> {
  await query(tx, insertSession_, [
    session.workspaceId,
    session.sessionId,
    session.userId,
    session.hash,
    session.begunBy,
    session.stage,
    session.seconds,
    session.address,
    session.userAgent,
    session.provedAt,
  ]);
}

const endSession_ = statement<{ sessionId: string }>(
  'end-login-session',
  `delete from login_session where workspace_id = $1 and user_id = $2 and session_id = $3
  returning session_id as "sessionId"`,
).needs('rights');

/** false: the person has no such session. */
export async function endSession(
  db: Writing<typeof endSession_>,
  key: { workspaceId: string; userId: string; sessionId: string },
): Promise<boolean> {
  const { workspaceId, userId, sessionId } = key;
  return (await queryOne(db, endSession_, [workspaceId, userId, sessionId])) !== null;
}

const endSessions_ = statement<never>(
  'end-login-sessions',
  'delete from login_session where workspace_id = $1 and user_id = $2 and session_id is distinct from $3',
).needs('rights');

const fillSession_ = statement<never>(
  'fill-login-session',
  `update login_session set stage = 'full', created_at = now(), seen_at = now(), proved_at = now()
  where workspace_id = $1 and session_id = $2 and stage <> 'full'`,
);

/** The second factor was shown: the sign-in is complete. */
export async function fillSession(
  tx: Tx,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<void> {
  await query(tx, fillSession_, [workspaceId, sessionId]);
}

const noteProved_ = statement<never>(
  'note-session-proved',
  'update login_session set proved_at = now() where workspace_id = $1 and session_id = $2',
);

export async function noteProved(
  tx: Tx,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<void> {
  await query(tx, noteProved_, [workspaceId, sessionId]);
}

export interface ListedSession {
  sessionId: string;
  begunBy: BegunBy;
  createdAt: Date;
  seenAt: Date;
  address: string | null;
  userAgent: string | null;
}

const listSessions_ = statement<ListedSession>(
  'list-login-sessions',
  `select l.session_id as "sessionId", l.begun_by as "begunBy", l.created_at as "createdAt", l.seen_at as "seenAt",
    l.address, l.user_agent as "userAgent"
  from login_session l where l.workspace_id = $1 and l.user_id = $2 and l.stage = 'full' and ${IS_ALIVE}
  order by l.seen_at desc, l.session_id`,
);

/** A person's sessions, the last used first; at most MOST_SESSIONS. */
export function listSessions(
  db: Db,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<ListedSession[]> {
  return query(db, listSessions_, [workspaceId, userId]);
}

const endUnfactored_ = statement<{ userId: string }>(
  'end-unfactored-sessions',
  `delete from login_session l using user_account u
  where l.workspace_id = $1 and u.workspace_id = $1 and u.user_id = l.user_id and u.role = any ($2::text[])
    and l.begun_by <> 'oidc' and l.stage = 'full' and not exists (select from second_factor f
      where f.workspace_id = $1 and f.user_id = l.user_id and f.confirmed_at is not null)
  returning l.user_id as "userId"`,
).needs('rights');

/** Sessions by password of people with these roles and without a second factor. Answers whose. */
export async function endUnfactored(
  tx: Writing<typeof endUnfactored_, Tx>,
  { workspaceId, roles }: { workspaceId: string; roles: readonly string[] },
): Promise<string[]> {
  return onlyOnce(await query(tx, endUnfactored_, [workspaceId, roles]));
}

const endPasswordSessions_ = statement<{ userId: string }>(
  'end-password-sessions',
  `delete from login_session where workspace_id = $1 and begun_by <> 'oidc' returning user_id as "userId"`,
).needs('rights');

/** All sessions that did not begin at the identity provider. Answers whose. */
export async function endPasswordSessions(
  tx: Writing<typeof endPasswordSessions_, Tx>,
  workspaceId: string,
): Promise<string[]> {
  return onlyOnce(await query(tx, endPasswordSessions_, [workspaceId]));
}

const onlyOnce = (rows: readonly { userId: string }[]) => [
  ...new Set(rows.map(({ userId }) => userId)),
];

/** All sessions of a person, or all but one. */
export async function endSessions(
  db: Writing<typeof endSessions_>,
  {
    workspaceId,
    userId,
    except = null,
  }: { workspaceId: string; userId: string; except?: string | null },
): Promise<void> {
  await query(db, endSessions_, [workspaceId, userId, except]);
}
