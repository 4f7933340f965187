// A failed try to get in is on record; a flood of them fills nothing.
import { addAuditEntry } from '../store/audit.ts';
import { countTry } from '../store/try-counts.ts';
import { withTx } from '../store/tx.ts';
import { findUserByEmail, getUser } from '../store/users.ts';
import type { Desk } from './context.ts';

/** What was shown and was wrong. */
export type Shown = 'password' | 'second-factor' | 'invitation' | 'first-run-code' | 'oidc';

export interface Failure {
  workspaceId: string;
  what: Shown;
  address: string;
  /** As typed; what names nobody here is not kept, because it may be a password. */
  email?: string | null;
  userId?: string | null;
  /** Of the identity provider's answer. */
  code?: string;
}

const HOUR_SECONDS = 3600;
/**
 * An hour and workspace; those that name somebody here apart, so that a flood of others hides none of
 * them. The one after says that there were more.
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
