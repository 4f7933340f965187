// The queues' figures of all workspaces, for the metrics.
import type { Pool } from 'pg';
import { readQueueFigures } from '../store/queue-figures.ts';
import { listWorkspaceIds } from '../store/workspaces.ts';

/** One workspace whose figures cannot be read does not hide those of the others. */
export async function readAllFigures(db: Pool) {
  const ids = await listWorkspaceIds(db);
  const read = await Promise.allSettled(
    ids.map(async (workspaceId) => ({
      workspaceId,
      figures: await readQueueFigures(db, workspaceId),
    })),
  );
  return read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
