// Records who exports all conversations, or what is kept of one person.
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

export async function noteContactExport(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; actor: string; contactId: string },
): Promise<void> {
  const { contactId: objectId, ...by } = args;
  const entry = { ...by, objectId, action: 'contact.exported', change: {} };
  await withTx(db, (tx) => addAuditEntry(tx, entry));
}
