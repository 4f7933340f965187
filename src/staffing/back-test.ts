// How wrong forecasts would have been: made as of past days, held against what came, beside simpler ways.
import type { Calendar } from '../contract/policy/calendar.ts';
import { countQuantiles } from './count-range.ts';
import { estimateDispersion, learn } from './forecast.ts';
import { type History, type Measured, readCells } from './history.ts';
import { readSpecialDays, type SpecialDays } from './special-days.ts';

/**
 * WAPE: all misses ÷ all arrivals, so that a half hour in which nobody came divides nothing, and busy
 * ones count for more, as they do for staffing. MASE: the mean miss ÷ that of last week's figures
 * within the weeks before (Hyndman and Koehler 2006); below 1 is better than these.
 */
export interface Errors {
  wape: number;
  /** null: last week’s figures missed nothing. */
  mase: number | null;
}

export interface BackTest {
  /** How many weeks were held out, each foretold from what was known before it. */
  weeks: number;
  halfHours: number;
  forecast: Errors;
  /** The same half hour of the week before. */
  naiveLastWeek: Errors;
  /** The mean of that half hour in the four weeks before. */
  fourWeeksMean: Errors;
  /** The share of half hours from p10 to p90; 0.8 and a little more is right, as counts are whole. */
  coverage: number;
}

/** Before the first week that is held out. */
const LEAST_DAYS_BEFORE = 28;

/** null: the history is shorter than five weeks, or nobody is known to have come in the last of them. */
export function backTest(
  history: History,
  { calendar, weeks }: { calendar: Calendar | null; weeks: number },
): BackTest | null {
  const { cells } = readCells(history, 0);
  const special = readSpecialDays(calendar);
  const [first = 0, until = 0] = [cells[0]?.day, (cells.at(-1)?.day ?? 0) + 1];
  const most = Math.min(weeks, Math.floor((until - first - LEAST_DAYS_BEFORE) / 7));
  if (most < 1) return null;
  const origins = Array.from({ length: most }, (_, nth) => until - 7 * (most - nth));
  const byPlace = new Map(cells.map((cell) => [placeOf(cell.day, cell.ofWeek), cell.arrivals]));
  const held = origins.flatMap((origin) => holdOut(cells, { origin, special, byPlace }));
  if (held.every(({ came }) => came === 0)) return null;
  const scale = meanMiss(cells, { before: origins[0] ?? until, byPlace });
  const errorsOf = (of: (one: Held) => number): Errors => {
    const missed = held.reduce((sum, one) => sum + Math.abs(one.came - of(one)), 0);
    const came = held.reduce((sum, one) => sum + one.came, 0);
    return { wape: missed / came, mase: scale > 0 ? missed / held.length / scale : null };
  };
  return {
    ...{ weeks: most, halfHours: held.length },
    forecast: errorsOf(({ mean }) => mean),
    naiveLastWeek: errorsOf(({ lastWeek }) => lastWeek),
    fourWeeksMean: errorsOf(({ fourWeeks }) => fourWeeks),
    coverage: held.filter(({ isCovered }) => isCovered).length / held.length,
  };
}

interface Held {
  came: number;
  mean: number;
  lastWeek: number;
  fourWeeks: number;
  isCovered: boolean;
}

type ByPlace = ReadonlyMap<number, number>;

/** One for each day and half hour by the clocks. Of a time that comes twice the second counts. */
const placeOf = (day: number, ofWeek: number) => day * 1000 + ofWeek;

function holdOut(
  cells: readonly Measured[],
  { origin, special, byPlace }: { origin: number; special: SpecialDays; byPlace: ByPlace },
): Held[] {
  const known = cells.filter(({ day }) => day < origin);
  const { meanOf } = learn(known, { until: origin, special });
  const dispersion = estimateDispersion(known, special);
  return cells
    .filter(({ day }) => day >= origin && day < origin + 7)
    .flatMap((cell) => {
      const before = [1, 2, 3, 4]
        .map((ago) => byPlace.get(placeOf(cell.day - 7 * ago, cell.ofWeek)))
        .filter((one) => one !== undefined);
      const lastWeek = byPlace.get(placeOf(cell.day - 7, cell.ofWeek));
      const mean = meanOf(cell);
      // All three are judged by the same half hours.
      if (lastWeek === undefined || mean === null) return [];
      const [p10 = 0, p90 = 0] = countQuantiles(mean, dispersion, [0.1, 0.9]);
      const fourWeeks = before.reduce((sum, one) => sum + one, 0) / before.length;
      const isCovered = cell.arrivals >= p10 && cell.arrivals <= p90;
      return [{ came: cell.arrivals, mean, lastWeek, fourWeeks, isCovered }];
    });
}

function meanMiss(
  cells: readonly Measured[],
  { before, byPlace }: { before: number; byPlace: ByPlace },
): number {
  const misses = cells.flatMap(({ day, ofWeek, arrivals }) => {
    const lastWeek = byPlace.get(placeOf(day - 7, ofWeek));
    return day >= before || lastWeek === undefined ? [] : [Math.abs(arrivals - lastWeek)];
  });
  return misses.reduce((sum, one) => sum + one, 0) / misses.length;
}
