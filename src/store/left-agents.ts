// What is still held by agents who are gone, or have been away for too long.
import { type Db, query, statement } from './sql.ts';

export interface Held {
  conversationId: string;
  agentId: string;
  /** Removed, and not only away. */
  isGone: boolean;
}

const listLeft_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-left-agents',
  `-- across workspaces: one look a second for all of them
  select w.workspace_id as "workspaceId" from workspace w where w.removed_at is null and exists (
    select from agent a where a.workspace_id = w.workspace_id and a.load > 0
      and (a.deleted_at is not null or a.availability <> 'online' or a.lease_until <= statement_timestamp()))`,
);

/** In which agents hold something who are gone or not online, however long their grace is. */
export async function listWorkspacesWithLeftAgents(db: Db): Promise<string[]> {
  return (await query(db, listLeft_, [])).map(({ workspaceId }) => workspaceId);
}

const heldByLeft_ = statement<Held>(
  'held-by-left-agents',
  `select c.conversation_id as "conversationId", c.agent_id as "agentId", a.deleted_at is not null as "isGone"
  from agent a join conversation c on c.workspace_id = $1 and c.state = 'assigned' and c.agent_id = a.agent_id
  where a.workspace_id = $1 and a.load > 0 and (a.deleted_at is not null
    or (a.availability <> 'online' and a.availability_changed_at <= clock_timestamp() - make_interval(secs => $2))
    or a.lease_until <= clock_timestamp() - make_interval(secs => $2))
  order by c.rank_at limit 1000`,
);

/** Without a grace only what is held by those who are gone. */
export function heldByLeftAgents(
  db: Db,
  { workspaceId, graceSeconds }: { workspaceId: string; graceSeconds: number | null },
): Promise<Held[]> {
  return query(db, heldByLeft_, [workspaceId, graceSeconds]);
}
