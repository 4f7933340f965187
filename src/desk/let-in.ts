// Gives a session to somebody who has proved who they are: a full one, or one that waits for the second factor.
import { addAuditEntry } from '../store/audit.ts';
import type { BegunBy, Stage } from '../store/login-sessions.ts';
import { hasSecondFactor } from '../store/second-factors.ts';
import type { Tx } from '../store/tx.ts';
import type { UserRow } from '../store/users.ts';
import { beginSession, type Client } from './login-session.ts';
import { readSignInRules } from './sign-in-rules.ts';

export interface Entering {
  workspaceId: string;
  user: Pick<UserRow, 'userId' | 'agentId' | 'role'>;
  client: Client;
  by: BegunBy;
  hours?: number | undefined;
  /** As of a session. */
  provedAt?: Date | null | undefined;
}

/** Answers the value of the cookie. */
export async function letIn(tx: Tx, entering: Entering): Promise<string> {
  const { workspaceId, user, client, by: begunBy, hours, provedAt } = entering;
  const { userId } = user;
  const stage = await findStage(tx, entering);
  if (stage === 'full') await noteSignedIn(tx, { workspaceId, user, begunBy });
  return beginSession(tx, { workspaceId, userId, client, begunBy, stage, hours, provedAt });
}

/**
 * The identity provider may ask for a second factor of its own; one that is set up here is asked
 * for all the same.
 */
async function findStage(tx: Tx, { workspaceId, user, by }: Entering): Promise<Stage> {
  if (await hasSecondFactor(tx, { workspaceId, userId: user.userId })) return 'code';
  if (by === 'oidc') return 'full';
  const { secondFactorRoles } = await readSignInRules(tx, workspaceId);
  return secondFactorRoles.includes(user.role) ? 'enrol' : 'full';
}

export async function noteSignedIn(
  tx: Tx,
  args: { workspaceId: string; user: Pick<UserRow, 'userId' | 'agentId'>; begunBy: BegunBy },
): Promise<void> {
  const { workspaceId, user, begunBy: by } = args;
  const entry = { workspaceId, actor: `agent:${user.agentId}`, objectId: user.userId };
  await addAuditEntry(tx, { ...entry, action: 'user.signed-in', change: { by } });
}
