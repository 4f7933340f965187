// Deletes what agents were longer ago than the workspace keeps its conversations.
import { type Db, query, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

const horizon = (workspaceId: string) => `now() - make_interval(days => (
    select value::integer from setting s
    where s.workspace_id = ${workspaceId} and s.key = 'retentionDays' and jsonb_typeof(s.value) = 'number'))`;

/** SQL: changes before the horizon, but the last of each agent, which says what they were from then on. */
const old = (workspaceId: string) => `select c.agent_id, c.at, c.change_id
    from agent a cross join lateral (
      select agent_id, at, change_id from agent_status_change
      where workspace_id = ${workspaceId} and agent_id = a.agent_id and at < ${horizon(workspaceId)}
      order by at desc, change_id desc offset 1
    ) c where a.workspace_id = ${workspaceId}`;

const forget_ = statement<{ changeId: number }>(
  'forget-status-changes',
  `delete from agent_status_change c using (${old('$1')} limit 1000) o
  where c.workspace_id = $1 and c.agent_id = o.agent_id and c.at = o.at and c.change_id = o.change_id
  returning c.change_id::float8 as "changeId"`,
);

/** Answers how many it deleted, a thousand at most. */
export async function forgetStatusChanges(db: Db, workspaceId: string): Promise<number> {
  return (await query(db, forget_, [workspaceId])).length;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-status-changes',
  listing({
    table: 'setting',
    where: `t.key = 'retentionDays' and jsonb_typeof(t.value) = 'number'`,
    due: `${old('w.workspace_id')}`,
  }),
);

export async function listWorkspacesWithOldStatusChanges(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
