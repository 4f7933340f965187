// Who changed what. Secrets never get here.
import { type Db, query, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface AuditEntry {
  workspaceId: string;
  actor: string;
  /** As `endpoint.updated`. */
  action: string;
  objectId: string;
  change: Record<string, unknown>;
}

const addEntry_ = statement<never>(
  'add-audit-entry',
  `insert into audit_entry (workspace_id, actor, action, object_id, change) values ($1, $2, $3, $4, $5)`,
);

/** In the transaction of the change itself. */
export async function addAuditEntry(tx: Tx, entry: AuditEntry): Promise<void> {
  const { workspaceId, actor, action, objectId, change } = entry;
  await query(tx, addEntry_, [workspaceId, actor, action, objectId, JSON.stringify(change)]);
}

export type AuditRow = AuditEntry & { entryId: number; at: Date };

const listEntries_ = statement<AuditRow>(
  'list-audit-entries',
  `select workspace_id as "workspaceId", entry_id as "entryId", at, actor, action, object_id as "objectId", change
  from audit_entry where workspace_id = $1 and entry_id < $2 order by entry_id desc limit $3`,
);

/** Newest first. */
export function listAuditEntries(
  db: Db,
  { workspaceId, before, limit }: { workspaceId: string; before: number; limit: number },
): Promise<AuditRow[]> {
  return query(db, listEntries_, [workspaceId, before, limit]);
}
