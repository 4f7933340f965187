// An identity provider vouches for somebody: known by issuer and subject; by the e-mail address once, to be bound.
import type { VouchedPerson } from '../contract/people.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { type RoutingTx, withRoutingLock } from '../store/tx.ts';
import { bindIdentity, findUserByIdentity } from '../store/user-identities.ts';
import { findUserByEmail, type UserRow } from '../store/users.ts';
import { addUser, tellAgent } from './change-user.ts';
import type { Desk } from './context.ts';
import { letIn } from './let-in.ts';
import type { Client } from './login-session.ts';

interface Vouched {
  workspaceId: string;
  person: VouchedPerson;
  /** Whether somebody whom nobody has invited becomes an agent. */
  create: boolean;
}

/**
 * Answers what the cookie holds. Refuses `oidc.unverified`, `oidc.unknown-user` and `oidc.bound-to-another`.
 */
export async function signInByIdentity(
  desk: Desk,
  args: Vouched & { client: Client; hours: number },
): Promise<string> {
  const { workspaceId, client, hours } = args;
  const { user, secret } = await withRoutingLock(desk.db, workspaceId, async (tx) => {
    const vouched = await findVouched(tx, args);
    // Whoever is signed in there comes in without being asked: that proves nothing anew.
    const { provedAt } = args.person;
    const entering = { workspaceId, user: vouched, client, hours, provedAt };
    return { user: vouched, secret: await letIn(tx, { ...entering, by: 'oidc' }) };
  });
  tellAgent(desk, workspaceId, user);
  return secret;
}

async function findVouched(tx: RoutingTx, args: Vouched): Promise<UserRow> {
  const { workspaceId, person, create } = args;
  const { issuer, subject, verifiedEmail: email } = person;
  const bound = await findUserByIdentity(tx, { workspaceId, issuer, subject });
  if (bound !== null) return bound;
  if (email === null) throw new Refused('oidc.unverified');
  const known = await findUserByEmail(tx, { workspaceId, email });
  if (known === null && !create) throw new Refused('oidc.unknown-user');
  const wanted = { workspaceId, email, name: person.name ?? email, role: 'agent' as const };
  const user = known ?? (await addUser(tx, { ...wanted, passwordHash: null }, 'oidc'));
  const { userId, agentId } = user;
  // Whoever got the address later is somebody else.
  if (!(await bindIdentity(tx, { workspaceId, issuer, subject, userId }))) {
    throw new Refused('oidc.bound-to-another');
  }
  const entry = { workspaceId, actor: `agent:${agentId}`, objectId: userId };
  await addAuditEntry(tx, { ...entry, action: 'user.bound', change: { issuer, subject } });
  return user;
}
