// Conversations of agents who are gone, or have been away for too long.
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

export interface Held {
  conversationId: string;
  agentId: string;
  /** Removed, and not only away. */
  isGone: boolean;
}

/**
 * SQL: the agent `a` is gone, or has been away for longer than the grace; null: agents who are away
 * keep theirs.
 */
const hasLeft = (graceSeconds: string) => `(a.deleted_at is not null
    or (a.availability <> 'online' and a.availability_changed_at <= clock_timestamp() - make_interval(secs => ${graceSeconds}))
    or a.lease_until <= clock_timestamp() - make_interval(secs => ${graceSeconds}))`;

const graceOf = `(select case when p.body ->> 'whenAgentLeaves' <> 'keep' then (p.body ->> 'leaveGraceSeconds')::float8 end
      from policy p where p.workspace_id = w.workspace_id order by p.version desc limit 1)`;

const listLeft_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-left-agents',
  listing({
    table: 'agent',
    where: `t.load > 0 and (t.deleted_at is not null or t.availability <> 'online' or t.lease_until < 'infinity')`,
    due: `select from agent a where a.workspace_id = w.workspace_id and a.load > 0
    and (a.deleted_at is not null or a.availability <> 'online' or a.lease_until < 'infinity')
    and ${hasLeft(graceOf)}`,
  }),
);

/**
 * Workspaces where agents who are gone, or away for longer than the policy allows, hold something.
 */
export async function listWorkspacesWithLeftAgents(db: Db): Promise<string[]> {
  return (await query(db, listLeft_, [])).map(({ workspaceId }) => workspaceId);
}

const heldByLeft_ = statement<Held>(
  'held-by-left-agents',
  `select c.conversation_id as "conversationId", c.agent_id as "agentId", a.deleted_at is not null as "isGone"
  from agent a join conversation c on c.workspace_id = $1 and c.state = 'assigned' and c.agent_id = a.agent_id
  where a.workspace_id = $1 and a.load > 0 and ${hasLeft('$2')}
  order by c.rank_at limit 1000`,
);

/** Without a grace only the conversations of agents who are gone. */
export function heldByLeftAgents(
  db: Db,
  { workspaceId, graceSeconds }: { workspaceId: string; graceSeconds: number | null },
): Promise<Held[]> {
  return query(db, heldByLeft_, [workspaceId, graceSeconds]);
}

const isLeft_ = statement<{ left: boolean }>(
  'is-left-agent',
  `select ${hasLeft('$3')} as left from agent a where a.workspace_id = $1 and a.agent_id = $2 for share`,
);

/**
 * Whether the agent is still gone, or away for longer than the grace; a sign of life waits until the
 * transaction has acted on the answer.
 */
export async function isLeftAgent(
  tx: Tx,
  args: { workspaceId: string; agentId: string; graceSeconds: number | null },
): Promise<boolean> {
  const { workspaceId, agentId, graceSeconds } = args;
  const row = await queryOne(tx, isLeft_, [workspaceId, agentId, graceSeconds]);
  return row?.left === true;
}
