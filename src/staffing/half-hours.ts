// Half hours by the clocks of a time zone: which of its week each is, whatever the clocks do.

import { DAY, MINUTE } from '../routing/calendars/spans-of-day.ts';
import { firstMoment, readStretches, type Stretch } from '../routing/calendars/zone-time.ts';
import type { Instant } from '../routing/types.ts';

export const HALF_HOUR = 30 * MINUTE;
export const A_DAY = DAY / HALF_HOUR;
export const A_WEEK = 7 * A_DAY;

export interface HalfHour {
  at: Instant;
  /** From 1 January 1970, by the clocks there. */
  day: number;
  /** From 0, Monday’s first, to 335, by what the clocks show as it begins. */
  ofWeek: number;
}

export interface ZoneTime {
  read(at: Instant): HalfHour;
  /** When a day begins. */
  beginOf(day: number): Instant;
  /** In order; where clocks change, a day has 46 or 50, and a time may come twice. */
  list(firstDay: number, days: number): HalfHour[];
  /** Whether a half hour can begin then. */
  isBegin(at: Instant): boolean;
  /** How far the clocks are ahead of UTC. */
  aheadMs(at: Instant): number;
}

/** Between two moments, and a week beyond both. Throws if there is no such zone. */
export function makeZoneTime(
  timeZone: string,
  { from, until }: { from: Instant; until: Instant },
): ZoneTime {
  const stretches = readStretches(timeZone, from - 7 * DAY, until + 7 * DAY);
  const aheadMs = (at: Instant) => aheadAt(stretches, at);
  const read = (at: Instant): HalfHour => {
    const shown = at + aheadMs(at);
    const day = Math.floor(shown / DAY);
    const ofDay = Math.floor((shown - day * DAY) / HALF_HOUR);
    return { at, day, ofWeek: weekdayOf(day) * A_DAY + ofDay };
  };
  const beginOf = (day: number) => firstMoment(stretches, day * DAY);
  const list = (firstDay: number, days: number): HalfHour[] => {
    const [first, end] = [beginOf(firstDay), beginOf(firstDay + days)];
    const count = Math.ceil((end - first) / HALF_HOUR);
    return Array.from({ length: count }, (_, nth) => read(first + nth * HALF_HOUR));
  };
  return { read, beginOf, list, aheadMs, isBegin: (at) => (at + aheadMs(at)) % HALF_HOUR === 0 };
}

function aheadAt(stretches: readonly Stretch[], at: Instant): number {
  const within = stretches.find(({ until }) => at < until) ?? stretches.at(-1);
  return (within as Stretch).aheadMs;
}

/** 0: Monday. 1 January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
