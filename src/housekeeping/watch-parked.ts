// Brings parked conversations back within milliseconds of their time.
import { LEAST_PARKED_SECONDS } from '../contract/conversation.ts';
import type { Desk } from '../desk/context.ts';
import { returnParkedDue } from '../desk/return-parked.ts';
import { meetMoments } from '../loops/meet-moments.ts';
import { listWorkspacesWithReturning } from '../store/parked.ts';

const SOON_MS = LEAST_PARKED_SECONDS * 1000;

/** Passes are not asked for the time. */
export function watchParked(
  desk: Desk,
  { onError }: { onError: (error: unknown, what: string) => void },
): { stop(): Promise<void> } {
  return meetMoments(
    {
      what: 'looking for what is parked until now',
      failure: 'bringing back what is parked failed',
      everyMs: 1000,
      soonMs: SOON_MS,
      retryMs: 20,
      list: () => listWorkspacesWithReturning(desk.db, SOON_MS),
      act: (workspaceId) => returnParkedDue(desk, workspaceId),
    },
    { onError, clock: desk.clock },
  );
}
