// Deletes entries of the audit that are older than the workspace wants.
import { type Db, query, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

// The entries are numbered as they come, so the oldest are the first; without the setting all stay.
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

/** Answers how many it deleted, a thousand at most. */
export async function forgetAudit(db: Db, workspaceId: string): Promise<number> {
  return (await query(db, forgetAudit_, [workspaceId])).length;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-audit',
  listing({
    table: 'setting',
    where: `t.key = 'auditRetentionDays' and jsonb_typeof(t.value) = 'number'`,
    due: `select from (select at from audit_entry a where a.workspace_id = w.workspace_id order by a.entry_id limit 1) first
    where first.at < now() - make_interval(days => (select value::integer from setting s
      where s.workspace_id = w.workspace_id and s.key = 'auditRetentionDays' and jsonb_typeof(s.value) = 'number'))`,
  }),
);

export async function listWorkspacesWithOldAudit(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
