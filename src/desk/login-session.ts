// Signed-in browsers, known by their cookie: begun at the sign-in, looked up at every request, ended by choice.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Actor } from '../access/can.ts';
import { makeLookUp } from '../store/gather.ts';
import { noteSignedOut } from '../store/leases.ts';
import {
  type BegunBy,
  endPasswordSessions,
  endSession,
  endSessions,
  endUnfactored,
  findSessions,
  insertSession,
  LONGEST_DAYS,
  noteSeen,
  type SessionRow,
  type Stage,
} from '../store/login-sessions.ts';
import type { RoutingTx, Tx } from '../store/tx.ts';
import { noteSignIn, type UserKey } from '../store/users.ts';
import { type After, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { hashSecret } from './hash-secret.ts';
import { nameWorkspace, splitWorkspace } from './workspace-secret.ts';

/** So long a phone that was signed out and may sleep still counts, as after the last connection. */
const SIGNED_OUT_GRACE_MS = 10_000;

/** The browser in which somebody signs in, as far as it is known. */
export interface Client {
  address: string;
  userAgent: string | null;
}

export interface NewSession extends UserKey {
  client: Client;
  begunBy: BegunBy;
  stage: Stage;
  /** When the person proved who they are; null: not known. Left out: just now. */
  provedAt?: Date | null | undefined;
  /** It ends by then, however much it is used; at the latest after LONGEST_DAYS. */
  hours?: number | undefined;
}

const LONGEST_HOURS = LONGEST_DAYS * 24;
const LONGEST_USER_AGENT = 300;

/** Answers the value of the cookie, which cannot be read again. */
export async function beginSession(tx: Tx, wanted: NewSession): Promise<string> {
  const { workspaceId, userId, client, begunBy, stage, provedAt = 'infinity' } = wanted;
  const { hours = LONGEST_HOURS } = wanted;
  const secret = randomBytes(32).toString('base64url');
  await insertSession(tx, {
    ...{ workspaceId, userId, begunBy, stage, provedAt },
    sessionId: uuid(),
    hash: hashSecret(secret),
    seconds: 3600 * Math.min(hours, LONGEST_HOURS),
    address: client.address,
    userAgent: client.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
  });
  if (stage === 'full') await noteSignIn(tx, { workspaceId, userId });
  return nameWorkspace(workspaceId, secret);
}

const lookUp = makeLookUp(
  ({ db }: Pick<Desk, 'db'>, workspaceId: string, hashes) =>
    findSessions(db, { workspaceId, hashes }),
  ({ hash }) => hash,
);

/** null: unknown or ended. */
export async function readSession(
  desk: Pick<Desk, 'db'>,
  cookie: string,
): Promise<SessionRow | null> {
  const { workspaceId, secret } = splitWorkspace(cookie);
  const row = await lookUp(desk, workspaceId, hashSecret(secret).toString('hex'));
  if (row?.stale) await noteSeen(desk.db, { workspaceId, sessionId: row.sessionId });
  return row;
}

export function actorOf(row: SessionRow): Actor {
  const { workspaceId, role, agentId, agentsSee, userId, sessionId } = row;
  const name = `agent:${agentId}`;
  const proof = { userId, sessionId, tokenId: null };
  return { workspaceId, role, scopes: null, agentId, agentsSee, ...proof, name };
}

/** false: the person has no such session. */
export async function signOut(desk: Desk, key: UserKey & { sessionId: string }): Promise<boolean> {
  return commitLocked(desk, key.workspaceId, (tx, after) => endTheirSessions(tx, after, key));
}

export async function signOutEverywhere(desk: Desk, key: UserKey): Promise<void> {
  await commitLocked(desk, key.workspaceId, (tx, after) => endTheirSessions(tx, after, key));
}

/**
 * One of a person's sessions, or all. With the last of them goes what the agent's sleeping phone
 * counted for. false: there is no such session.
 */
export async function endTheirSessions(
  tx: RoutingTx,
  after: After<RoutingTx>,
  { sessionId, ...key }: UserKey & { sessionId?: string | undefined },
): Promise<boolean> {
  const writing = after({ rights: true });
  if (sessionId === undefined) await endSessions(writing, key);
  else if (!(await endSession(writing, { ...key, sessionId }))) return false;
  await noteGone(tx, { workspaceId: key.workspaceId, userIds: [key.userId] });
  return true;
}

/** The sessions by password of people with these roles and without a second factor. */
export async function endSessionsWithoutFactor(
  tx: RoutingTx,
  after: After<RoutingTx>,
  { workspaceId, roles }: { workspaceId: string; roles: readonly string[] },
): Promise<void> {
  const userIds = await endUnfactored(after({ rights: true }), { workspaceId, roles });
  await noteGone(tx, { workspaceId, userIds });
}

/** All sessions that did not begin at the identity provider. */
export async function endSessionsByPassword(
  tx: RoutingTx,
  after: After<RoutingTx>,
  workspaceId: string,
): Promise<void> {
  const userIds = await endPasswordSessions(after({ rights: true }), workspaceId);
  await noteGone(tx, { workspaceId, userIds });
}

function noteGone(
  tx: RoutingTx,
  gone: { workspaceId: string; userIds: readonly string[] },
): Promise<void> {
  return noteSignedOut(tx, { ...gone, graceMs: SIGNED_OUT_GRACE_MS });
}
