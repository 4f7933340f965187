// Gives back to the queue what agents hold who have been unavailable for longer than the policy's grace.
import type { Policy } from '../contract/policy.ts';
import { heldByLeftAgents } from '../store/left-agents.ts';
import { getRoutingRules } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import { requeueConversation } from './requeue-conversation.ts';

/** Answers how many conversations went back. Nothing when the policy lets agents keep them. */
export async function requeueLeft(desk: Desk, workspaceId: string): Promise<number> {
  const { policy } = await getRoutingRules(desk.db, workspaceId);
  const { whenAgentLeaves, leaveGraceSeconds } = policy as Policy;
  if (whenAgentLeaves === 'keep') return 0;
  const held = await heldByLeftAgents(desk.db, { workspaceId, graceSeconds: leaveGraceSeconds });
  for (const { conversationId, agentId } of held) {
    await requeueConversation(desk, {
      workspaceId,
      conversationId,
      reason: 'agent-left',
      actor: 'policy',
      onlyFrom: agentId,
    });
  }
  return held.length;
}
