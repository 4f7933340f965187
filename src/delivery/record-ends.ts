// Records how attempts ended, several at a time, and tries again when the database fails.
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import { finishDeliveries } from '../store/finish-deliveries.ts';
import { makeGather } from '../store/gather.ts';
import type { Attempt, Ended } from './attempt-once.ts';

export interface RecordOptions {
  db: Pool;
  clock: Clock;
  onAttempts: (workspaceId: string, attempts: readonly Attempt[]) => Promise<void>;
  onError: (error: unknown, what: string) => void;
}

const AGAIN_AFTER_MS = [200, 800, 2000, 4000];

/** Rejects when an end could not be written after several tries. */
export function recordEnds(options: RecordOptions): (end: Ended) => Promise<void> {
  const write = (end: Ended): Promise<void> => {
    const { workspaceId, claimId } = end.attempt.delivery;
    return record(options, { workspaceId, claimId }, end);
  };
  const again = async (end: Ended): Promise<void> => {
    for (const ms of AGAIN_AFTER_MS) {
      await new Promise<void>((go) => options.clock.after(ms, go));
      const written = await write(end).then(
        () => true,
        () => false,
      );
      if (written) return;
    }
    await write(end);
  };
  return (end) => write(end).catch(() => again(end));
}

/** All of one claim. Answers one value for each. */
const record = makeGather(
  async (
    { db, onAttempts, onError }: RecordOptions,
    claim: { workspaceId: string; claimId: number },
    ends: Ended[],
  ): Promise<undefined[]> => {
    const finishes = ends.map(({ finish }) => finish);
    const ours = await finishDeliveries(db, claim, finishes);
    const attempts = ends
      .map(({ attempt }) => attempt)
      .filter(({ delivery }) => ours.has(delivery.deliveryId));
    // They are written: a later failure is no reason to write them again.
    await onAttempts(claim.workspaceId, attempts).catch((error: unknown) =>
      onError(error, 'noting attempts failed'),
    );
    return ends.map(() => undefined);
  },
);
