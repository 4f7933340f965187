// Decides when a routing pass runs: at once after a change, one at a time, and by a sweep in case news was lost.
import { type Kept, keepLanes } from '../loops/keep-lanes.ts';
import { type Lane, openLane } from '../loops/open-lane.ts';
import { repeat } from '../loops/repeat.ts';
import { listWorkspacesToRoute } from '../store/queue.ts';
import { listStillWorkspaceIds } from '../store/workspace-standing.ts';
import type { Telling } from './commit.ts';
import type { Desk } from './context.ts';
import { makeRoster } from './roster.ts';
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
  wakeIn(workspaceId: string, ms: number): void;
  /** Finishes the passes under way. */
  stop(): Promise<void>;
}

export interface RouterOptions {
  desk: Pick<Desk, 'db' | 'log' | 'clock' | 'gate'> & Telling;
  sweepMs: number;
  onPass: (report: PassReport) => void;
  letGoAfterMs?: number | undefined;
}

/**
 * What arrives during a pass is taken by the next, so batches grow with load. A workspace that is
 * quiet for a while is dropped with its roster; the sweep asks once for all which workspaces a pass
 * may give something.
 */
export function startRouter(options: RouterOptions): Router {
  const { desk, sweepMs, letGoAfterMs } = options;
  const { clock } = desk;
  const lanes = keepLanes((workspaceId) => openPasses(workspaceId, options), {
    letGoAfterMs,
    clock,
  });
  const sweep = repeat({
    ...{ everyMs: sweepMs, clock },
    act: async () => {
      for (const workspaceId of await listWorkspacesToRoute(desk.db, { withinMs: 2 * sweepMs }))
        lanes.of(workspaceId).look();
      for (const workspaceId of await listStillWorkspaceIds(desk.db)) {
        await lanes.close(workspaceId);
      }
    },
    onError: (error) => desk.log.error({ err: error }, 'the routing sweep failed'),
  });
  return {
    wake: (workspaceId) => lanes.of(workspaceId).wake(),
    wakeIn: (workspaceId, ms) => lanes.of(workspaceId).wakeIn(ms + 1),
    stop: async () => {
      await sweep.stop();
      await lanes.stop();
    },
  };
}

function openPasses(
  workspaceId: string,
  { desk, onPass }: RouterOptions,
): Kept & Pick<Lane, 'wake' | 'wakeIn' | 'look'> {
  const roster = makeRoster(workspaceId);
  const lane = openLane({
    work: async (isNews) => {
      if (desk.gate.isSuspended(workspaceId)) return false;
      const began = desk.clock.elapsed();
      const { assigned, more, dueInMs } = await routeWaiting(desk, {
        workspaceId,
        roster,
      });
      const durationMs = desk.clock.elapsed() - began;
      // A sweep may begin between a commit and its news, which then arrives during the pass.
      const cause = isNews() ? 'news' : 'sweep';
      onPass({ workspaceId, assigned, durationMs, cause });
      // From the pass's own beginning: what is due meanwhile is not put off by it.
      if (dueInMs !== null) lane.wakeIn(Math.max(dueInMs - durationMs, 0) + 1);
      return more;
    },
    onError: (error) =>
      desk.log.error({ err: error, workspaceId }, 'a routing pass failed and will be repeated'),
    clock: desk.clock,
  });
  return lane;
}
