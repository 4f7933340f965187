// The one loop by which news leaves: a lane for each workspace, and a sweep for what nobody woke it for.
import { releaseForgotten } from '../store/deliveries.ts';
import { takeOverDeliveries } from '../store/delivery-claims.ts';
import { everyWorkspace } from './every-workspace.ts';
import { type DeliveryOptions, type Lane, makeLane } from './make-lane.ts';
import { recordEnds } from './record-ends.ts';

export interface DeliveryLoop {
  wake(workspaceId: string): void;
  /** Takes nothing new, waits for what is under way at most this long, hands back the rest. */
  stop(graceMs: number): Promise<void>;
}

export function sendDeliveries(options: DeliveryOptions): DeliveryLoop {
  const { db, nodeId } = options;
  const record = recordEnds(options);
  const lanes = new Map<string, Lane>();
  let stopped = false;
  const wake = (workspaceId: string): void => {
    if (stopped) return;
    const lane = lanes.get(workspaceId) ?? makeLane({ ...options, record }, workspaceId);
    lanes.set(workspaceId, lane);
    lane.wake();
  };
  const sweep = everyWorkspace(options, async (workspaceId) => {
    await takeOverDeliveries(db, { workspaceId, nodeId });
    await releaseForgotten(db, workspaceId);
    wake(workspaceId);
  });
  return {
    wake,
    stop: async (graceMs) => {
      stopped = true;
      await sweep.stop();
      const late = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.all([...lanes.values()].map((lane) => lane.stop(late)));
    },
  };
}
