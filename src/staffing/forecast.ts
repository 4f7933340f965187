// Foretells how many come in each half hour: the usual week × its level with a trend, special days, and a range.
import type { Calendar } from '../contract/policy/calendar.ts';
import type { Instant } from '../routing/types.ts';
import { countQuantiles } from './count-range.ts';
import { expectedOf, fitProfile } from './fit-profile.ts';
import type { HalfHour } from './half-hours.ts';
import { type History, type Measured, readCells } from './history.ts';
import { projectLevel } from './project-level.ts';
import { learnFactors, readSpecialDays, type SpecialDays } from './special-days.ts';

export interface ForetoldHalfHour {
  at: Instant;
  /** Expected; null: this half hour of the week was never measured. */
  mean: number | null;
  /** In eight of ten such half hours between these two. */
  p10: number;
  p90: number;
  /** The calendar has hours of its own for that day. */
  isSpecial: boolean;
}

export interface Forecast {
  halfHours: ForetoldHalfHour[];
  /** The variance is mean + dispersion × mean²; 0: as chance alone has it (Poisson). */
  dispersion: number;
  /** How much a week grows, as the last weeks have it: 0.01 is a hundredth more each week. */
  trend: number;
  /** When days began from which nothing is learnt: they are far from what such a day brings. */
  oddDays: Instant[];
}

/** Weeks begin on the day after the last one of the history. */
export function forecast(
  history: History,
  { calendar, weeks }: { calendar: Calendar | null; weeks: number },
): Forecast {
  const { cells, time } = readCells(history, weeks);
  const special = readSpecialDays(calendar);
  const until = (cells.at(-1)?.day ?? 0) + 1;
  const model = learn(cells, { until, special });
  const dispersion = estimateDispersion(cells, special);
  const halfHours = time.list(until, 7 * weeks).map((halfHour): ForetoldHalfHour => {
    const mean = model.meanOf(halfHour);
    const [p10 = 0, p90 = 0] = countQuantiles(mean ?? 0, dispersion, [0.1, 0.9]);
    return { at: halfHour.at, mean, p10, p90, isSpecial: special.has(halfHour.day) };
  });
  const oddDays = model.oddDays.toSorted((a, b) => a - b).map(time.beginOf);
  return { halfHours, dispersion, trend: model.trend, oddDays };
}

export interface Learnt {
  meanOf(halfHour: HalfHour): number | null;
  trend: number;
  oddDays: readonly number[];
}

/** `until`: the first day to come; whatever is known of it and later ones is passed over. */
export function learn(
  cells: readonly Measured[],
  { until, special }: { until: number; special: SpecialDays },
): Learnt {
  const known = cells.filter(({ day }) => day < until);
  const profile = fitProfile(known, { until, isUsual: (day) => !special.has(day) });
  const levelIn = projectLevel(profile.levels);
  const ageOf = ({ day }: HalfHour) => Math.ceil((until - day) / 7);
  const past = known
    .filter(({ day }) => special.has(day))
    .map((cell) => ({ ...cell, expected: expectedOf({ ...cell, age: ageOf(cell) }, profile) }));
  const factorOf = learnFactors(past, special);
  return {
    meanOf: (halfHour) => {
      const share = profile.shares[halfHour.ofWeek] ?? null;
      if (share === null) return null;
      const usual = share * levelIn(Math.floor((halfHour.day - until) / 7) + 1);
      return special.has(halfHour.day) ? usual * factorOf(halfHour) : usual;
    },
    trend: levelIn(2) / levelIn(1) - 1 || 0,
    oddDays: profile.oddDays,
  };
}

const ORIGINS = 6;
const LEAST_DAYS = 21;

/**
 * From what was wrong with forecasts of the last weeks, made as they would have been then, so that it
 * has both how days differ and how wrong a level is. Of the moments of the negative binomial:
 * (y − m)² is m + dispersion × m² on average.
 */
export function estimateDispersion(cells: readonly Measured[], special: SpecialDays): number {
  const [first = 0, until = 0] = [cells[0]?.day, (cells.at(-1)?.day ?? 0) + 1];
  const oddNow = learn(cells, { until, special }).oddDays;
  let [beyond, squares] = [0, 0];
  for (let nth = 1; nth <= ORIGINS; nth += 1) {
    const origin = until - 7 * nth;
    if (nth > 1 && origin - first < LEAST_DAYS) break;
    const { meanOf, oddDays } = learn(cells, { until: origin, special });
    const odd = new Set([...oddDays, ...oddNow]);
    for (const cell of cells) {
      const isHeld = cell.day >= origin && cell.day < origin + 7;
      if (!isHeld || special.has(cell.day) || odd.has(cell.day)) continue;
      const mean = meanOf(cell) ?? 0;
      beyond += Math.min((cell.arrivals - mean) ** 2, mostSquare(mean)) - mean;
      squares += mean ** 2;
    }
  }
  return squares === 0 ? 0 : Math.max(0, beyond / squares);
}

/** One half hour that went quite wrong says nothing of the others. */
function mostSquare(mean: number): number {
  return 36 * (mean + mean ** 2 / 4) + 9;
}
