// Made-up arrivals whose truth is known: a week’s shape, a growth, days that differ, and chance.

import { makeStreams, type Stream } from '../../src/simulation/random.ts';
import { type HalfHour, makeZoneTime } from '../../src/staffing/half-hours.ts';
import type { History } from '../../src/staffing/history.ts';

export interface Truth {
  timeZone?: string;
  /** As 2025-03-31, by the clocks of the zone. */
  firstDate?: string;
  days: number;
  /** The expected arrivals of a half hour. `nth`: the day, from 0. */
  meanOf(halfHour: HalfHour, nth: number): number;
  /** The variance is mean + dispersion × mean². */
  dispersion?: number;
  seed?: number;
}

export function makeArrivals(truth: Truth): History {
  const { timeZone = 'UTC', firstDate = '2025-01-06', days, meanOf, dispersion = 0 } = truth;
  const from = Date.parse(`${firstDate}T00:00:00Z`);
  const firstDay = from / 86_400_000;
  const time = makeZoneTime(timeZone, { from, until: from + days * 86_400_000 });
  const stream = makeStreams(truth.seed ?? 1)();
  const arrivals = time.list(firstDay, days).map((halfHour): [number, number] => {
    const mean = meanOf(halfHour, halfHour.day - firstDay);
    const spread = dispersion === 0 ? 1 : drawGamma(1 / dispersion, stream);
    return [halfHour.at, drawPoisson(mean * spread, stream)];
  });
  return { timeZone, arrivals: new Map(arrivals) };
}

/** More by day, less at night, half on Saturdays and Sundays. */
export function usualMean({ ofWeek }: HalfHour): number {
  const [day, ofDay] = [Math.floor(ofWeek / 48), ofWeek % 48];
  const hour = ofDay / 2;
  return (day > 4 ? 0.5 : 1) * (hour < 8 || hour >= 20 ? 2 : 30 + 10 * Math.sin(hour));
}

/** Exactly as expected, without chance. */
export function makeExact(truth: Omit<Truth, 'dispersion' | 'seed'>): History {
  const { timeZone = 'UTC', firstDate = '2025-01-06', days, meanOf } = truth;
  const from = Date.parse(`${firstDate}T00:00:00Z`);
  const firstDay = from / 86_400_000;
  const time = makeZoneTime(timeZone, { from, until: from + days * 86_400_000 });
  const arrivals = time
    .list(firstDay, days)
    .map((one): [number, number] => [one.at, meanOf(one, one.day - firstDay)]);
  return { timeZone, arrivals: new Map(arrivals) };
}

function drawPoisson(mean: number, stream: Stream): number {
  let [count, left] = [0, mean + Math.log1p(-stream())];
  while (left > 0) {
    count += 1;
    left += Math.log1p(-stream());
  }
  return count;
}

/** Of mean 1; the shape is taken as a whole number. */
function drawGamma(shape: number, stream: Stream): number {
  let sum = 0;
  for (let nth = 0; nth < Math.round(shape); nth += 1) sum -= Math.log1p(-stream());
  return sum / Math.round(shape);
}
