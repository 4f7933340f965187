// Agents whose lease has expired are offline from that moment: recorded, and shown to every
// watcher.
import { endLapsed, endLeases, leaseEndsInMs, listOnlineAgentIds } from '../store/leases.ts';
import { withRoutingLock } from '../store/tx.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';

/** Answers in how many milliseconds the next lease ends; null: none is running. */
export async function endLapsedLeases(desk: Desk, workspaceId: string): Promise<number | null> {
  const leftMs = await leaseEndsInMs(desk.db, workspaceId);
  if (leftMs === null || leftMs > 0) return leftMs;
  await commitLocked(desk, workspaceId, async (_, after) => {
    const lapsed: string[] = [];
    const writing = after({ send: () => lapsed.length > 0, agent: () => lapsed });
    lapsed.push(...(await endLapsed(writing, { workspaceId })));
  });
  return leaseEndsInMs(desk.db, workspaceId);
}

export type IsSeen = (agent: { workspaceId: string; agentId: string }) => boolean;

/**
 * Agents whom the company's own system does not see at work go offline, however they came online.
 */
export async function endUnseenLeases(
  desk: Desk,
  workspaceId: string,
  isSeen: IsSeen,
): Promise<void> {
  const online = await listOnlineAgentIds(desk.db, workspaceId);
  const agentIds = online.filter((agentId) => !isSeen({ workspaceId, agentId }));
  if (agentIds.length === 0) return;
  await withRoutingLock(desk.db, workspaceId, (tx) => endLeases(tx, { workspaceId, agentIds }));
}
