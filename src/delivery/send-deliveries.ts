// The one loop by which news leaves: a lane for each workspace, and a sweep for what nobody woke it for.
import { releaseForgotten } from '../store/deliveries.ts';
import { takeOverDeliveries } from '../store/delivery-claims.ts';
import { everyWorkspace } from '../store/every-workspace.ts';
import { listWorkspaceIds } from '../store/workspaces.ts';
import { type DeliveryOptions, type Lane, makeLane } from './make-lane.ts';
import { recordEnds } from './record-ends.ts';

export interface DeliveryLoop {
  wake(workspaceId: string): void;
  /** Takes nothing new, waits for what is under way at most this long, hands back the rest. */
  stop(graceMs: number): Promise<void>;
}

/** Of a workspace that is no more. */
const CLOSE_WITHIN_MS = 10_000;

export function sendDeliveries(options: DeliveryOptions): DeliveryLoop {
  const { db, nodeId, onError } = options;
  const record = recordEnds(options);
  const lanes = new Map<string, Lane>();
  const closing = new Set<Promise<void>>();
  let stopped = false;
  const wake = (workspaceId: string): void => {
    if (stopped) return;
    const lane = lanes.get(workspaceId) ?? makeLane({ ...options, record }, workspaceId);
    lanes.set(workspaceId, lane);
    lane.wake();
  };
  const close = (lane: Lane, graceMs: number): void => {
    const late = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
    const closed = lane
      .stop(late)
      .catch((error: unknown) => onError(error, 'handing deliveries back failed'));
    closing.add(closed);
    void closed.finally(() => closing.delete(closed));
  };
  /** Closes the lanes of all others: they were removed. One too new for the list is opened again by its next news. */
  const listServed = async (): Promise<string[]> => {
    const ids = await listWorkspaceIds(db);
    const served = new Set(ids);
    for (const [workspaceId, lane] of lanes) {
      if (served.has(workspaceId)) continue;
      lanes.delete(workspaceId);
      close(lane, CLOSE_WITHIN_MS);
    }
    return ids;
  };
  const sweep = everyWorkspace(
    { ...options, list: listServed },
    {
      'taking over deliveries': (workspaceId) => takeOverDeliveries(db, { workspaceId, nodeId }),
      'releasing held deliveries': (workspaceId) => releaseForgotten(db, workspaceId),
      'looking for due deliveries': async (workspaceId) => wake(workspaceId),
    },
  );
  return {
    wake,
    stop: async (graceMs) => {
      stopped = true;
      await sweep.stop();
      for (const lane of lanes.values()) close(lane, graceMs);
      await Promise.all(closing);
    },
  };
}
