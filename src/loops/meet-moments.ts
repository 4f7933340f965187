// Acts within milliseconds of moments that stand in the database: a sweep finds those that are near, a timer meets each.
import { everyWorkspace } from './every-workspace.ts';
import { keepLanes } from './keep-lanes.ts';
import { type LoopClock, openLane } from './open-lane.ts';

export interface Moments {
  /** For the log: what the sweep does, and what failed. */
  what: string;
  failure: string;
  everyMs: number;
  /** No moment comes into being nearer than this, or a sweep may find it late. */
  soonMs: number;
  /** The workspaces with a moment within `soonMs`. */
  list(): Promise<string[]>;
  /** Does what is due, and answers in how many milliseconds the next moment is; null: there is none. */
  act(workspaceId: string): Promise<number | null>;
  /** After which that is tried again which is due and was not done, as others were changing it; absent: at once. */
  retryMs?: number;
}

/** A node that dies leaves its timers to the others. `wake`: something has changed. */
export function meetMoments(
  { what, failure, everyMs, soonMs, list, act, retryMs = 0 }: Moments,
  { clock, onError }: { clock: LoopClock; onError: (error: unknown, what: string) => void },
): { wake(workspaceId: string): void; stop(): Promise<void> } {
  const lanes = keepLanes(
    (workspaceId) => {
      const lane = openLane({
        work: async () => {
          const leftMs = await act(workspaceId);
          if (leftMs === null || leftMs > soonMs) return;
          lane.wakeIn(leftMs > 0 ? leftMs + 1 : retryMs);
        },
        onError: (error) => onError(error, failure),
        clock,
      });
      return lane;
    },
    { clock },
  );
  const sweep = everyWorkspace(
    { what, everyMs, list, act: async (workspaceId) => lanes.of(workspaceId).look() },
    { onError, clock },
  );
  return {
    wake: (workspaceId) => lanes.of(workspaceId).wake(),
    stop: async () => {
      await sweep.stop();
      await lanes.stop();
    },
  };
}
