// Wakes a lane when its next retry comes due.
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import { openLane } from '../loops/open-lane.ts';
import { nextDueDelivery } from '../store/deliveries.ts';

export interface Alarm {
  /**
   * Looks a little later when that will be; called often, it looks rarely. `lookedAt`: when the lane last took what was
   * due. What has come due since has not been seen.
   */
  set(lookedAt: number): void;
  isQuiet(): boolean;
  stop(): Promise<void>;
}

// Retries are seconds away, and a busy lane looks all the time.
const LOOK_AFTER_MS = 50;
/** By so much the node may be ahead of the database's time, which decides what is due. */
const AHEAD_MS = 50;

export function openAlarm(options: {
  db: Pool;
  clock: Clock;
  workspaceId: string;
  sweepMs: number;
  wakeIn: (ms: number) => void;
  onError: (error: unknown, what: string) => void;
}): Alarm {
  const { db, workspaceId, sweepMs, wakeIn, onError, clock } = options;
  let seenUntil = 0;
  const lane = openLane({
    work: async () => {
      const next = await nextDueDelivery(db, { workspaceId, after: new Date(seenUntil) });
      const inMs = next === null ? Number.POSITIVE_INFINITY : next.getTime() - clock.now();
      // The sweep finds later ones in time, so they do not keep the lane.
      if (inMs <= soonMs(sweepMs)) wakeIn(inMs + 1);
    },
    onError: (error) => onError(error, 'looking for the next delivery failed'),
    clock,
  });
  return {
    set: (lookedAt) => {
      seenUntil = lookedAt - AHEAD_MS;
      lane.wakeIn(LOOK_AFTER_MS);
    },
    isQuiet: lane.isQuiet,
    stop: lane.stop,
  };
}

/** What comes due before the sweep after the next one, however intervals are spread. */
export function soonMs(sweepMs: number): number {
  return 2 * sweepMs;
}
