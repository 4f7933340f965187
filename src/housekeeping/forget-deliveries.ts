// Deletes deliveries that ended long ago, so that the log does not grow for ever.
import type { Pool } from 'pg';
import type { Chore } from '../loops/every-workspace.ts';
import { purgeDeliveries } from '../store/delivery-log.ts';

/**
 * Several nodes may run it, but each workspace is one node's at a time. A turn continues where the
 * last one ended.
 */
export function forgetDeliveries({ db, days }: { db: Pool; days: number }): Chore['act'] {
  const reached = new Map<string, number>();
  return async (workspaceId, goesOn) => {
    while (goesOn()) {
      const afterId = reached.get(workspaceId) ?? 0;
      const { lastId, more } = await purgeDeliveries(db, { workspaceId, afterId, days });
      reached.delete(workspaceId);
      if (lastId === null || !more) return false;
      reached.set(workspaceId, lastId);
    }
    return true;
  };
}
