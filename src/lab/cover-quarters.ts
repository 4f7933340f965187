// The quarters of an hour of a day or a week, which come again and again in a simulation: how much of each a span has. Pure.
import type { ArrivalProfile } from '../contract/scenario.ts';

/** Seconds. Whole hours would let people come after the last agent went home. */
export const QUARTER = 900;
const QUARTER_MS = QUARTER * 1000;
const A_DAY = 96;
const A_WEEK = 7 * A_DAY;
/** The first Monday of 1970, at midnight UTC: a simulation begins on one. */
const MONDAY_MS = 4 * A_DAY * QUARTER_MS;

/** Milliseconds since 1970. */
export interface Stretch {
  since: number;
  till: number;
}

/** By quarter of an hour: milliseconds. */
export type Quarters = readonly number[];

/**
 * Of a week from seven days on; of a day from one on. null: the span is shorter, and says nothing of
 * what comes again.
 */
export function coverQuarters(span: Stretch): Quarters | null {
  const quarters = (span.till - span.since) / QUARTER_MS;
  if (quarters < A_DAY) return null;
  return sumByQuarter([span], quarters < A_WEEK ? A_DAY : A_WEEK);
}

/** `count`: of a day or a week. */
export function sumByQuarter(stretches: readonly Stretch[], count: number): number[] {
  const sums = Array.from({ length: count }, () => 0);
  for (const { since, till } of stretches) {
    for (let at = since; at < till; ) {
      const nth = Math.floor((at - MONDAY_MS) / QUARTER_MS);
      const ends = Math.min(till, MONDAY_MS + (nth + 1) * QUARTER_MS);
      const quarter = ((nth % count) + count) % count;
      sums[quarter] = (sums[quarter] as number) + ends - at;
      at = ends;
    }
  }
  return sums;
}

/** `cameIn`: the quarters of some of those who came; `arrived`: how many came. */
export function writeProfile(
  cameIn: readonly number[],
  { arrived, covered }: { arrived: number; covered: Quarters },
): ArrivalProfile {
  const counts = covered.map(() => 0);
  for (const quarter of cameIn) counts[quarter] = (counts[quarter] as number) + 1;
  const each = arrived / Math.max(1, cameIn.length);
  return {
    every: QUARTER,
    rates: counts.map((count, quarter) => {
      const seconds = (covered[quarter] as number) / 1000;
      // What lies outside of the span brings nobody.
      return seconds === 0 ? 0 : (count * each) / seconds;
    }),
  };
}

export const isOfADay = (quarters: readonly number[]): boolean => quarters.length === A_DAY;
