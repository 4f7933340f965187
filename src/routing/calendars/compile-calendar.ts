// Answers when a company is open, and how much of its open time lies between two moments.
import type { Calendar } from '../../contract/policy/calendar.ts';
import type { Instant } from '../types.ts';
import { countBounds, readWindow, WINDOW, type Window } from './read-window.ts';
import { DAY, readSpansOfDay } from './spans-of-day.ts';
import { readStretches } from './zone-time.ts';

/** How far ahead an opening or a closing is looked for: a year, and what a leap day and a holiday add. */
export const HORIZON = 370 * DAY;
/** How far ahead open time is added up: ten years. The longest target, a year of open time, needs 17 open hours a week. */
export const REACH = 3660 * DAY;
/** How far apart two moments may be to count the open time between them. */
const SPREAD = 100 * 366 * DAY;
/** The grain of the database's times. Seconds with fractions are not exact in milliseconds, so less than it counts as nothing. */
const MICROSECOND = 0.001;
/** Some 28 years; an office's windows then take about 200 kB. */
const KEPT_WINDOWS = 320;

export interface Hours {
  /** A moment of opening is open, a moment of closing is not. */
  isOpen(at: Instant): boolean;
  /** After that moment: the closing if it is open, the opening if it is closed. null: none within HORIZON. */
  nextChange(at: Instant): Instant | null;
  /** The first open moment from that one on, which is itself when it is open. null: none within HORIZON. */
  nextOpening(at: Instant): Instant | null;
  /** The first moment at which so much open time has passed. null: not within REACH. */
  addWorking(from: Instant, seconds: number): Instant | null;
  /** Open time between the two; below zero if the second lies before the first. */
  workingSeconds(from: Instant, to: Instant): number;
}

/**
 * Expects what `checkCalendars` finds no fault with; throws if there is no such time zone. What it
 * has worked out it keeps, so compile a calendar once.
 */
export function compileCalendar(calendar: Calendar): Hours {
  const windowAt = keepWindows(calendar);
  const isOpen = (at: Instant) => isOdd(countBounds(windowAt(at), at));
  const nextChange = (at: Instant) => findChange(windowAt, at);
  return {
    isOpen,
    nextChange,
    nextOpening: (at) => (isOpen(at) ? at : nextChange(at)),
    addWorking: (from, seconds) => findMoment(windowAt, from, seconds * 1000),
    workingSeconds(from, to) {
      const ms = from <= to ? countOpen(windowAt, from, to) : 0 - countOpen(windowAt, to, from);
      return ms / 1000;
    },
  };
}

type WindowAt = (at: Instant) => Window;

const isOdd = (count: number) => count % 2 === 1;

function keepWindows(calendar: Calendar): WindowAt {
  const { timeZone } = calendar;
  readStretches(timeZone, 0, 1);
  const spansOf = readSpansOfDay(calendar);
  const kept = new Map<number, Window>();
  return (at) => {
    const number = Math.floor(at / WINDOW);
    const known = kept.get(number);
    if (known !== undefined) return known;
    const window = readWindow({ timeZone, spansOf }, number);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= KEPT_WINDOWS) kept.delete(oldest);
    kept.set(number, window);
    return window;
  };
}

function findChange(windowAt: WindowAt, at: Instant): Instant | null {
  const last = at + HORIZON;
  let window = windowAt(at);
  const open = isOdd(countBounds(window, at));
  for (;;) {
    // Where it is open to the end of a window, the next one says whether it stays so.
    const here = Math.max(at, window.from);
    const before = countBounds(window, here);
    const change = isOdd(before) === open ? (window.bounds[before] ?? window.until) : here;
    if (change > last) return null;
    if (change < window.until) return change;
    window = windowAt(window.until);
  }
}

function findMoment(windowAt: WindowAt, from: Instant, ms: number): Instant | null {
  const last = from + REACH;
  let left = ms;
  if (left < MICROSECOND) return from;
  for (let window = windowAt(from); window.from <= last; window = windowAt(window.until)) {
    const open = countWithin(window, from, window.until);
    if (open >= left - MICROSECOND) {
      const moment = spend(window, from, left);
      return moment <= last ? moment : null;
    }
    left -= open;
  }
  return null;
}

/** The moment in a window at which so much of its open time has passed, which it has. */
function spend({ bounds, until }: Window, from: Instant, ms: number): Instant {
  let left = ms;
  for (let place = 0; place < bounds.length; place += 2) {
    const opening = Math.max(bounds[place] as Instant, from);
    const closing = bounds[place + 1] as Instant;
    if (closing - opening >= left - MICROSECOND) return Math.min(opening + left, closing);
    left -= Math.max(0, closing - opening);
  }
  return until;
}

function countOpen(windowAt: WindowAt, from: Instant, to: Instant): number {
  if (!(to - from <= SPREAD)) throw new RangeError('The moments are more than a century apart.');
  let ms = 0;
  for (let at = from; at < to; ) {
    const window = windowAt(at);
    ms += countWithin(window, from, to);
    at = window.until;
  }
  return ms;
}

function countWithin(window: Window, from: Instant, to: Instant): number {
  if (from <= window.from && to >= window.until) return window.openMs;
  let ms = 0;
  for (let place = 0; place < window.bounds.length; place += 2) {
    const opening = Math.max(window.bounds[place] as Instant, from);
    const closing = Math.min(window.bounds[place + 1] as Instant, to);
    if (closing > opening) ms += closing - opening;
  }
  return ms;
}
