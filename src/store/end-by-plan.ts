// Waiting conversations that their plan ends: found and locked by the verb that ends them.
import type { PlanEnding } from './read-for-placing.ts';
import { TO_END } from './send-to-rules.ts';
import { query, statement } from './sql.ts';
import type { Tx } from './tx.ts';

/** As many at a time: each transaction stays short. */
const MOST_ENDED = 500;

// In the order of the ids, as closings lock. What somebody else is changing is ended next time.
const lockToEnd_ = statement<{ conversationId: string; ends: PlanEnding }>(
  'lock-to-end',
  `select conversation_id as "conversationId", route -> 'ends' as ends from conversation
  where workspace_id = $1 and state = 'waiting' and needs = '${TO_END}' and route ? 'ends'
  order by conversation_id limit ${MOST_ENDED} for update skip locked`,
);

/** Locked until the transaction ends. */
export function lockToEnd(
  tx: Tx,
  workspaceId: string,
): Promise<{ conversationId: string; ends: PlanEnding }[]> {
  return query(tx, lockToEnd_, [workspaceId]);
}
