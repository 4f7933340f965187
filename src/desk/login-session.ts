// Who is signed in by a browser's cookie: begun at the sign-in, looked up at every request, ended by choice.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Actor } from '../access/can.ts';
import { gatherRow } from '../store/gather.ts';
import {
  endSession,
  endSessions,
  findSessions,
  insertSession,
  noteSeen,
  type SessionRow,
} from '../store/login-sessions.ts';
import { type Tx, withTx } from '../store/tx.ts';
import { noteSignIn, type UserKey } from '../store/users.ts';
import { type Desk, endRights } from './context.ts';
import { hashSecret } from './hash-secret.ts';

/** Answers what the cookie holds: nobody can read it again. */
export async function beginSession(tx: Tx, { workspaceId, userId }: UserKey): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const session = { workspaceId, sessionId: uuid(), userId, hash: hashSecret(secret) };
  await insertSession(tx, session);
  await noteSignIn(tx, { workspaceId, userId });
  return secret;
}

/** null: unknown or over. */
export async function readSession(
  { db, gather }: Pick<Desk, 'db' | 'gather'>,
  { workspaceId, secret }: { workspaceId: string; secret: string },
): Promise<SessionRow | null> {
  const row = await gatherRow(gather, {
    key: `session ${workspaceId}`,
    id: hashSecret(secret).toString('hex'),
    find: (hashes) => findSessions(db, { workspaceId, hashes }),
    idOf: ({ hash }) => hash,
  });
  if (row?.stale) await noteSeen(db, { workspaceId, sessionId: row.sessionId });
  return row;
}

export function actorOf(workspaceId: string, row: SessionRow): Actor {
  const { role, agentId, userId, sessionId } = row;
  const name = `agent:${agentId}`;
  return { workspaceId, role, agentId, userId, sessionId, tokenId: null, name };
}

export async function signOut(
  desk: Pick<Desk, 'db' | 'changed'>,
  key: { workspaceId: string; sessionId: string },
): Promise<void> {
  await endSession(desk.db, key);
  endRights(desk, key.workspaceId);
}

export async function signOutEverywhere(
  desk: Pick<Desk, 'db' | 'changed'>,
  key: UserKey,
): Promise<void> {
  await withTx(desk.db, (tx) => endSessions(tx, key));
  endRights(desk, key.workspaceId);
}
