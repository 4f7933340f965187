// Days that a calendar names: which they are, and how much comes on them beside a usual day.
import type { Calendar } from '../contract/policy/calendar.ts';
import { DAY, readDate, readSpan, type Span } from '../routing/calendars/spans-of-day.ts';
import { median } from './fit-profile.ts';
import { A_DAY, HALF_HOUR, type HalfHour } from './half-hours.ts';

/** By day. Without spans it is closed. */
export type SpecialDays = ReadonlyMap<number, readonly Span[]>;

export function readSpecialDays(calendar: Calendar | null): SpecialDays {
  const days = new Map<number, Span[]>();
  for (const { date, from, to } of calendar?.exceptions ?? []) {
    const day = readDate(date);
    if (day === null) continue;
    const spans = days.get(day) ?? [];
    days.set(day, spans);
    if (from !== undefined && to !== undefined) spans.push(readSpan({ from, to }));
  }
  return days;
}

interface Expected extends HalfHour {
  arrivals: number;
  /** On a usual day. */
  expected: number;
}

/** What comes in a half hour of a special day, beside what would on a usual one. */
export type FactorOf = (halfHour: HalfHour) => number;

/** A day that should have brought less says too little of itself. */
const LEAST_EXPECTED = 10;

/** One open special day says little of another; one closed day says much. */
const LEAST_DAYS = { open: 3, closed: 1 };

/**
 * Learnt from special days that are over. A date of which a year before is known goes by that;
 * another by the middle of all special days, in their open hours or in their closed ones. Where too
 * few are known, nobody comes while it is closed, and as many as ever while it is open.
 */
export function learnFactors(past: readonly Expected[], days: SpecialDays): FactorOf {
  const isOpen = (halfHour: HalfHour) => isWithin(halfHour, days.get(halfHour.day) ?? []);
  const keyOf = (halfHour: HalfHour) => `${dateOfYear(halfHour.day)} ${isOpen(halfHour)}`;
  const special = past.filter(({ day }) => days.has(day));
  const byDate = Map.groupBy(special, keyOf);
  const all = { open: middleOf(special.filter(isOpen), LEAST_DAYS.open) ?? 1, closed: 0 };
  all.closed =
    middleOf(
      special.filter((one) => !isOpen(one)),
      LEAST_DAYS.closed,
    ) ?? 0;
  const known = new Map<string, number>();
  return (halfHour) => {
    const key = keyOf(halfHour);
    const usual = isOpen(halfHour) ? all.open : all.closed;
    const factor = known.get(key) ?? ratioOf(byDate.get(key) ?? []) ?? usual;
    known.set(key, factor);
    return factor;
  };
}

/** Of so many days at least. */
function middleOf(cells: readonly Expected[], least: number): number | null {
  const ratios = [...Map.groupBy(cells, ({ day }) => day).values()]
    .map(ratioOf)
    .filter((ratio) => ratio !== null);
  return ratios.length < least ? null : median(ratios);
}

function ratioOf(cells: readonly Expected[]): number | null {
  const expected = cells.reduce((sum, cell) => sum + cell.expected, 0);
  if (expected < LEAST_EXPECTED) return null;
  return cells.reduce((sum, cell) => sum + cell.arrivals, 0) / expected;
}

/** By what the clocks show. Spans that run into the next day end at midnight here. */
function isWithin({ ofWeek }: HalfHour, spans: readonly Span[]): boolean {
  const at = (ofWeek % A_DAY) * HALF_HOUR;
  return spans.some(({ from, to }) => at + HALF_HOUR > from && at < to);
}

function dateOfYear(day: number): string {
  return new Date(day * DAY).toISOString().slice(5, 10);
}
