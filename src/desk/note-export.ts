// Records who exports all conversations.
import { addAuditEntry } from '../store/audit.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

export async function noteExport(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; actor: string; from: Date; to: Date },
): Promise<void> {
  const { workspaceId, actor, from, to } = args;
  const change = { from: from.toISOString(), to: to.toISOString() };
  const entry = { workspaceId, actor, objectId: workspaceId, change };
  await withTx(db, (tx) => addAuditEntry(tx, { ...entry, action: 'workspace.exported' }));
}
