// When a calendar is open, worked out plainly with another library (Luxon): what compileCalendar is judged by.
import { DateTime, IANAZone } from 'luxon';
import type { Calendar } from '../../src/contract/policy/calendar.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** While it lasts, clocks differ from UTC by the same. */
export interface Offset {
  from: number;
  until: number;
  ms: number;
}

/** Looks at every hour, and halves the hours in which the offset has changed. */
export function findOffsets(timeZone: string, from: number, until: number): Offset[] {
  const zone = IANAZone.create(timeZone);
  const offsetAt = (at: number) => zone.offset(at) * 60_000;
  const offsets: Offset[] = [];
  let begun = from;
  for (let at = from; at < until; at += HOUR) {
    if (offsetAt(at) === offsetAt(at + HOUR)) continue;
    let [before, after] = [at, at + HOUR];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetAt(middle) === offsetAt(at)) before = middle;
      else after = middle;
    }
    offsets.push({ from: begun, until: after, ms: offsetAt(at) });
    begun = after;
  }
  offsets.push({ from: begun, until, ms: offsetAt(until) });
  return offsets;
}

/**
 * The first of the moments at which clocks show this. When they never do, they pass it in a
 * change: then the moment of that change.
 */
function momentOf(offsets: readonly Offset[], shown: number): number {
  const near = offsets.filter(
    ({ from, until }) => until > shown - 2 * DAY && from < shown + 2 * DAY,
  );
  const moments = near.flatMap(({ from, until, ms }) => {
    const at = shown - ms;
    return at >= from && at < until ? [at] : [];
  });
  if (moments.length > 0) return Math.min(...moments);
  const change = near.find(({ from, ms }, index) => {
    const before = near[index - 1];
    return before !== undefined && from + before.ms <= shown && from + ms > shown;
  });
  if (change === undefined) throw new Error(`Clocks neither show nor pass ${shown}.`);
  return change.from;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function hoursOf(calendar: Calendar, date: DateTime): { from: string; to: string }[] {
  const dated = (calendar.exceptions ?? []).filter((it) => it.date === date.toISODate());
  if (dated.length > 0) {
    return dated.flatMap(({ from, to }) => (from && to ? [{ from, to }] : []));
  }
  const weekday = DAYS[date.weekday - 1];
  return calendar.weekly.filter(({ days }) => days.some((day) => day === weekday));
}

/** Openings and closings in turn, from 1 January of the one year to 1 January of the other in UTC. */
export function slowChanges(
  calendar: Calendar,
  offsets: readonly Offset[],
  [firstYear, endYear]: readonly [number, number],
): number[] {
  const steps: { at: number; by: number }[] = [];
  const end = DateTime.utc(endYear, 1, 3);
  let date = DateTime.utc(firstYear - 1, 12, 28);
  let near: readonly Offset[] = [];
  for (; date < end; date = date.plus({ days: 1 })) {
    const midnight = date.toMillis();
    near = offsets.filter((one) => one.until > midnight - 4 * DAY && one.from < midnight + 6 * DAY);
    for (const { from, to } of hoursOf(calendar, date)) {
      const next = to > from ? midnight : midnight + DAY;
      const opens = momentOf(near, midnight + minutes(from) * 60_000);
      const closes = momentOf(near, next + minutes(to) * 60_000);
      steps.push({ at: opens, by: 1 }, { at: closes, by: -1 });
    }
  }
  const [begin, until] = [Date.UTC(firstYear, 0, 1), Date.UTC(endYear, 0, 1)];
  return readChanges(steps).filter((at) => at > begin && at < until);
}

function minutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/** Where the number of spans that are open leaves zero or comes back to it. */
function readChanges(steps: { at: number; by: number }[]): number[] {
  const changes: number[] = [];
  steps.sort((a, b) => a.at - b.at);
  let open = 0;
  for (let index = 0; index < steps.length; ) {
    const at = steps[index]?.at ?? 0;
    const before = open;
    for (; steps[index]?.at === at; index += 1) open += steps[index]?.by ?? 0;
    if (open > 0 !== before > 0) changes.push(at);
  }
  return changes;
}
