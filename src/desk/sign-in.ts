// Somebody signs in: by password here, by the company's own check, or by its identity provider.
import type { KnownPerson } from '../contract/people.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { withTx } from '../store/tx.ts';
import { findUserByEmail, type UserKey, type UserRow } from '../store/users.ts';
import { takeKnownPerson } from './change-user.ts';
import type { Desk } from './context.ts';
import { checkPassword } from './hash-password.ts';
import { limitTries } from './limit-tries.ts';
import { beginSession } from './login-session.ts';

/** The company's own check; null: it knows nobody with this password. */
export type AskCompany = (typed: {
  email: string;
  password: string;
}) => Promise<KnownPerson | null>;

/**
 * Answers what the cookie holds. Refuses `sign-in.failed`, whatever was wrong, and `sign-in.too-many`;
 * what `askCompany` refuses besides.
 */
export async function signIn(
  desk: Desk,
  args: {
    workspaceId: string;
    email: string;
    password: string;
    address: string;
    askCompany: AskCompany | null;
  },
): Promise<string> {
  const { workspaceId, email, password, address, askCompany } = args;
  const secret = await limitTries(desk, { workspaceId, email, address }, async () => {
    const user = await findUserByEmail(desk.db, { workspaceId, email: email.trim() });
    const right = await checkPassword(password, user?.passwordHash ?? null);
    if (right && user !== null) return letIn(desk, { workspaceId, user }, 'password');
    const person = askCompany === null ? null : await askCompany({ email: email.trim(), password });
    if (person === null) return null;
    return signInKnown(desk, { workspaceId, person, create: true, by: 'company' });
  });
  if (secret !== null) return secret;
  desk.log.warn({ workspaceId, address }, 'a sign-in failed');
  throw new Refused('sign-in.failed');
}

/**
 * Somebody outside vouches for the person. null: nobody here has the address, and none is to be made.
 */
export async function signInKnown(
  desk: Desk,
  args: { workspaceId: string; person: KnownPerson; create: boolean; by: 'company' | 'oidc' },
): Promise<string | null> {
  const user = await takeKnownPerson(desk, args);
  return user === null ? null : letIn(desk, { workspaceId: args.workspaceId, user }, args.by);
}

function letIn(
  desk: Desk,
  { workspaceId, user }: { workspaceId: string; user: UserRow },
  by: string,
): Promise<string> {
  const key: UserKey = { workspaceId, userId: user.userId };
  return withTx(desk.db, async (tx) => {
    await addAuditEntry(tx, {
      workspaceId,
      actor: `agent:${user.agentId}`,
      action: 'user.signed-in',
      objectId: user.userId,
      change: { by },
    });
    return beginSession(tx, key);
  });
}
