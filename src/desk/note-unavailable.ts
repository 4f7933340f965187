// An outside system says that one of its agents is not available, before its list of all agents says so.
import { isIdentified } from '../store/agent-identities.ts';
import { getAgent } from '../store/agents.ts';
import { withRoutingLock } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { applyUpdate } from './update-agent.ts';

export async function noteUnavailable(
  desk: Desk,
  key: { workspaceId: string; agentId: string },
): Promise<void> {
  await withRoutingLock(desk.db, key.workspaceId, async (tx) => {
    const isTheirs = (await getAgent(tx, key)) !== null && (await isIdentified(tx, key));
    if (isTheirs) await applyUpdate(tx, key, { availability: 'offline' });
  });
  desk.send(key.workspaceId);
  desk.changed(key.workspaceId, [{ kind: 'agent', id: key.agentId }]);
}
