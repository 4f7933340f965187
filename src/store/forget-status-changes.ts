// Deletes what agents were, could hold and were planned for longer ago than the workspace keeps its conversations.
import { type Db, query, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

const horizon = (workspaceId: string) => `now() - make_interval(days => (
    select value::integer from setting s
    where s.workspace_id = ${workspaceId} and s.key = 'retentionDays' and jsonb_typeof(s.value) = 'number'))`;

type Record = 'agent_status_change' | 'agent_capacity_change';

/** SQL: changes before the horizon, but the last of each agent, which says what held from then on. */
const old = (record: Record, workspaceId: string) => `select c.agent_id, c.at, c.change_id
    from agent a cross join lateral (
      select agent_id, at, change_id from ${record}
      where workspace_id = ${workspaceId} and agent_id = a.agent_id and at < ${horizon(workspaceId)}
      order by at desc, change_id desc offset 1
    ) c where a.workspace_id = ${workspaceId}`;

const oldShifts = (workspaceId: string) => `select s.agent_id, s.starts_at, 0::bigint from shift s
    where s.workspace_id = ${workspaceId} and s.starts_at < ${horizon(workspaceId)} and s.ends_at < ${horizon(workspaceId)}`;

const forget_ = statement<{ changeId: number }>(
  'forget-status-changes',
  `delete from agent_status_change c using (${old('agent_status_change', '$1')} limit 1000) o
  where c.workspace_id = $1 and c.agent_id = o.agent_id and c.at = o.at and c.change_id = o.change_id
  returning c.change_id::float8 as "changeId"`,
);

const forgetCapacities_ = statement<{ changeId: number }>(
  'forget-capacity-changes',
  `delete from agent_capacity_change c using (${old('agent_capacity_change', '$1')} limit 1000) o
  where c.workspace_id = $1 and c.agent_id = o.agent_id and c.at = o.at and c.change_id = o.change_id
  returning c.change_id::float8 as "changeId"`,
);

const forgetShifts_ = statement<{ agentId: string }>(
  'forget-shifts',
  `delete from shift s using (${oldShifts('$1')} limit 1000) o
  where s.workspace_id = $1 and s.agent_id = o.agent_id and s.starts_at = o.starts_at
  returning s.agent_id as "agentId"`,
);

/** Answers how many it deleted, a thousand of each at most. */
export async function forgetStatusChanges(db: Db, workspaceId: string): Promise<number> {
  const statuses = await query(db, forget_, [workspaceId]);
  const capacities = await query(db, forgetCapacities_, [workspaceId]);
  const shifts = await query(db, forgetShifts_, [workspaceId]);
  return statuses.length + capacities.length + shifts.length;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-status-changes',
  listing({
    table: 'setting',
    where: `t.key = 'retentionDays' and jsonb_typeof(t.value) = 'number'`,
    due: `${old('agent_status_change', 'w.workspace_id')}
      union all ${old('agent_capacity_change', 'w.workspace_id')} union all ${oldShifts('w.workspace_id')}`,
  }),
);

export async function listWorkspacesWithOldStatusChanges(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
