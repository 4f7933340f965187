// Somebody signs in with a password: one kept here, or one that the company's own check knows.
import type { KnownPerson } from '../contract/people.ts';
import { Refused } from '../errors.ts';
import { withTx } from '../store/tx.ts';
import { findUserByEmail } from '../store/users.ts';
import { takeKnownPerson } from './change-user.ts';
import type { Desk } from './context.ts';
import { checkPassword } from './hash-password.ts';
import { letIn } from './let-in.ts';
import { limitTries } from './limit-tries.ts';
import type { Client } from './login-session.ts';
import { requirePasswords } from './sign-in-rules.ts';

/** The company's own check; null: it knows nobody with this password. */
export type AskCompany = (typed: {
  email: string;
  password: string;
}) => Promise<KnownPerson | null>;

/**
 * Answers the value of the cookie. Refuses `sign-in.failed`, whatever was wrong, `sign-in.too-many`
 * and `sign-in.single-sign-on-only`, and what `askCompany` refuses.
 */
export async function signIn(
  desk: Desk,
  args: {
    workspaceId: string;
    email: string;
    password: string;
    client: Client;
    askCompany: AskCompany | null;
  },
): Promise<string> {
  const { workspaceId, client, askCompany, password } = args;
  await requirePasswords(desk.db, workspaceId);
  const email = args.email.trim();
  const { address } = client;
  const entering = await limitTries(
    desk,
    { workspaceId, what: 'password', target: email, address },
    async () => {
      const user = await findUserByEmail(desk.db, { workspaceId, email });
      const right = await checkPassword(password, user?.passwordHash ?? null);
      if (right && user !== null) return { user, by: 'password' as const };
      const person = await askCompany?.({ email, password });
      if (!person) return null;
      return { user: await takeKnownPerson(desk, { workspaceId, person }), by: 'company' as const };
    },
  );
  if (entering !== null) {
    return withTx(desk.db, (tx) => letIn(tx, { workspaceId, client, ...entering }));
  }
  desk.log.warn({ workspaceId, address }, 'a sign-in failed');
  throw new Refused('sign-in.failed');
}
