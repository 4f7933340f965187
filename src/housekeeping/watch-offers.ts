// Takes back what nobody accepted within milliseconds of the end of its time.
import type { Desk } from '../desk/context.ts';
import { endMissedOffers } from '../desk/end-offers.ts';
import { meetMoments } from '../loops/meet-moments.ts';
import { listWorkspacesWithEndingOffers } from '../store/offers.ts';

/** No offer is shorter. */
const SOON_MS = 5000;

/** Passes are not asked for the time. */
export function watchOffers(
  desk: Desk,
  { onError }: { onError: (error: unknown, what: string) => void },
): { stop(): Promise<void> } {
  return meetMoments(
    {
      what: 'looking for offers that are over',
      failure: 'taking back what nobody accepted failed',
      everyMs: 1000,
      soonMs: SOON_MS,
      retryMs: 1,
      list: () => listWorkspacesWithEndingOffers(desk.db, SOON_MS),
      act: (workspaceId) => endMissedOffers(desk, workspaceId),
    },
    { onError, clock: desk.clock },
  );
}
