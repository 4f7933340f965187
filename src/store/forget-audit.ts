// Forgets what the audit has kept for longer than the workspace wants.
import { type Db, query, statement } from './sql.ts';

// The entries are numbered as they come, so the oldest are the first; without the setting none goes.
const forgetAudit_ = statement<{ entryId: number }>(
  'forget-audit',
  `delete from audit_entry a using (
    select entry_id, at from audit_entry where workspace_id = $1 order by entry_id limit 1000
  ) old
  where a.workspace_id = $1 and a.entry_id = old.entry_id and old.at < now() - make_interval(days => (
    select value::integer from setting
    where workspace_id = $1 and key = 'auditRetentionDays' and jsonb_typeof(value) = 'number'))
  returning a.entry_id as "entryId"`,
);

/** Answers how many went, a thousand at most. */
export async function forgetAudit(db: Db, workspaceId: string): Promise<number> {
  return (await query(db, forgetAudit_, [workspaceId])).length;
}
