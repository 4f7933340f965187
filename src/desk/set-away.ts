// The house sets an agent away, who then chooses when to be back.
import { getAgent } from '../store/agents.ts';
import { type AgentTx, applyUpdate } from './update-agent.ts';

/**
 * false: they are not online, so there is nothing to set. The caller has promised `agentChanged`.
 */
export async function setAway(
  tx: AgentTx,
  key: { workspaceId: string; agentId: string },
  cause: 'missed-offers',
): Promise<boolean> {
  if ((await getAgent(tx, key))?.availability !== 'online') return false;
  await applyUpdate(tx, key, { availability: 'away' }, { cause, by: null });
  return true;
}
