// An admin signs a user out, or unlinks them from the identity provider.
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import type { Tx } from '../store/tx.ts';
import { unbindUser } from '../store/user-identities.ts';
import { getUser, type UserKey, type UserRow } from '../store/users.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { endTheirSessions } from './login-session.ts';

/** All of a person's, or one. Refuses `user.not-found` and `session.not-found`. */
export async function endUserSessions(
  desk: Desk,
  { sessionId, ...key }: UserKey & { actor: string; sessionId?: string },
): Promise<void> {
  await commitLocked(desk, key.workspaceId, async (tx, after) => {
    const { email } = await requireUser(tx, key);
    const ended = await endTheirSessions(tx, after, { ...key, sessionId });
    if (!ended) throw new Refused('session.not-found');
    await note(tx, key, { action: 'user.signed-out', change: { email } });
  });
}

/** Ends the person's sessions too. Refuses `user.not-found` and `user.not-linked`. */
export async function unlinkUser(desk: Desk, key: UserKey & { actor: string }): Promise<void> {
  await commitLocked(desk, key.workspaceId, async (tx, after) => {
    const { email } = await requireUser(tx, key);
    if (!(await unbindUser(tx, key))) throw new Refused('user.not-linked');
    await endTheirSessions(tx, after, key);
    await note(tx, key, { action: 'user.unlinked', change: { email } });
  });
}

async function requireUser(tx: Tx, key: UserKey): Promise<UserRow> {
  const user = await getUser(tx, key);
  if (user === null) throw new Refused('user.not-found');
  return user;
}

function note(
  tx: Tx,
  { workspaceId, userId: objectId, actor }: UserKey & { actor: string },
  done: { action: string; change: Record<string, unknown> },
): Promise<void> {
  return addAuditEntry(tx, { workspaceId, actor, objectId, ...done });
}
