// Where the scores of recent waits have lain: by them a range is made wider, narrower, longer or shorter. Pure.

/** How one wait came out, or how long it lasts by now. */
export interface Scored {
  score: number;
  /** Somebody was given it. false: it lasts, or was given up, so that its score is higher than this. */
  isServed: boolean;
}

/** The scores below which one, five and nine of ten waits stay. */
export interface WaitRecord {
  low: number;
  middle: number;
  high: number;
  /** How many of them are known to the end. */
  served: number;
}

/** With fewer that are known to the end, anything said would be a guess. */
export const LEAST_SERVED = 20;

/** So many of the newest waits are looked at, each as it was told of first. */
export const MOST_SCORED = 600;

/** A wait counts half as much as one that is so many newer. */
const HALF_AFTER = 300;

/**
 * How much the spread that theory expects counts beside the record: as this many of the newest waits.
 * This, the figure above and how many are looked at are fitted (bench/told-waits.ts).
 */
const THEORY = 30;

/** Nine scores of a standard normal variable that stand for it. */
const NORMAL = [-1.593, -0.967, -0.589, -0.282, 0, 0.282, 0.589, 0.967, 1.593];

/**
 * The product-limit estimate (Kaplan and Meier, 1958) with weights, the newest first. Those that
 * still wait count as well: when agents leave, nobody is served, and it is they who say so.
 */
export function judgeRecord(newestFirst: readonly Scored[]): WaitRecord | null {
  const served = newestFirst.filter(({ isServed }) => isServed).length;
  if (served < LEAST_SERVED) return null;
  const weighed = [
    ...newestFirst.map((one, nth) => ({ ...one, weight: 0.5 ** (nth / HALF_AFTER) })),
    ...NORMAL.map((score) => ({ score, isServed: true, weight: THEORY / NORMAL.length })),
  ].sort((a, b) => a.score - b.score || Number(b.isServed) - Number(a.isServed));
  return { ...readScores(weighed), served };
}

function readScores(weighed: readonly (Scored & { weight: number })[]) {
  let left = weighed.reduce((sum, { weight }) => sum + weight, 0);
  let survival = 1;
  const found: number[] = [];
  const wanted = [0.9, 0.5, 0.1];
  for (const { score, isServed, weight } of weighed) {
    if (isServed) survival *= 1 - weight / left;
    left = Math.max(0, left - weight);
    while (found.length < wanted.length && survival <= (wanted[found.length] as number)) {
      found.push(score);
    }
  }
  const last = weighed.at(-1)?.score ?? 0;
  const [low = last, middle = last, high = last] = found;
  return { low, middle, high };
}
