// Somebody has forgotten the password. What they are told does not depend on whether there is an account.
import { networkOf } from '../access/network-of.ts';
import { Refused } from '../errors.ts';
import { countTry } from '../store/try-counts.ts';
import { findUserByEmail, type UserRow } from '../store/users.ts';
import { createInvite } from './change-user.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { addMail, hashAddress, type Mailing, mayMail } from './send-mail.ts';
import { readSignInRules, requirePasswords } from './sign-in-rules.ts';

export const RESET_MINUTES = 60;
const WINDOW_SECONDS = 900;
const WISHES = { address: 20, target: 3 } as const;

interface Wish {
  workspaceId: string;
  email: string;
  /** Where it comes from. */
  address: string;
}

/**
 * Only notes the wish, so that it takes as long for a stranger as for a user. Refuses `mail.not-set-up`,
 * `sign-in.single-sign-on-only` and `sign-in.too-many`.
 */
export async function askForReset(
  desk: Desk,
  mailing: Mailing | null,
  { workspaceId, email, address }: Wish,
): Promise<void> {
  if (mailing === null) throw new Refused('mail.not-set-up');
  await requirePasswords(desk.db, workspaceId);
  const count = (key: string) =>
    countTry(desk.db, { workspaceId, key, windowSeconds: WINDOW_SECONDS });
  const fromThere = await count(`reset from ${networkOf(address)}`);
  const forThem = await count(`reset of ${hashAddress(email)}`);
  if (fromThere > WISHES.address || forThem > WISHES.target) throw new Refused('sign-in.too-many');
  await commit(desk, workspaceId, async (_, after) => {
    const facts = { to: email.trim(), language: null };
    await addMail(desk, after, { workspaceId, kind: 'reset-asked', facts });
  });
}

/**
 * Has the link mailed, if there is an account with a password or an open invitation. Answers a word for the log.
 */
export async function beginReset(
  desk: Desk,
  mailing: Mailing,
  { workspaceId, email }: Omit<Wish, 'address'>,
): Promise<string> {
  const { onlySingleSignOn } = await readSignInRules(desk.db, workspaceId);
  const user = onlySingleSignOn ? null : await findUserByEmail(desk.db, { workspaceId, email });
  if (user === null || !hasPassword(user)) return 'no password to reset';
  if (!(await mayMail(desk.db, mailing, { workspaceId, to: user.email }))) return 'too many mails';
  return commit(desk, workspaceId, async (tx, after) => {
    const { userId, name, email: to, locale: language } = user;
    const key = { workspaceId, userId };
    const code = await createInvite(tx, key, { hours: RESET_MINUTES / 60, selfService: true });
    const until = new Date(desk.clock.now() + RESET_MINUTES * 60_000).toISOString();
    const facts = { to, name, language, until };
    await addMail(desk, after, { workspaceId, kind: 'own-reset', facts, code });
    return 'on its way';
  });
}

/** Whoever signs in elsewhere alone has none to forget; whoever is invited may still choose one. */
function hasPassword({ passwordHash, lastSignInAt }: UserRow): boolean {
  return passwordHash !== null || lastSignInAt === null;
}
