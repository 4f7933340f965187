// Forgets deliveries that are long over, so that the log does not grow for ever.
import type { Pool } from 'pg';
import { purgeDeliveries } from '../store/delivery-log.ts';
import { everyWorkspace } from '../store/every-workspace.ts';

const HOUR_MS = 3_600_000;

export interface PurgeOptions {
  db: Pool;
  /** How long what is over, or held, is kept. */
  days: number;
  onError: (error: unknown, what: string) => void;
}

/** Every hour, and at once; any number of nodes may, but each workspace is one node's at a time. */
export function purgeLog(options: PurgeOptions): { stop(): Promise<void> } {
  const { db, days, onError } = options;
  return everyWorkspace(
    { db, sweepMs: HOUR_MS, onError },
    {
      'purging the deliveries': (workspaceId, goesOn) =>
        purgeWorkspace({ db, workspaceId, days, goesOn }),
    },
  );
}

/** Answers how many went. */
export async function purgeWorkspace(args: {
  db: Pool;
  workspaceId: string;
  days: number;
  goesOn?: () => boolean;
}): Promise<number> {
  const { db, workspaceId, days, goesOn = () => true } = args;
  let total = 0;
  let afterId = 0;
  while (goesOn()) {
    const { purged, lastId, more } = await purgeDeliveries(db, { workspaceId, afterId, days });
    total += purged;
    if (lastId === null || !more) break;
    afterId = lastId;
  }
  return total;
}
