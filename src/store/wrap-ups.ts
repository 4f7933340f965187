// Wrap-ups: what ended and keeps its place on the agent's load for a while (load_release.wraps_until).
import { isReleased } from './agent-limits.ts';
import type { Writing } from './effects.ts';
import { query, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

const MOST_SHOWN = 100;

/** SQL: what agent `agent` of workspace $1 wraps up, as JSON. */
export function wrapUpsOf(agent: string): string {
  const at = (time: string) => `extract(epoch from ${time})::float8 * 1000`;
  return `coalesce((select jsonb_agg(jsonb_build_object('conversationId', u.conversation_id, 'weight', u.weight,
      'since', ${at('u.released_at')}, 'until', ${at('u.wraps_until')}) order by u.wraps_until)
    from (select * from load_release r where r.workspace_id = $1 and r.agent_id = ${agent} and r.wraps_until is not null
      and not ${isReleased('r')} order by r.wraps_until limit ${MOST_SHOWN}) u), '[]')`;
}

// Under the routing lock: a pass deletes these rows.
const end_ = statement<{ agentId: string }>(
  'end-wrap-ups',
  `update load_release r set wraps_until = statement_timestamp()
  where r.workspace_id = $1 and ($2::uuid is null or r.agent_id = $2) and ($3::uuid is null or r.conversation_id = $3)
    and r.wraps_until > statement_timestamp() returning r.agent_id as "agentId"`,
).needs('wake', 'agent');

/** Of the agent, of the conversation, or both. The next pass takes them off the load; answers how many there were. */
export async function endWrapUps(
  tx: Writing<typeof end_, RoutingTx>,
  args: { workspaceId: string; agentId?: string; conversationId?: string },
): Promise<number> {
  const { workspaceId, agentId = null, conversationId = null } = args;
  return (await query(tx, end_, [workspaceId, agentId, conversationId])).length;
}
