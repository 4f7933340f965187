// Somebody who was invited, or whose password was reset, chooses a password.
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { dropInvites, findInvite } from '../store/invites.ts';
import { getUser, type UserRow, updateUserRow } from '../store/users.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { hashNewPassword } from './hash-new-password.ts';
import { hashSecret } from './hash-secret.ts';
import { letIn } from './let-in.ts';
import { limitTries } from './limit-tries.ts';
import { type Client, endTheirSessions } from './login-session.ts';
import { requirePasswords } from './sign-in-rules.ts';

interface Invite {
  workspaceId: string;
  code: string;
  client: Client;
}

/** Whom the code is for. Refuses `invite.not-found` and `sign-in.too-many`. */
export async function readInvite(desk: Desk, invite: Invite): Promise<UserRow> {
  const { workspaceId, code } = invite;
  const { address } = invite.client;
  const user = await limitTries(
    desk,
    { workspaceId, what: 'invitation', target: null, address },
    async () => {
      const found = await findInvite(desk.db, { workspaceId, hash: hashSecret(code) });
      const userId = found?.userId ?? null;
      return userId === null ? null : getUser(desk.db, { workspaceId, userId });
    },
  );
  if (user === null) throw new Refused('invite.not-found');
  return user;
}

/**
 * Answers the value of the cookie; the code is used up. Refuses as readInvite does,
 * `password.common` and `sign-in.single-sign-on-only`.
 */
export async function acceptInvite(
  desk: Desk,
  invite: Invite & { password: string },
): Promise<string> {
  const { workspaceId, password, client } = invite;
  await requirePasswords(desk.db, workspaceId);
  const user = await readInvite(desk, invite);
  const { userId, agentId } = user;
  const key = { workspaceId, userId };
  const passwordHash = await hashNewPassword(password, user);
  return commitLocked(desk, workspaceId, async (tx, after) => {
    if (!(await dropInvites(tx, key))) throw new Refused('invite.not-found');
    const writing = after({ rights: true });
    await updateUserRow(writing, key, { passwordHash });
    await endTheirSessions(tx, after, key);
    const entry = { workspaceId, actor: `agent:${agentId}`, objectId: userId, change: {} };
    await addAuditEntry(tx, { ...entry, action: 'user.password-set' });
    return letIn(tx, { workspaceId, user, client, by: 'password' });
  });
}
