// Whether a calendar is open, what comes next, and when the clocks of its zone change: by the functions that the router calls. Pure.
import type { Calendar } from '../../../src/contract/policy/calendar.ts';
import { compileCalendar, HORIZON } from '../../../src/routing/calendars/compile-calendar.ts';
import { readStretches } from '../../../src/routing/calendars/zone-time.ts';

export interface Opening {
  open: boolean;
  /** When that ends; null: not within a year. */
  changesAt: number | null;
  /** What the clocks show, as if it were UTC. */
  reading: number;
  clockChange: ClockChange | null;
}

export interface ClockChange {
  at: number;
  /** What the clocks show just then, before they are changed, as if it were UTC. */
  reading: number;
  /** Below zero: they go back. */
  byMs: number;
}

/** null: of a draft whose zone or dates are none. */
export function readOpening(calendar: Calendar, now: number): Opening | null {
  try {
    const hours = compileCalendar(calendar);
    const [here, next] = readStretches(calendar.timeZone, now, now + HORIZON);
    if (here === undefined) return null;
    return {
      open: hours.isOpen(now),
      changesAt: hours.nextChange(now),
      reading: now + here.aheadMs,
      clockChange: next === undefined ? null : toChange(here, next),
    };
  } catch {
    return null;
  }
}

function toChange(
  here: { until: number; aheadMs: number },
  next: { aheadMs: number },
): ClockChange {
  const { until: at, aheadMs } = here;
  return { at, reading: at + aheadMs, byMs: next.aheadMs - aheadMs };
}
