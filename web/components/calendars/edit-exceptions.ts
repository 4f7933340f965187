// Changes of the dated exceptions of a calendar, which always stand by date and time. Pure.
import type { DatedException } from '../../../src/contract/policy/calendar.ts';

type Exceptions = readonly DatedException[];

const DAY_MS = 86_400_000;

export const compareExceptions = (a: DatedException, b: DatedException): number =>
  compare(a.date, b.date) || compare(a.from ?? '', b.from ?? '');
const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

export function addException(exceptions: Exceptions, added: DatedException): DatedException[] {
  return [...exceptions, added].sort(compareExceptions);
}

export function changeException(
  exceptions: Exceptions,
  place: number,
  changed: DatedException,
): DatedException[] {
  return exceptions.map((one, at) => (at === place ? changed : one)).sort(compareExceptions);
}

export function removeException(exceptions: Exceptions, place: number): DatedException[] {
  return exceptions.filter((_one, at) => at !== place);
}

/** The first date from that one on which nothing special is said. */
export function nextFreeDate(exceptions: Exceptions, from: string): string {
  const taken = new Set(exceptions.map(({ date }) => date));
  let at = Date.parse(`${from}T00:00:00Z`);
  while (taken.has(isoDate(at))) at += DAY_MS;
  return isoDate(at);
}

export const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The dates of a month in weeks from Monday on; null: a day of its neighbours. */
export function listMonth(year: number, month: number): (string | null)[][] {
  const first = Date.UTC(year, month, 1);
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const before = (new Date(first).getUTCDay() + 6) % 7;
  const cells = [
    ...Array.from({ length: before }, () => null),
    ...Array.from({ length: count }, (_none, day) => isoDate(first + day * DAY_MS)),
  ];
  const weeks = Math.ceil(cells.length / 7);
  return Array.from({ length: weeks }, (_none, week) =>
    Array.from({ length: 7 }, (_nothing, day) => cells[week * 7 + day] ?? null),
  );
}

/** Some days away, for the keys that walk through the year. */
export function addDays(date: string, days: number): string {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
}
