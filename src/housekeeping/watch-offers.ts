// Takes back what nobody accepted within milliseconds of the end of its time.
import type { Desk } from '../desk/context.ts';
import { endMissedOffers } from '../desk/end-offers.ts';
import { everyWorkspace } from '../loops/every-workspace.ts';
import { keepLanes } from '../loops/keep-lanes.ts';
import { openLane } from '../loops/open-lane.ts';
import { listWorkspacesWithEndingOffers } from '../store/offers.ts';

/** No offer is shorter than SOON_MS, so a sweep of every node sees each before it is over. */
const SWEEP_MS = 1000;
const SOON_MS = 5000;

/** A node that dies leaves its timers to the others; passes are not asked for the time. */
export function watchOffers(
  desk: Desk,
  { onError }: { onError: (error: unknown, what: string) => void },
): { stop(): Promise<void> } {
  const { clock } = desk;
  const lanes = keepLanes(
    (workspaceId) => {
      const lane = openLane({
        work: async () => {
          const leftMs = await endMissedOffers(desk, workspaceId);
          if (leftMs !== null && leftMs <= SOON_MS) lane.wakeIn(Math.max(leftMs, 0) + 1);
        },
        onError: (error) => onError(error, 'taking back what nobody accepted failed'),
        clock,
      });
      return lane;
    },
    { clock },
  );
  const ending = everyWorkspace(
    {
      what: 'looking for offers that are over',
      everyMs: SWEEP_MS,
      list: () => listWorkspacesWithEndingOffers(desk.db, SOON_MS),
      act: async (workspaceId) => lanes.of(workspaceId).look(),
    },
    { onError, clock },
  );
  return {
    stop: async () => {
      await ending.stop();
      await lanes.stop();
    },
  };
}
