// Writes how attempts ended, those that end about the same time together, and does not give up at once.
import type { Pool } from 'pg';
import { finishDeliveries } from '../store/deliveries.ts';
import { makeGather } from '../store/gather.ts';
import type { Attempt, Ended } from './attempt-once.ts';

export interface RecordOptions {
  db: Pool;
  nodeId: number;
  onAttempts: (workspaceId: string, attempts: readonly Attempt[]) => Promise<void>;
  onError: (error: unknown, what: string) => void;
}

// Together less than the lease.
const AGAIN_AFTER_MS = [200, 800, 2000, 4000];

/** An end that is not written leaves its conversation waiting for the lease to pass, and is sent again. */
export function recordEnds(options: RecordOptions): (end: Ended) => Promise<void> {
  const gather = makeGather();
  return async (end) => {
    const { workspaceId } = end.attempt.delivery;
    const write = () => gather(workspaceId, end, (ends: Ended[]) => record(options, ends));
    for (const ms of AGAIN_AFTER_MS) {
      const written = await write().then(
        () => true,
        () => false,
      );
      if (written) return;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
    await write();
  };
}

/** All of one workspace. Answers as many as it was given. */
async function record(options: RecordOptions, ends: Ended[]): Promise<undefined[]> {
  const { db, nodeId, onAttempts, onError } = options;
  const workspaceId = ends[0]?.attempt.delivery.workspaceId ?? '';
  const finishes = ends.map(({ finish }) => finish);
  const ours = await finishDeliveries(db, { workspaceId, nodeId }, finishes);
  const attempts = ends
    .map(({ attempt }) => attempt)
    .filter(({ delivery }) => ours.has(delivery.deliveryId));
  // They are written: what fails from here on is no reason to write them again.
  await onAttempts(workspaceId, attempts).catch((error: unknown) =>
    onError(error, 'noting attempts failed'),
  );
  return ends.map(() => undefined);
}
