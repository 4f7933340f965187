// People change their own name, language, password, or what is pushed to them.
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { endSessions } from '../store/login-sessions.ts';
import { getUser, type UserKey, type UserRow, updateUserRow } from '../store/users.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { hashNewPassword } from './hash-new-password.ts';
import { checkPassword } from './hash-password.ts';
import { limitTries } from './limit-tries.ts';
import { requirePasswords } from './sign-in-rules.ts';
import { agentChanged, applyUpdate } from './update-agent.ts';

export interface OwnChange {
  name?: string | undefined;
  locale?: string | null | undefined;
  pushMentions?: boolean | undefined;
  currentPassword?: string | undefined;
  newPassword?: string | undefined;
}

/**
 * A new password signs out all other sessions. A person without a password here proves first who
 * they are: a borrowed session must not be enough to set one. Refuses `session.wrong-password`,
 * `session.proof-needed`, `password.common`, `sign-in.too-many` and `sign-in.single-sign-on-only`.
 */
export async function changeOwnAccount(
  desk: Desk,
  key: UserKey & { sessionId: string; address: string; provedAgain: boolean },
  change: OwnChange,
): Promise<void> {
  const { workspaceId, userId } = key;
  const user = await getUser(desk.db, key);
  if (user === null) throw new Refused('user.not-found');
  const { name, locale, pushMentions, newPassword, currentPassword } = change;
  const passwordHash =
    newPassword === undefined ? undefined : await hashNewPassword(newPassword, user);
  if (newPassword !== undefined) await requireOwner(desk, { user, key, currentPassword });
  await commitLocked(desk, workspaceId, async (tx, after) => {
    const { agentId } = user;
    if (name !== undefined)
      await applyUpdate(after(agentChanged(user)), { workspaceId, agentId }, { name });
    const writing = after({ rights: passwordHash !== undefined });
    await updateUserRow(writing, key, { name, locale, pushMentions, passwordHash });
    if (passwordHash !== undefined) await endSessions(writing, { ...key, except: key.sessionId });
    await addAuditEntry(tx, {
      workspaceId,
      actor: `agent:${agentId}`,
      action: passwordHash === undefined ? 'user.updated' : 'user.password-set',
      objectId: userId,
      change: {
        ...(name === undefined ? {} : { name }),
        ...(locale === undefined ? {} : { locale }),
        ...(pushMentions === undefined ? {} : { pushMentions }),
      },
    });
  });
}

async function requireOwner(
  desk: Desk,
  args: {
    user: UserRow;
    key: UserKey & { address: string; provedAgain: boolean };
    currentPassword: string | undefined;
  },
): Promise<void> {
  const { user, key, currentPassword = '' } = args;
  const { workspaceId, address, provedAgain } = key;
  await requirePasswords(desk.db, workspaceId);
  const { email: target, passwordHash } = user;
  if (passwordHash === null) {
    if (!provedAgain) throw new Refused('session.proof-needed');
    return;
  }
  const right = await limitTries(
    desk,
    { workspaceId, what: 'password', target, address },
    async () => ((await checkPassword(currentPassword, passwordHash)) ? true : null),
  );
  if (right === null) throw new Refused('session.wrong-password');
}
