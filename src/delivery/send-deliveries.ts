// The one loop that sends deliveries: a lane per workspace, and a sweep for lost wakes.
import { type Chore, everyWorkspace } from '../loops/every-workspace.ts';
import { keepLanes } from '../loops/keep-lanes.ts';
import {
  listWorkspacesWithDueDeliveries,
  listWorkspacesWithForgottenDeliveries,
  releaseForgotten,
} from '../store/deliveries.ts';
import { listWorkspacesWithDeadClaims, takeOverDeliveries } from '../store/delivery-claims.ts';
import { listStillWorkspaceIds } from '../store/workspace-standing.ts';
import { soonMs } from './open-alarm.ts';
import { type DeliveryOptions, elapse, openDeliveryLane } from './open-delivery-lane.ts';
import { recordEnds } from './record-ends.ts';

export interface DeliveryLoop {
  wake(workspaceId: string): void;
  /** Takes nothing new, waits at most this long for what is under way, hands back the rest. */
  stop(graceMs: number): Promise<void>;
}

export function sendDeliveries(options: DeliveryOptions): DeliveryLoop {
  const { db, nodeId, sweepMs, letGoAfterMs, clock } = options;
  const record = recordEnds(options);
  const lanes = keepLanes((id) => openDeliveryLane({ ...options, record }, id), {
    ...{ letGoAfterMs, clock },
  });
  let stopped = false;
  const wake = (workspaceId: string): void => {
    if (!stopped) lanes.of(workspaceId).wake();
  };
  const chores: Chore[] = [
    {
      what: 'taking over deliveries',
      everyMs: sweepMs,
      list: () => listWorkspacesWithDeadClaims(db, nodeId),
      act: async (workspaceId) => {
        if ((await takeOverDeliveries(db, { workspaceId, nodeId })) > 0) wake(workspaceId);
      },
    },
    {
      what: 'releasing held deliveries',
      everyMs: sweepMs,
      list: () => listWorkspacesWithForgottenDeliveries(db),
      act: async (workspaceId) => {
        await releaseForgotten(db, workspaceId);
        wake(workspaceId);
      },
    },
    {
      what: 'looking for due deliveries',
      everyMs: sweepMs,
      list: () => listWorkspacesWithDueDeliveries(db, soonMs(sweepMs)),
      act: async (workspaceId) => wake(workspaceId),
    },
    {
      what: 'leaving removed and suspended workspaces alone',
      everyMs: sweepMs,
      list: () => listStillWorkspaceIds(db),
      act: (workspaceId) => lanes.close(workspaceId),
    },
  ];
  const loops = chores.map((chore) => everyWorkspace(chore, options));
  return {
    wake,
    stop: async (graceMs) => {
      stopped = true;
      await Promise.all(loops.map((loop) => loop.stop()));
      await lanes.stop(elapse(clock, graceMs));
    },
  };
}
