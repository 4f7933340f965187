// Decides when routing passes run: at once when something changed, one at a time, and a sweep in case news was lost.
import { nextHoldEnd } from '../store/queue.ts';
import { listWorkspaceIds } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import { makeRoster } from './roster.ts';
import { type Pass, routeWaiting } from './route-waiting.ts';

export interface PassReport {
  workspaceId: string;
  assigned: number;
  given: Pass['given'];
  durationMs: number;
  /** sweep: no news had announced what this pass found. */
  cause: 'news' | 'sweep';
}

export interface Router {
  wake(workspaceId: string): void;
  wakeIn(workspaceId: string, ms: number): void;
  /** Finishes the passes under way. */
  stop(): Promise<void>;
}

export interface RouterOptions {
  desk: Pick<Desk, 'db' | 'log'>;
  sweepMs: number;
  onPass: (report: PassReport) => void;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What arrives during a pass is taken by the next, so batches grow with load. */
export function startRouter(options: RouterOptions): Router {
  const { desk } = options;
  const clock = makeClock();
  const lanes = new Map<string, Lane>();
  const laneOf = (workspaceId: string): Lane => {
    const lane = lanes.get(workspaceId) ?? openLane(workspaceId, options, clock);
    lanes.set(workspaceId, lane);
    return lane;
  };
  const wakeIn = (workspaceId: string, ms: number): void => {
    clock.after(Math.min(ms + 1, LONGEST_TIMER_MS), () => laneOf(workspaceId).wake());
  };
  const wakeAfterHold = async (workspaceId: string): Promise<void> => {
    try {
      const ms = await nextHoldEnd(desk.db, workspaceId);
      if (ms !== null) wakeIn(workspaceId, ms);
    } catch (error) {
      desk.log.error({ err: error, workspaceId }, 'the end of a hold is not known');
    }
  };
  /** Of workspaces that were removed. */
  const closeLanes = async (isGone: (workspaceId: string) => boolean): Promise<void> => {
    for (const [workspaceId, lane] of lanes) {
      if (!isGone(workspaceId)) continue;
      lanes.delete(workspaceId);
      await lane.stop();
    }
  };
  const sweep = async (): Promise<void> => {
    try {
      const served = new Set(await listWorkspaceIds(desk.db));
      await closeLanes((workspaceId) => !served.has(workspaceId));
      for (const workspaceId of served) {
        if (!lanes.has(workspaceId)) void wakeAfterHold(workspaceId);
        laneOf(workspaceId).sweep();
      }
    } catch (error) {
      desk.log.error({ err: error }, 'the routing sweep failed');
    }
    clock.after(options.sweepMs, () => void sweep());
  };
  void sweep();
  return {
    wake: (workspaceId) => laneOf(workspaceId).wake(),
    wakeIn,
    stop: async () => {
      clock.stop();
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
    },
  };
}

/** The passes of one workspace. */
interface Lane {
  wake(): void;
  sweep(): void;
  stop(): Promise<void>;
}

const RETRY_MS = 250;

function openLane(workspaceId: string, { desk, onPass }: RouterOptions, clock: Clock): Lane {
  const roster = makeRoster(workspaceId);
  let dirty = false;
  let stopped = false;
  let running: Promise<void> | null = null;

  const runPass = async (cause: PassReport['cause']): Promise<boolean> => {
    const began = performance.now();
    const { assigned, given, more } = await routeWaiting(desk, { workspaceId, roster });
    // A sweep may begin between a commit and its news, which then comes during the pass.
    const announced = dirty ? 'news' : cause;
    const durationMs = performance.now() - began;
    onPass({ workspaceId, assigned, given, durationMs, cause: announced });
    return more;
  };
  const run = async (first: PassReport['cause']): Promise<void> => {
    let cause = first;
    do {
      dirty = false;
      try {
        const more = await runPass(cause);
        dirty ||= more;
      } catch (error) {
        desk.log.error({ err: error, workspaceId }, 'a routing pass failed and will be repeated');
        if (!stopped) clock.after(RETRY_MS, wake);
        return;
      }
      cause = 'news';
    } while (dirty && !stopped);
  };
  const start = (cause: PassReport['cause']): void => {
    if (stopped || running !== null) return;
    running = run(cause).finally(() => {
      running = null;
    });
  };
  function wake(): void {
    dirty = true;
    start('news');
  }
  return {
    wake,
    sweep: () => start('sweep'),
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/** Timers that end together. */
interface Clock {
  after(ms: number, act: () => void): void;
  stop(): void;
}

function makeClock(): Clock {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  return {
    after: (ms, act) => {
      if (stopped) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        act();
      }, ms);
      timers.add(timer);
    },
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
