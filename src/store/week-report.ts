// What each hour of the week brings, by the clocks of a zone: how many come, and how long they wait.
import type { Pool } from 'pg';
import { hourOfWeek, localQuarters, QUARTER_MS } from './local-quarters.ts';
import { quartersOf, type ReportSpan, readTally } from './read-tally.ts';
import { counted } from './report-portion.ts';

export interface WeekRow {
  /** 0: Monday, midnight … 167: Sunday, 23 o'clock. */
  hourOfWeek: number;
  /** How much of the span it is. */
  hours: number;
  opened: number;
  waits: number;
  waitSecondsP50: number | null;
}

/** In no order; hours that the span does not touch are left out. */
export async function readWeek(pool: Pool, span: ReportSpan): Promise<WeekRow[]> {
  const tally = await readTally(pool, { by: 'hourOfWeek', need: 'week' }, span);
  const waits = tally.timesOf('waits');
  return [...hoursOf(span)].map(([hour, ms]) => {
    const key = String(hour);
    const [p50 = null] = waits.marks([0.5], key) ?? [];
    return {
      hourOfWeek: hour,
      hours: ms / 3_600_000,
      opened: tally.counts.get(key)?.[counted.indexOf('opened')] ?? 0,
      waits: waits.count(key),
      waitSecondsP50: p50,
    };
  });
}

/** By hour of the week, how many milliseconds of the span it is. */
function hoursOf(span: ReportSpan): Map<number, number> {
  const { first, end } = quartersOf(span);
  const hours = new Map<number, number>();
  for (const [nth, local] of localQuarters(span.timeZone, { first, end }).entries()) {
    const begin = Math.max((first + nth) * QUARTER_MS, span.from.getTime());
    const until = Math.min((first + nth + 1) * QUARTER_MS, span.to.getTime());
    const hour = hourOfWeek(local);
    hours.set(hour, (hours.get(hour) ?? 0) + until - begin);
  }
  return hours;
}
