// How many were transferred, how long they waited for the next agent, and what else came of it.
import type { TransfersResult } from '../contract/scenario.ts';
import { meanOf, quantile, share } from './figures.ts';

/** Of those that count. */
export interface TransferCounts {
  /** How many agents had one for the first time, and how many of these were transferred at least once. */
  served: number;
  transferred: number;
  made: number;
  left: number;
  /** Seconds until the next agent had it. */
  waits: number[];
}

export const noTransfers = (): TransferCounts => ({
  ...{ served: 0, transferred: 0, made: 0, left: 0 },
  waits: [],
});

/** Of all of them together. */
export function sumTransfers(counts: readonly TransferCounts[]): TransfersResult {
  const sum = (of: (one: TransferCounts) => number) => {
    return counts.reduce((total, one) => total + of(one), 0);
  };
  const waits = Float64Array.from(counts.flatMap((one) => one.waits)).sort();
  const [made, left] = [sum((one) => one.made), sum((one) => one.left)];
  return {
    made,
    share: share(
      sum(({ transferred }) => transferred),
      sum(({ served }) => served),
    ),
    meanWait: meanOf(waits),
    p95: quantile(waits, 0.95),
    leftShare: share(left, made),
    unservedShare: share(made - left - waits.length, made),
  };
}
