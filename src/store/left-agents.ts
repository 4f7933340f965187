// What is still held by agents who have been away for too long.
import { type Db, query, statement } from './sql.ts';

const heldByLeft_ = statement<{ conversationId: string; agentId: string }>(
  'held-by-left-agents',
  `select c.conversation_id as "conversationId", c.agent_id as "agentId"
  from agent a join conversation c on c.workspace_id = $1 and c.state = 'assigned' and c.agent_id = a.agent_id
  where a.workspace_id = $1 and a.deleted_at is null and a.load > 0 and (
    (a.availability <> 'online' and a.availability_changed_at <= clock_timestamp() - make_interval(secs => $2))
    or a.lease_until <= clock_timestamp() - make_interval(secs => $2))
  order by c.rank_at limit 1000`,
);

export function heldByLeftAgents(
  db: Db,
  { workspaceId, graceSeconds }: { workspaceId: string; graceSeconds: number },
): Promise<{ conversationId: string; agentId: string }[]> {
  return query(db, heldByLeft_, [workspaceId, graceSeconds]);
}
