// Requeues the conversations of agents who are gone, or away for longer than the policy allows.
import type { Policy } from '../contract/policy/policy.ts';
import { eachAlone } from '../loops/each-alone.ts';
import { heldByLeftAgents, isLeftAgent } from '../store/left-agents.ts';
import type { Tx } from '../store/tx.ts';
import { getPolicy } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import { requeueConversation } from './requeue-conversation.ts';

/**
 * Answers how many conversations went back. Unavailable agents keep theirs when the policy says so.
 */
export async function requeueLeft(desk: Desk, workspaceId: string): Promise<number> {
  const policy = await getPolicy(desk.db, workspaceId);
  const { whenAgentLeaves, leaveGraceSeconds } = policy as Policy;
  const graceSeconds = whenAgentLeaves === 'keep' ? null : leaveGraceSeconds;
  const held = await heldByLeftAgents(desk.db, { workspaceId, graceSeconds });
  await eachAlone(held, async ({ conversationId, agentId, isGone }) => {
    const why = isGone
      ? { reason: 'agent-removed', actor: 'system' }
      : { reason: 'agent-left', actor: 'policy' };
    // Whoever has returned meanwhile keeps what is left.
    const onlyIf = (tx: Tx) => isLeftAgent(tx, { workspaceId, agentId, graceSeconds });
    const from = { workspaceId, conversationId, acting: null, onlyFrom: agentId, onlyIf };
    await requeueConversation(desk, { ...from, ...why });
  });
  return held.length;
}
