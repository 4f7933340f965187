// Ends the time of phones that do not acknowledge a push, within milliseconds.
import type { Desk } from '../desk/context.ts';
import { endUnansweredPushes } from '../desk/end-unanswered.ts';
import { meetMoments } from '../loops/meet-moments.ts';
import { listWorkspacesWithUnanswered } from '../store/pushes.ts';

/** No time for an answer is shorter. */
const SOON_MS = 5000;

export function watchPushes(
  desk: Desk,
  { onError }: { onError: (error: unknown, what: string) => void },
): { stop(): Promise<void> } {
  return meetMoments(
    {
      what: 'looking for pushes that nobody acknowledged',
      failure: 'ending the time of phones that did not answer failed',
      everyMs: 1000,
      soonMs: SOON_MS,
      list: () => listWorkspacesWithUnanswered(desk.db, SOON_MS),
      act: (workspaceId) => endUnansweredPushes(desk, workspaceId),
    },
    { onError, clock: desk.clock },
  );
}
