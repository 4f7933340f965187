// Records failed sign-ins; a flood of them does not fill the log.
import { addAuditEntry } from '../store/audit.ts';
import { countTry } from '../store/try-counts.ts';
import { withTx } from '../store/tx.ts';
import { findUserByEmail, getUser } from '../store/users.ts';
import type { Desk } from './context.ts';

/** What was tried and was wrong. */
export type Guessed = 'password' | 'second-factor' | 'invitation' | 'first-run-code' | 'oidc';

export interface Failure {
  workspaceId: string;
  what: Guessed;
  address: string;
  /** As typed. Not stored when it names nobody here, because it may be a password. */
  email?: string | null;
  userId?: string | null;
  /** From the identity provider's answer. */
  code?: string;
}

const HOUR_SECONDS = 3600;
/**
 * Each hour and workspace. Tries that name a user here are counted separately, so that a flood of
 * others hides none of them. One more entry says that there were more.
 */
export const LISTED = { somebody: 100, nobody: 50 } as const;

export async function noteFailure(
  { db }: Pick<Desk, 'db'>,
  { workspaceId, what, address, email = null, code, ...known }: Failure,
): Promise<void> {
  const user =
    typeof known.userId === 'string'
      ? await getUser(db, { workspaceId, userId: known.userId })
      : email && (await findUserByEmail(db, { workspaceId, email }));
  const userId = user ? user.userId : null;
  const kind = userId === null ? 'nobody' : 'somebody';
  const window = { workspaceId, key: `failures of ${kind}`, windowSeconds: HOUR_SECONDS };
  const place = (await countTry(db, window)) - LISTED[kind];
  if (place > 1) return;
  const entry = { workspaceId, actor: 'stranger', objectId: userId ?? workspaceId };
  const change = {
    what,
    address,
    ...(user ? { agentId: user.agentId } : {}),
    ...(code === undefined ? {} : { code }),
  };
  await withTx(db, (tx) =>
    addAuditEntry(
      tx,
      place === 1
        ? { ...entry, objectId: workspaceId, action: 'sign-in.more-failed', change: {} }
        : { ...entry, action: 'sign-in.failed', change },
    ),
  );
}
