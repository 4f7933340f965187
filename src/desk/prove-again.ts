// A signed-in user proves again who they are, before actions that a borrowed browser must not do.
import type { VouchedPerson } from '../contract/people.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { noteProved } from '../store/login-sessions.ts';
import { withTx } from '../store/tx.ts';
import { findUserByIdentity } from '../store/user-identities.ts';
import { getUser } from '../store/users.ts';
import type { Desk } from './context.ts';
import { checkPassword } from './hash-password.ts';
import { limitTries } from './limit-tries.ts';
import { checkCode } from './second-factor.ts';
import type { AskCompany } from './sign-in.ts';
import { requirePasswords } from './sign-in-rules.ts';

export interface Prover {
  workspaceId: string;
  userId: string;
  agentId: string;
  sessionId: string;
}

export type GivenProof = { password: string } | { code: string };

/** Refuses `session.proof-failed`, `sign-in.too-many` and `sign-in.single-sign-on-only`. */
export async function proveAgain(
  desk: Desk,
  prover: Prover & { address: string; askCompany: AskCompany | null },
  shown: GivenProof,
): Promise<void> {
  const right =
    'code' in shown
      ? await checkCode(desk, prover, shown.code)
      : await checkOwnPassword(desk, prover, shown.password);
  if (!right) throw new Refused('session.proof-failed');
  await keepProof(desk, prover, 'code' in shown ? 'second-factor' : 'password');
}

/** The provider has asked for its own proof just now. Refuses `session.proof-failed`. */
export async function proveAgainElsewhere(
  desk: Desk,
  { person, ...prover }: Prover & { person: VouchedPerson },
): Promise<void> {
  const { issuer, subject } = person;
  const { workspaceId, userId } = prover;
  const user = await findUserByIdentity(desk.db, { workspaceId, issuer, subject });
  if (user?.userId !== userId) throw new Refused('session.proof-failed');
  await keepProof(desk, prover, 'oidc');
}

async function checkOwnPassword(
  desk: Desk,
  prover: Prover & { address: string; askCompany: AskCompany | null },
  password: string,
): Promise<boolean> {
  const { workspaceId, userId, address, askCompany } = prover;
  await requirePasswords(desk.db, workspaceId);
  const user = await getUser(desk.db, { workspaceId, userId });
  if (user === null) throw new Refused('user.not-found');
  const { email, passwordHash } = user;
  const right = await limitTries(
    desk,
    { workspaceId, what: 'password', target: email, address },
    async () => {
      if (passwordHash !== null) return (await checkPassword(password, passwordHash)) || null;
      const person = (await askCompany?.({ email, password })) ?? null;
      return person?.email.toLowerCase() === email.toLowerCase() || null;
    },
  );
  return right !== null;
}

async function keepProof(desk: Desk, prover: Prover, by: string): Promise<void> {
  const { workspaceId, userId: objectId, agentId, sessionId } = prover;
  await withTx(desk.db, async (tx) => {
    await noteProved(tx, { workspaceId, sessionId });
    const entry = { workspaceId, actor: `agent:${agentId}`, objectId, change: { by } };
    await addAuditEntry(tx, { ...entry, action: 'user.proved' });
  });
}
