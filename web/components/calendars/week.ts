// The spans of a week as they are drawn and edited, each on its day; and the hours of a calendar from them. Pure.
import type { WeeklySpan } from '../../../src/contract/policy/calendar.ts';
import { weekdays } from '../../../src/contract/policy/weekdays.ts';

export const DAY = 1440;

/** In minutes of the clock since the midnight of its day; `to` above a day: it ends on the next. */
export interface Span {
  /** 0: Monday. */
  day: number;
  from: number;
  to: number;
}

/** By day, then by time. */
export function listSpans(weekly: readonly WeeklySpan[]): Span[] {
  const spans = weekly.flatMap(({ days, from, to }) =>
    days.map((day) => ({ day: weekdays.indexOf(day), ...readHours({ from, to }) })),
  );
  return spans.sort(inOrder);
}

/** Those of equal hours stand together with all their days. */
export function writeWeekly(spans: readonly Span[]): WeeklySpan[] {
  const grouped = Map.groupBy(spans.toSorted(inOrder), ({ from, to }) => `${from} ${to}`);
  return [...grouped.values()].map((alike) => {
    const [{ from, to }] = alike as [Span, ...Span[]];
    const days = new Set(alike.map(({ day }) => day));
    return {
      days: weekdays.filter((_name, day) => days.has(day)),
      ...writeHours({ from, to }),
    };
  });
}

const inOrder = (a: Span, b: Span) => a.day - b.day || a.from - b.from || a.to - b.to;

/** An end that is not later than the beginning is one of the next day. */
export function readHours({ from, to }: { from: string; to: string }): Omit<Span, 'day'> {
  const begin = readClock(from);
  const end = readClock(to);
  return { from: begin, to: end > begin ? end : end + DAY };
}

export function writeHours({ from, to }: Omit<Span, 'day'>): { from: string; to: string } {
  return { from: writeClock(from), to: writeClock(to > DAY ? to - DAY : to) };
}

export function readClock(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** 1440 is 24:00. */
export function writeClock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Its other hours as they are; both ends stay where a calendar can say them. */
export function moveEnd(span: Span, end: 'from' | 'to', minutes: number): Span {
  if (end === 'from') {
    return {
      ...span,
      from: clamp(minutes, Math.max(0, span.to - DAY), Math.min(span.to, DAY) - 1),
    };
  }
  return { ...span, to: clamp(minutes, span.from + 1, span.from + DAY) };
}

/** As long as it was, beginning within its new day. */
export function moveSpan(span: Span, { day, from }: { day: number; from: number }): Span {
  const begin = clamp(from, 0, DAY - 1);
  return { day: clamp(day, 0, 6), from: begin, to: begin + span.to - span.from };
}

export function copyDay(spans: readonly Span[], from: number, to: readonly number[]): Span[] {
  const others = to.filter((day) => day !== from);
  const kept = spans.filter(({ day }) => !others.includes(day));
  const source = spans.filter(({ day }) => day === from);
  return [...kept, ...others.flatMap((day) => source.map((span) => ({ ...span, day })))];
}

/** What stands in the row of a day: its own spans up to midnight, and what the night before reaches into it. */
export interface Piece {
  span: Span;
  /** Of this row, in minutes. */
  from: number;
  to: number;
  /** It began the day before. */
  isRest: boolean;
}

export function listPieces(spans: readonly Span[], day: number): Piece[] {
  const before = (day + 6) % 7;
  const own = spans
    .filter((span) => span.day === day)
    .map((span) => ({ span, from: span.from, to: Math.min(span.to, DAY), isRest: false }));
  const rests = spans
    .filter((span) => span.day === before && span.to > DAY)
    .map((span) => ({ span, from: 0, to: span.to - DAY, isRest: true }));
  return [...rests, ...own];
}

export const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, most));
