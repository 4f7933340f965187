// Which spans begin on a date: those of its exceptions, otherwise those of its weekday.
import type { Calendar, DatedException } from '../../contract/policy/calendar.ts';
import { type Weekday, weekdays } from '../../contract/policy/weekdays.ts';

export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;

/** In milliseconds of the clock from the midnight with which the date begins. */
export interface Span {
  from: number;
  to: number;
}

/** Hours as they are written. An end that is not later than the beginning is one of the next day. */
export function readSpan({ from, to }: { from: string; to: string }): Span {
  const begin = readTime(from);
  const end = readTime(to);
  return { from: begin, to: end > begin ? end : end + DAY };
}

function readTime(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE;
}

/** The number of days from 1 January 1970 to a date as 2026-12-25; null: there is no such date. */
export function readDate(text: string): number | null {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) return null;
  return at / DAY;
}

/** The weekday of the date that is so many days after 1 January 1970, which was a Thursday. */
export function weekdayOf(day: number): Weekday {
  const place = (((day + 3) % 7) + 7) % 7;
  return weekdays[place] as Weekday;
}

/** Asked with the number of days from 1 January 1970 to the date. */
export function readSpansOfDay(calendar: Calendar): (day: number) => readonly Span[] {
  const weekly = new Map<Weekday, Span[]>(weekdays.map((weekday) => [weekday, []]));
  for (const span of calendar.weekly) {
    for (const weekday of span.days) weekly.get(weekday)?.push(readSpan(span));
  }
  const dated = readExceptions(calendar.exceptions ?? []);
  return (day) => dated.get(day) ?? weekly.get(weekdayOf(day)) ?? [];
}

function readExceptions(exceptions: readonly DatedException[]): Map<number, Span[]> {
  const dated = new Map<number, Span[]>();
  for (const { date, from, to } of exceptions) {
    const day = readDate(date);
    if (day === null) continue;
    const spans = dated.get(day) ?? [];
    dated.set(day, spans);
    if (from !== undefined && to !== undefined) spans.push(readSpan({ from, to }));
  }
  return dated;
}
