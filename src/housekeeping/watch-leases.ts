// Ends expired leases within milliseconds of their end.
import type { Desk } from '../desk/context.ts';
import { endLapsedLeases, endUnseenLeases, type IsSeen } from '../desk/end-leases.ts';
import { everyWorkspace } from '../loops/every-workspace.ts';
import { meetMoments } from '../loops/meet-moments.ts';
import { listWorkspacesWithEndingLeases } from '../store/leases.ts';

const LOOK_AT_MOST_MS = 5000;

/**
 * A lease that ends between two sweeps has a timer; one that is shortened meanwhile is found by the
 * next sweep.
 */
export function watchLeases(
  desk: Desk,
  options: {
    leaseMs: number;
    /**
     * The workspace whose presence comes from the company's own system, and what it says; null:
     * none.
     */
    seen: { workspaceId: string; isSeen: IsSeen } | null;
    onError: (error: unknown, what: string) => void;
  },
): { stop(): Promise<void> } {
  const { leaseMs, seen, onError } = options;
  const { clock } = desk;
  const sweepMs = Math.min(LOOK_AT_MOST_MS, leaseMs);
  const soonMs = 2 * sweepMs;
  const ends = meetMoments(
    {
      what: 'looking for leases that are over',
      failure: 'looking for leases that are over failed',
      everyMs: sweepMs,
      soonMs,
      list: () => listWorkspacesWithEndingLeases(desk.db, soonMs),
      act: (workspaceId) => endLapsedLeases(desk, workspaceId),
    },
    { onError, clock },
  );
  const unseen = everyWorkspace(
    {
      what: 'looking for who is not seen at work',
      everyMs: sweepMs,
      list: async () => (seen === null ? [] : [seen.workspaceId]),
      act: async (workspaceId) => {
        if (seen === null) return;
        await endUnseenLeases(desk, workspaceId, seen.isSeen);
        ends.wake(workspaceId);
      },
    },
    { onError, clock },
  );
  return { stop: async () => void (await Promise.all([ends.stop(), unseen.stop()])) };
}
