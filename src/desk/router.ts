// Decides when routing passes run: at once when something changed, one at a time, and a sweep in case news was lost.

import { nextHoldEnd } from '../store/queue.ts';
import { listWorkspaceIds } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import { makeRoster, type Roster } from './roster.ts';
import { routeWaiting } from './route-waiting.ts';

export interface PassReport {
  workspaceId: string;
  assigned: number;
  durationMs: number;
  /** sweep: no news had announced what this pass found. */
  cause: 'news' | 'sweep';
}

export interface Router {
  wake(workspaceId: string): void;
  wakeAt(workspaceId: string, at: Date): void;
  /** Finishes the passes under way. */
  stop(): Promise<void>;
}

interface Lane {
  roster: Roster;
  /** News has come since the running pass began. */
  dirty: boolean;
  running: Promise<void> | null;
}

const RETRY_MS = 250;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What arrives during a pass is taken by the next, so batches grow with load. */
export function startRouter(options: {
  desk: Pick<Desk, 'db' | 'log'>;
  sweepMs: number;
  onPass: (report: PassReport) => void;
}): Router {
  const { desk } = options;
  const lanes = new Map<string, Lane>();
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;

  const laneOf = (workspaceId: string): Lane => {
    const lane = lanes.get(workspaceId) ?? {
      roster: makeRoster(workspaceId),
      dirty: false,
      running: null,
    };
    lanes.set(workspaceId, lane);
    return lane;
  };
  const runPass = async (workspaceId: string, cause: PassReport['cause']): Promise<boolean> => {
    const began = performance.now();
    const { roster } = laneOf(workspaceId);
    const { assigned, more } = await routeWaiting(desk, { workspaceId, roster });
    options.onPass({ workspaceId, assigned, durationMs: performance.now() - began, cause });
    return more;
  };
  const later = (ms: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  const run = async (
    workspaceId: string,
    lane: Lane,
    first: PassReport['cause'],
  ): Promise<void> => {
    let cause = first;
    do {
      lane.dirty = false;
      try {
        lane.dirty = (await runPass(workspaceId, cause)) || lane.dirty;
      } catch (error) {
        desk.log.error({ err: error, workspaceId }, 'a routing pass failed and will be repeated');
        if (!stopped) later(RETRY_MS, () => wake(workspaceId));
        return;
      }
      cause = 'news';
    } while (lane.dirty && !stopped);
  };
  const start = (workspaceId: string, cause: PassReport['cause']): void => {
    const lane = laneOf(workspaceId);
    if (stopped || lane.running !== null) return;
    lane.running = run(workspaceId, lane, cause).finally(() => {
      lane.running = null;
      // News that came between the last look and this moment.
      if (lane.dirty) start(workspaceId, 'news');
    });
  };
  const wake = (workspaceId: string): void => {
    laneOf(workspaceId).dirty = true;
    start(workspaceId, 'news');
  };
  const wakeAt = (workspaceId: string, at: Date): void => {
    const ms = Math.min(Math.max(0, at.getTime() - Date.now()) + 1, LONGEST_TIMER_MS);
    if (!stopped) later(ms, () => wake(workspaceId));
  };
  const sweep = async (): Promise<void> => {
    try {
      for (const workspaceId of await listWorkspaceIds(desk.db)) {
        if (!lanes.has(workspaceId)) {
          const at = await nextHoldEnd(desk.db, workspaceId);
          if (at !== null) wakeAt(workspaceId, at);
        }
        start(workspaceId, 'sweep');
      }
    } catch (error) {
      desk.log.error({ err: error }, 'the routing sweep failed');
    }
    if (!stopped) later(options.sweepMs, () => void sweep());
  };
  void sweep();

  return {
    wake,
    wakeAt,
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all([...lanes.values()].map(({ running }) => running));
    },
  };
}
