// A workspace that was imported gets its first way in, and an entry that says where it comes from.
import { addAuditEntry } from '../store/audit.ts';
import type { Tx } from '../store/tx.ts';
import { findUserByEmail } from '../store/users.ts';
import { createInvite } from './change-user.ts';

/** Answers the code by which that admin chooses a password; null: there is no such admin. */
export async function noteArrival(
  tx: Tx,
  {
    workspaceId,
    admin,
    change,
  }: { workspaceId: string; admin: string | undefined; change: Record<string, unknown> },
): Promise<string | null> {
  const entry = { workspaceId, actor: 'operator', objectId: workspaceId };
  await addAuditEntry(tx, { ...entry, action: 'workspace.imported', change });
  const user =
    admin === undefined ? null : await findUserByEmail(tx, { workspaceId, email: admin });
  if (user?.role !== 'admin') return null;
  return createInvite(tx, { workspaceId, userId: user.userId });
}
