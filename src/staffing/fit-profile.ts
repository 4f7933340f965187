// The usual week of a centre and how much comes in each week, from half hours of which some are missing or odd.
import { A_WEEK } from './half-hours.ts';
import type { Measured } from './history.ts';

export interface Profile {
  /** Of each half hour of the week, its share of the week; null: never measured. */
  shares: readonly (number | null)[];
  /** What a whole week brings, by how many weeks ago it was: 1 is the last one. Weeks of which too little is known are absent. */
  levels: ReadonlyMap<number, number>;
  /** Days that brought far more or less than a usual one; nothing is learnt from them. */
  oddDays: readonly number[];
}

/** `isUsual`: of a day; nothing is learnt from others. `until`: the day after the last one. */
export function fitProfile(
  cells: readonly Measured[],
  { until, isUsual }: { until: number; isUsual(day: number): boolean },
): Profile {
  const recent = cells.filter(({ day }) => day >= until - 7 * MOST_WEEKS && isUsual(day));
  let usual = tame(recent.map((cell) => toAged(cell, until)));
  const most = Math.floor(new Set(usual.map(({ day }) => day)).size * MOST_ODD);
  const odd = new Set<number>();
  for (;;) {
    const fitted = fitWeeks(usual);
    const found = findOddDays(usual, fitted).slice(0, most - odd.size);
    if (found.length === 0) return { ...fitted, oddDays: [...odd] };
    for (const day of found) odd.add(day);
    usual = usual.filter(({ day }) => !odd.has(day));
  }
}

interface Aged extends Measured {
  /** How many weeks ago; 1 is the last seven days. */
  age: number;
}

type Fitted = Omit<Profile, 'oddDays'>;

function toAged(cell: Measured, until: number): Aged {
  return { ...cell, age: Math.ceil((until - cell.day) / 7) };
}

/** What is older counts for nothing any more. */
const MOST_WEEKS = 104;
const ROUNDS = 3;
/** In so many weeks what was learnt of the shape of a week counts half. */
const HALF_LIFE = 8;
/** A week of which less is known says nothing of its level. */
const LEAST_KNOWN = 0.2;

/** Shares and levels in turn, each as if the other were known: of counts, the likeliest are these ratios. */
function fitWeeks(cells: readonly Aged[]): Fitted {
  let levels = new Map<number, number>(cells.map(({ age }) => [age, 1]));
  let shares = sumShares(cells, levels);
  for (let round = 0; round < ROUNDS; round += 1) {
    levels = sumLevels(cells, shares);
    shares = sumShares(cells, levels);
  }
  return { shares, levels: sumLevels(cells, shares) };
}

function sumShares(cells: readonly Aged[], levels: ReadonlyMap<number, number>) {
  const came = new Float64Array(A_WEEK);
  const weighed = new Float64Array(A_WEEK);
  for (const { age, ofWeek, arrivals } of cells) {
    const level = levels.get(age);
    if (level === undefined) continue;
    const weight = 0.5 ** (age / HALF_LIFE);
    came[ofWeek] = (came[ofWeek] as number) + weight * arrivals;
    weighed[ofWeek] = (weighed[ofWeek] as number) + weight * level;
  }
  const rates = Array.from(came, (sum, place) =>
    (weighed[place] as number) > 0 ? sum / (weighed[place] as number) : null,
  );
  const whole = rates.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
  return rates.map((rate) => (rate === null || whole === 0 ? rate : rate / whole));
}

function sumLevels(cells: readonly Aged[], shares: readonly (number | null)[]) {
  const sums = new Map<number, { came: number; known: number }>();
  for (const { age, ofWeek, arrivals } of cells) {
    const sum = sums.get(age) ?? { came: 0, known: 0 };
    sums.set(age, sum);
    sum.came += arrivals;
    sum.known += shares[ofWeek] ?? 0;
  }
  return new Map(
    [...sums].flatMap(([age, { came, known }]): [number, number][] =>
      known < LEAST_KNOWN ? [] : [[age, came / known]],
    ),
  );
}

export function expectedOf(
  { age, ofWeek }: { age: number; ofWeek: number },
  { shares, levels }: Fitted,
): number {
  return (shares[ofWeek] ?? 0) * (levels.get(age) ?? 0);
}

/** A day that should bring less tells nothing by how much it brings. */
const LEAST_EXPECTED = 10;
/** Fewer days of a week do not say what the others should have brought. */
const LEAST_OF_WEEK = 4;
/** Half as many again, or two thirds, is what days do. */
const LEAST_ODD = Math.log(1.5);
const DEVIATIONS = 4;
/** More than these are no exceptions. */
const MOST_ODD = 0.1;

function findOddDays(cells: readonly Aged[], fitted: Fitted): number[] {
  const days = [...Map.groupBy(cells, ({ day }) => day)].flatMap(([day, its]) => {
    const came = its.reduce((sum, { arrivals }) => sum + arrivals, 0);
    const expected = its.reduce((sum, cell) => sum + expectedOf(cell, fitted), 0);
    if (expected < LEAST_EXPECTED) return [];
    const [{ age = 0 } = {}] = its;
    return [{ day, age, ratio: Math.log((came + 0.5) / (expected + 0.5)) }];
  });
  // An odd day raises or lowers its week's level, and so the ratios of the days around it.
  const ofWeek = [...Map.groupBy(days, ({ age }) => age).values()].flatMap((week) => {
    const middle = week.length < LEAST_OF_WEEK ? 0 : median(week.map(({ ratio }) => ratio));
    return week.map(({ day, ratio }) => ({ day, off: Math.abs(ratio - middle) }));
  });
  const limit = Math.max(LEAST_ODD, DEVIATIONS * 1.4826 * median(ofWeek.map(({ off }) => off)));
  const [largest = { off: 0 }] = ofWeek.toSorted((a, b) => b.off - a.off);
  // The oddest first: they bend what is expected of the days beside them.
  return ofWeek
    .filter(({ off }) => off > limit && off >= largest.off / 2)
    .sort((a, b) => b.off - a.off)
    .map(({ day }) => day);
}

/** One half hour of many times what is usual then counts as one of some times. */
function tame(cells: readonly Aged[]): Aged[] {
  const most = new Map(
    [...Map.groupBy(cells, ({ ofWeek }) => ofWeek)].map(([ofWeek, its]) => {
      const sorted = its.map(({ arrivals }) => arrivals).sort((a, b) => a - b);
      const high = sorted[Math.floor(sorted.length * 0.75)] ?? 0;
      return [ofWeek, high + 6 * Math.sqrt(high + high ** 2 / 4) + 3];
    }),
  );
  return cells.map((cell) => ({
    ...cell,
    arrivals: Math.min(cell.arrivals, most.get(cell.ofWeek) as number),
  }));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
