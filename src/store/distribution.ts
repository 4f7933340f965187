// How times spread: percentiles of a span and of its days, and how many took how long.
import type { Pool } from 'pg';
import { type ReportSpan, readTally } from './read-tally.ts';
import type { Measured } from './report-facts.ts';

export type { Measured } from './report-facts.ts';

export interface DistributionRow {
  /** A day, the number of a bucket, or `total`. */
  kind: 'day' | 'bucket' | 'total';
  key: string;
  count: number;
  /** The median, the 90th and the 95th percentile; null: of a bucket, and of nothing. */
  marks: number[] | null;
}

const SHARES = [0.5, 0.9, 0.95];

/** In no order. `edges`: bucket 0 is below the first, bucket n from the nth on. */
export async function readDistribution(
  pool: Pool,
  { figure, edges }: { figure: Measured; edges: readonly number[] },
  span: ReportSpan,
): Promise<DistributionRow[]> {
  const tally = await readTally(pool, { by: 'day', need: figure }, span);
  const times = tally.timesOf(figure);
  const days = [...tally.counts.keys()].map((key): DistributionRow => {
    return { kind: 'day', key, count: times.count(key), marks: times.marks(SHARES, key) };
  });
  const buckets = times.spread(edges).map((count, nth): DistributionRow => {
    return { kind: 'bucket', key: String(nth), count, marks: null };
  });
  return [
    { kind: 'total', key: 'total', count: times.count(), marks: times.marks(SHARES) },
    ...[...days, ...buckets].filter(({ count }) => count > 0),
  ];
}
