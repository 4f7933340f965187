// Lets requests of a workspace begin: none while it is suspended, no more than it may send, and no more than leaves room for others.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFairShare } from '../access/fair-share.ts';
import type { Clock } from '../clock.ts';
import type { WorkspaceBounds } from '../contract/operator.ts';
import { Refused } from '../errors.ts';
import { repeat } from '../loops/repeat.ts';
import type { Db } from '../store/sql.ts';
import { listWorkspaceStanding, type WorkspaceStanding } from '../store/workspace-standing.ts';

export interface Gate {
  /** Waits for a moment if need be. Refuses `workspace.suspended`, `workspace.too-fast` and `workspace.busy`. */
  enter(workspaceId: string): Promise<void>;
  /** As enter, for what is not counted. Refuses `workspace.suspended`. */
  refuseSuspended(workspaceId: string): void;
  isSuspended(workspaceId: string): boolean;
  boundsOf(workspaceId: string): WorkspaceBounds;
}

/** For desks without doors. */
export const openToAll: Gate = {
  enter: async () => {},
  refuseSuspended: () => {},
  isSuspended: () => false,
  boundsOf: () => ({}),
};

const LOOK_MS = 100;
/** A request waits here at most; its sender is told to come again after that. */
const PATIENCE_MS = 1000;
/** Requests that may wait in all; each holds its connection and its head. */
const MOST_WAITING = 1000;
/** What another node's operator said and nobody told is read again after this. */
const REFRESH_MS = 5000;

export interface OpenGate extends Gate {
  /** Reads anew what the operator has said. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

export async function openGate(
  { db, clock }: { db: Db; clock: Pick<Clock, 'elapsed' | 'after'> },
  {
    shareAt,
    onError,
  }: {
    /** Share of its time from which the node counts as pressed; 1: it never does. */
    shareAt: number;
    onError: (error: unknown, what: string) => void;
  },
): Promise<OpenGate> {
  let standing = new Map<string, WorkspaceStanding>();
  const refresh = async (): Promise<void> => {
    const rows = await listWorkspaceStanding(db);
    standing = new Map(rows.map((row) => [row.workspaceId, row]));
  };
  await refresh();
  const rates = makeOwnRates();
  const share = makeFairShare();
  const pressure = watchPressure();
  let waiting = 0;
  // In real time: what is measured is this process.
  const looking = setInterval(
    () => share.look(performance.now(), pressure() > shareAt),
    LOOK_MS,
  ).unref();
  const refreshing = repeat({
    ...{ everyMs: REFRESH_MS, clock },
    act: refresh,
    onError: (error) => onError(error, 'reading which workspaces are suspended failed'),
  });

  const refuseSuspended = (workspaceId: string): void => {
    if (standing.get(workspaceId)?.suspended === true) throw new Refused('workspace.suspended');
  };
  const boundsOf = (workspaceId: string) => standing.get(workspaceId)?.bounds ?? {};
  return {
    refuseSuspended,
    isSuspended: (workspaceId) => standing.get(workspaceId)?.suspended === true,
    boundsOf,
    enter: async (workspaceId) => {
      refuseSuspended(workspaceId);
      const now = performance.now();
      const { requestsPerSecond: most } = boundsOf(workspaceId);
      if (most !== undefined && !rates.take(workspaceId, { most, now })) {
        throw new Refused('workspace.too-fast');
      }
      const patienceMs = waiting < MOST_WAITING ? PATIENCE_MS : 0;
      const inMs = share.take(workspaceId, now, patienceMs);
      if (inMs === 0) return;
      waiting += 1;
      // Who is refused at once comes again at once, and each refusal costs a tenth of what it spares.
      await sleep(inMs ?? patienceMs).finally(() => {
        waiting -= 1;
      });
      if (inMs === null) throw new Refused('workspace.busy');
    },
    refresh,
    stop: async () => {
      clearInterval(looking);
      await refreshing.stop();
    },
  };
}

/** An operator's bound on requests a second, with the requests of one second at once. */
function makeOwnRates() {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take: (workspaceId: string, { most, now }: { most: number; now: number }): boolean => {
      const bucket = buckets.get(workspaceId) ?? { left: most, at: now };
      buckets.set(workspaceId, bucket);
      bucket.left = Math.min(most, bucket.left + ((now - bucket.at) / 1000) * most);
      bucket.at = now;
      if (bucket.left < 1) return false;
      bucket.left -= 1;
      return true;
    },
  };
}

/** The share of its time in which this process had something to do, since the last call. */
function watchPressure(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
