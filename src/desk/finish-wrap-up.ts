// An agent is done with what ended before the time for wrapping up is over: its places are free at once.
import { Refused } from '../errors.ts';
import { type AgentRow, getAgent } from '../store/agents.ts';
import { settleReleased } from '../store/roster.ts';
import { endWrapUps } from '../store/wrap-ups.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';

/**
 * With one conversation, or with all. Refuses `agent.not-found`. Where nothing is wrapped up, as when the time was over a
 * moment ago, nothing changes.
 */
export async function finishWrapUp(
  desk: Desk,
  args: { workspaceId: string; agentId: string; conversationId?: string },
): Promise<AgentRow> {
  return commitLocked(desk, args.workspaceId, async (_, after) => {
    const tx = after({ wake: true, agent: args.agentId });
    await endWrapUps(tx, args);
    await settleReleased(tx, args.workspaceId);
    const agent = await getAgent(tx, args);
    if (agent === null) throw new Refused('agent.not-found');
    return agent;
  });
}
