// Somebody signs in by an identity provider: known by issuer and subject, bound once by e-mail address.
import type { VouchedPerson } from '../contract/people.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import type { RoutingTx } from '../store/tx.ts';
import { bindIdentity, findUserByIdentity } from '../store/user-identities.ts';
import { findUserByEmail, type UserRow } from '../store/users.ts';
import { addUser } from './change-user.ts';
import { type After, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { letIn } from './let-in.ts';
import type { Client } from './login-session.ts';

interface Vouched {
  workspaceId: string;
  person: VouchedPerson;
  /** Whether somebody without an invitation becomes an agent. */
  create: boolean;
}

/**
 * Answers the value of the cookie. Refuses `oidc.unverified`, `oidc.unknown-user` and
 * `oidc.bound-to-another`.
 */
export async function signInByIdentity(
  desk: Desk,
  args: Vouched & { client: Client; hours: number },
): Promise<string> {
  const { workspaceId, client, hours } = args;
  return commitLocked(desk, workspaceId, async (tx, after) => {
    const user = await findVouched(tx, after, args);
    // The provider lets in people who are signed in there without asking them: that is no new
    // proof.
    const { provedAt } = args.person;
    return letIn(tx, { workspaceId, user, client, hours, provedAt, by: 'oidc' });
  });
}

async function findVouched(
  tx: RoutingTx,
  after: After<RoutingTx>,
  args: Vouched,
): Promise<UserRow> {
  const { workspaceId, person, create } = args;
  const { issuer, subject, verifiedEmail: email } = person;
  const bound = await findUserByIdentity(tx, { workspaceId, issuer, subject });
  if (bound !== null) return bound;
  if (email === null) throw new Refused('oidc.unverified');
  const known = await findUserByEmail(tx, { workspaceId, email });
  if (known === null && !create) throw new Refused('oidc.unknown-user');
  const wanted = { workspaceId, email, name: person.name ?? email, role: 'agent' as const };
  const user = known ?? (await addUser(after, { ...wanted, passwordHash: null }, 'oidc'));
  const { userId, agentId } = user;
  // A later owner of the address is somebody else.
  if (!(await bindIdentity(tx, { workspaceId, issuer, subject, userId }))) {
    throw new Refused('oidc.bound-to-another');
  }
  const entry = { workspaceId, actor: `agent:${agentId}`, objectId: userId };
  await addAuditEntry(tx, { ...entry, action: 'user.bound', change: { issuer, subject } });
  return user;
}
