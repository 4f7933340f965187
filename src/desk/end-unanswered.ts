// A phone that sleeps and does not acknowledge a push in time is off: it counts no more, as from that time.
import { endLapsed } from '../store/leases.ts';
import { endUnanswered, unansweredInMs } from '../store/pushes.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';

/** Answers in how many milliseconds the next push is to be acknowledged; null: none waits for that. */
export async function endUnansweredPushes(desk: Desk, workspaceId: string): Promise<number | null> {
  const leftMs = await unansweredInMs(desk.db, workspaceId);
  if (leftMs === null || leftMs > 0) return leftMs;
  await commitLocked(desk, workspaceId, async (tx, after) => {
    const changed: string[] = [];
    const writing = after({ send: () => changed.length > 0, agent: () => changed });
    changed.push(...(await endUnanswered(tx, workspaceId)));
    for (const agentId of [...changed]) await endLapsed(writing, { workspaceId, agentId });
  });
  return unansweredInMs(desk.db, workspaceId);
}
