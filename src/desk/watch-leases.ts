// Agents whose lease is over are offline from that moment on: on record, and for everybody who watches.
import { everyWorkspace } from '../store/every-workspace.ts';
import { endLapsed, endLeases, leaseEndsInMs, listOnlineAgentIds } from '../store/leases.ts';
import { withRoutingLock } from '../store/tx.ts';
import type { Desk } from './context.ts';

export interface LeaseWatch {
  stop(): Promise<void>;
}

type IsSeen = (agent: { workspaceId: string; agentId: string }) => boolean;

/** A lease that ends between two sweeps is waited for; one that is made shorter meanwhile is found by the next. */
export function watchLeases(
  desk: Desk,
  options: {
    sweepMs: number;
    /** null: nobody else says who is at work. */
    isSeen: IsSeen | null;
    onError: (error: unknown, what: string) => void;
  },
): LeaseWatch {
  const { sweepMs, isSeen, onError } = options;
  const { db } = desk;
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let stopped = false;
  const look = async (workspaceId: string): Promise<void> => {
    const leftMs = await endLapsedLeases(desk, workspaceId);
    if (!stopped && leftMs !== null && leftMs <= sweepMs) lookIn(workspaceId, leftMs + 1);
  };
  // The sweep and a timer may look at the same moment, and each would wait for the same lease.
  const lookIn = (workspaceId: string, ms: number): void => {
    clearTimeout(timers.get(workspaceId));
    const timer = setTimeout(() => {
      timers.delete(workspaceId);
      const looking = look(workspaceId).catch((error: unknown) => onError(error, WHAT));
      running.add(looking);
      void looking.finally(() => running.delete(looking));
    }, ms);
    timers.set(workspaceId, timer);
  };
  const sweep = everyWorkspace(
    { db, sweepMs, onError },
    {
      'looking for who is not seen at work': (workspaceId) => endUnseen(desk, workspaceId, isSeen),
      [WHAT]: look,
    },
  );
  return {
    stop: async () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await sweep.stop();
      await Promise.all(running);
    },
  };
}

const WHAT = 'looking for leases that are over';

/** Answers in how many milliseconds the next one will be over; null: none is running. */
export async function endLapsedLeases(desk: Desk, workspaceId: string): Promise<number | null> {
  const leftMs = await leaseEndsInMs(desk.db, workspaceId);
  if (leftMs === null || leftMs > 0) return leftMs;
  const lapsed = await withRoutingLock(desk.db, workspaceId, (tx) => endLapsed(tx, workspaceId));
  if (lapsed.length > 0) {
    desk.send(workspaceId);
    desk.changed(
      workspaceId,
      lapsed.map((id) => ({ kind: 'agent', id })),
    );
  }
  return leaseEndsInMs(desk.db, workspaceId);
}

/** Those whom the company's own system does not see at work are given nothing, however they came online. */
async function endUnseen(desk: Desk, workspaceId: string, isSeen: IsSeen | null): Promise<void> {
  if (isSeen === null) return;
  const online = await listOnlineAgentIds(desk.db, workspaceId);
  const agentIds = online.filter((agentId) => !isSeen({ workspaceId, agentId }));
  if (agentIds.length === 0) return;
  await withRoutingLock(desk.db, workspaceId, (tx) => endLeases(tx, { workspaceId, agentIds }));
}
