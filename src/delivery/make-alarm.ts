// Wakes a lane when its next retry comes due.
import type { Pool } from 'pg';
import { nextDueDelivery } from '../store/deliveries.ts';

export interface Alarm {
  /** Looks a little later when that will be; often called, seldom looking. */
  set(): void;
  stop(): void;
}

// Retries are seconds away, and a busy lane looks all the time.
const LOOK_AFTER_MS = 50;

export function makeAlarm(options: {
  db: Pool;
  workspaceId: string;
  /** Later than this the sweep is there first. */
  sweepMs: number;
  wake: () => void;
  onError: (error: unknown, what: string) => void;
}): Alarm {
  const { db, workspaceId, sweepMs, wake, onError } = options;
  let look: NodeJS.Timeout | undefined;
  let ring: NodeJS.Timeout | undefined;
  let stopped = false;
  const find = async (): Promise<void> => {
    const next = await nextDueDelivery(db, workspaceId);
    clearTimeout(ring);
    if (next === null || stopped) return;
    ring = setTimeout(wake, Math.min(Math.max(next.getTime() - Date.now(), 0) + 1, sweepMs));
  };
  return {
    set: () => {
      if (stopped || look !== undefined) return;
      look = setTimeout(() => {
        look = undefined;
        find().catch((error: unknown) => onError(error, 'looking for the next delivery failed'));
      }, LOOK_AFTER_MS);
    },
    stop: () => {
      stopped = true;
      clearTimeout(look);
      clearTimeout(ring);
    },
  };
}
