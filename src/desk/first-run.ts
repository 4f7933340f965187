// The first admin: set up by whoever reads the one-time code in the log, or by the environment.
import { randomInt } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { dropInvites, findInvite, putInvite } from '../store/invites.ts';
import { withRoutingLock } from '../store/tx.ts';
import { anyUser } from '../store/users.ts';
import { addUser } from './change-user.ts';
import type { Desk } from './context.ts';
import { hashPassword } from './hash-password.ts';
import { hashSecret } from './hash-secret.ts';
import { limitTries } from './limit-tries.ts';
import { beginSession } from './login-session.ts';

// Without 0 and O, 1, I and L: it is read from a screen and typed.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const GROUPS = 4;
const LONG_DAYS = 3650;

/** Answers the code to print; null: somebody can sign in already. */
export async function prepareFirstRun(
  desk: Pick<Desk, 'db'>,
  args: { workspaceId: string; admin: { email: string; password: string } | null },
): Promise<string | null> {
  const { workspaceId, admin } = args;
  if (await anyUser(desk.db, workspaceId)) return null;
  if (admin !== null) {
    const passwordHash = await hashPassword(admin.password);
    const { email } = admin;
    const name = email.split('@')[0] ?? email;
    const wanted = { workspaceId, email, name, role: 'admin' as const, passwordHash };
    await withRoutingLock(desk.db, workspaceId, async (tx) => {
      if (!(await anyUser(tx, workspaceId))) await addUser(tx, wanted, 'environment');
    });
    return null;
  }
  const code = makeCode();
  const hash = hashSecret(plain(code));
  await putInvite(desk.db, { workspaceId, inviteId: uuid(), userId: null, hash, days: LONG_DAYS });
  return code;
}

/** Answers what the cookie holds. Refuses `first-run.done`, `first-run.wrong-code`, `sign-in.too-many`. */
export async function setUpFirstAdmin(
  desk: Desk,
  args: {
    workspaceId: string;
    address: string;
    code: string;
    name: string;
    email: string;
    password: string;
  },
): Promise<string> {
  const { workspaceId, address, code, name, email, password } = args;
  if (await anyUser(desk.db, workspaceId)) throw new Refused('first-run.done');
  const key = { workspaceId, hash: hashSecret(plain(code)) };
  const invite = await limitTries(desk, { workspaceId, email: null, address }, async () => {
    const found = await findInvite(desk.db, key);
    return found?.userId === null ? found : null;
  });
  if (invite === null) throw new Refused('first-run.wrong-code');
  const passwordHash = await hashPassword(password);
  return withRoutingLock(desk.db, workspaceId, async (tx) => {
    if (await anyUser(tx, workspaceId)) throw new Refused('first-run.done');
    const wanted = { workspaceId, email, name, role: 'admin' as const, passwordHash };
    const { userId } = await addUser(tx, wanted, 'first-run');
    await dropInvites(tx, { workspaceId, userId: null });
    return beginSession(tx, { workspaceId, userId });
  });
}

function makeCode(): string {
  const letter = () => LETTERS[randomInt(LETTERS.length)];
  const group = () => Array.from({ length: 4 }, letter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

function plain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
