// How much a week to come brings, from what past weeks brought.
import { median } from './fit-profile.ts';

/** Of so many weeks the trend is taken, if there are at least `LEAST`. */
const TREND_WEEKS = 12;
const LEAST = 6;
/** The level is the middle of so many. */
const LEVEL_WEEKS = 4;
/** A trend goes on a little less each week (Gardner and McKenzie 1985). */
const DAMPING = 0.85;

/**
 * `levels`: by how many weeks ago. The answer is asked with 1 for the first week to come. The slope is
 * that of Theil and Sen, the middle of all pairs, so that a few odd weeks do not turn it.
 */
export function projectLevel(levels: ReadonlyMap<number, number>): (week: number) => number {
  const recent = [...levels]
    .filter(([, level]) => level > 0)
    .sort(([a], [b]) => a - b)
    .slice(0, TREND_WEEKS)
    .map(([age, level]) => ({ age, log: Math.log(level) }));
  if (recent.length === 0) return () => 0;
  const slope = recent.length < LEAST ? 0 : DAMPING * findSlope(recent);
  const last = recent.slice(0, LEVEL_WEEKS);
  const base = median(last.map(({ age, log }) => log + slope * age));
  return (week) => {
    let ahead = 0;
    for (let nth = 1; nth < week; nth += 1) ahead += DAMPING ** nth;
    return Math.exp(base + slope * ahead);
  };
}

function findSlope(weeks: readonly { age: number; log: number }[]): number {
  const slopes = weeks.flatMap((one, place) =>
    weeks.slice(place + 1).map((other) => (one.log - other.log) / (other.age - one.age)),
  );
  return median(slopes);
}
