// An outside system says that one of its agents is not available, before its list of all agents says so.
import { isIdentified } from '../store/agent-identities.ts';
import { getAgent } from '../store/agents.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { agentChanged, applyUpdate } from './update-agent.ts';

export async function noteUnavailable(
  desk: Desk,
  key: { workspaceId: string; agentId: string },
): Promise<void> {
  await commitLocked(desk, key.workspaceId, async (tx, after) => {
    const isTheirs = (await getAgent(tx, key)) !== null && (await isIdentified(tx, key));
    if (isTheirs) await applyUpdate(after(agentChanged(key)), key, { availability: 'offline' });
  });
}
