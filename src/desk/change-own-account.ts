// What people may change of themselves: name, language, password.
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { endSessions } from '../store/login-sessions.ts';
import { withRoutingLock } from '../store/tx.ts';
import { getUser, type UserKey, updateUserRow } from '../store/users.ts';
import { type Desk, endRights } from './context.ts';
import { checkPassword, hashPassword } from './hash-password.ts';
import { limitTries } from './limit-tries.ts';
import { applyUpdate } from './update-agent.ts';

export interface OwnChange {
  name?: string | undefined;
  locale?: string | null | undefined;
  currentPassword?: string | undefined;
  newPassword?: string | undefined;
}

/** A new password signs out everywhere else. Refuses `session.wrong-password` and `sign-in.too-many`. */
export async function changeOwnAccount(
  desk: Desk,
  key: UserKey & { sessionId: string; address: string },
  change: OwnChange,
): Promise<void> {
  const { workspaceId, userId } = key;
  const user = await getUser(desk.db, key);
  if (user === null) throw new Refused('user.not-found');
  const { name, locale, newPassword, currentPassword } = change;
  const passwordHash = newPassword === undefined ? undefined : await hashPassword(newPassword);
  if (newPassword !== undefined && user.passwordHash !== null) {
    const guess = { workspaceId, email: user.email, address: key.address };
    const right = await limitTries(desk, guess, async () =>
      (await checkPassword(currentPassword ?? '', user.passwordHash)) ? true : null,
    );
    if (right === null) throw new Refused('session.wrong-password');
  }
  await withRoutingLock(desk.db, workspaceId, async (tx) => {
    if (name !== undefined) await applyUpdate(tx, { workspaceId, agentId: user.agentId }, { name });
    await updateUserRow(tx, key, { name, locale, passwordHash });
    if (passwordHash !== undefined) await endSessions(tx, { ...key, except: key.sessionId });
    await addAuditEntry(tx, {
      workspaceId,
      actor: `agent:${user.agentId}`,
      action: passwordHash === undefined ? 'user.updated' : 'user.password-set',
      objectId: userId,
      change: {
        ...(name === undefined ? {} : { name }),
        ...(locale === undefined ? {} : { locale }),
      },
    });
  });
  if (passwordHash !== undefined) endRights(desk, workspaceId);
}
