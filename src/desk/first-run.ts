// Creates the first admin: with the one-time code that the server shows, or from the environment.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { dropInvites, findInvite, putInvite } from '../store/invites.ts';
import { anyUser } from '../store/users.ts';
import { addUser } from './change-user.ts';
import { commitLocked, type Telling } from './commit.ts';
import type { Desk } from './context.ts';
import { hashNewPassword } from './hash-new-password.ts';
import { hashPassword } from './hash-password.ts';
import { hashSecret } from './hash-secret.ts';
import { letIn } from './let-in.ts';
import { limitTries } from './limit-tries.ts';
import type { Client } from './login-session.ts';
import { makeCode, plainCode } from './make-code.ts';

const LONG_HOURS = 87_600;

/** Answers the code to print; null: somebody can sign in already. */
export async function prepareFirstRun(
  desk: Pick<Desk, 'db'> & Telling,
  args: { workspaceId: string; admin: { email: string; password: string } | null },
): Promise<string | null> {
  const { workspaceId, admin } = args;
  if (await anyUser(desk.db, workspaceId)) return null;
  if (admin !== null) {
    const passwordHash = await hashPassword(admin.password);
    const { email } = admin;
    const name = email.split('@')[0] ?? email;
    const wanted = { workspaceId, email, name, role: 'admin' as const, passwordHash };
    await commitLocked(desk, workspaceId, async (tx, after) => {
      if (!(await anyUser(tx, workspaceId))) await addUser(after, wanted, 'environment');
    });
    return null;
  }
  const code = makeCode();
  const hash = hashSecret(plainCode(code));
  await putInvite(desk.db, {
    workspaceId,
    inviteId: uuid(),
    userId: null,
    hash,
    hours: LONG_HOURS,
  });
  return code;
}

/**
 * Answers the value of the cookie. Refuses `first-run.done`, `first-run.wrong-code`,
 * `password.common`, `sign-in.too-many`.
 */
export async function setUpFirstAdmin(
  desk: Desk,
  args: {
    workspaceId: string;
    client: Client;
    code: string;
    name: string;
    email: string;
    password: string;
  },
): Promise<string> {
  const { workspaceId, client, code, name, email, password } = args;
  const { address } = client;
  if (await anyUser(desk.db, workspaceId)) throw new Refused('first-run.done');
  const key = { workspaceId, hash: hashSecret(plainCode(code)) };
  const invite = await limitTries(
    desk,
    { workspaceId, what: 'first-run-code', target: null, address },
    async () => {
      const found = await findInvite(desk.db, key);
      return found?.userId === null ? found : null;
    },
  );
  if (invite === null) throw new Refused('first-run.wrong-code');
  const passwordHash = await hashNewPassword(password, { name, email });
  return commitLocked(desk, workspaceId, async (tx, after) => {
    if (await anyUser(tx, workspaceId)) throw new Refused('first-run.done');
    const wanted = { workspaceId, email, name, role: 'admin' as const, passwordHash };
    const user = await addUser(after, wanted, 'first-run');
    await dropInvites(tx, { workspaceId, userId: null });
    return letIn(tx, { workspaceId, user, client, by: 'password' });
  });
}
