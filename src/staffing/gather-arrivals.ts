// Makes a history of the lines of a file: what each is worth, and whether together they can be one.
import { DAY } from '../routing/calendars/spans-of-day.ts';
import type { Instant } from '../routing/types.ts';
import { HALF_HOUR, makeZoneTime, type ZoneTime } from './half-hours.ts';
import type { History } from './history.ts';
import type { HistoryFault, Row } from './read-history.ts';
import { makeMomentReader } from './read-moments.ts';

export const MOST_ARRIVALS = 1_000_000;
/** Before this nobody has counted. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LONGEST_DAYS = 5 * 366;
const LEAST_DAYS = 14;

export type Gathered =
  | { history: History; notes: string[]; faults: readonly [] }
  | { history: null; faults: HistoryFault[] };

interface Entry {
  line: number;
  at: Instant;
  count: number;
}

type Entered = Entry | { line: number; detail: string } | { line: number; passedOver: true };

export function gatherArrivals(
  rows: readonly Row[],
  { timeZone, until }: { timeZone: string; until: Instant },
): Gathered {
  const time = makeZoneTime(timeZone, { from: EARLIEST, until });
  const means = { timeZone, until, time, momentOf: makeMomentReader(timeZone) };
  const entered = rows.map((row) => enter(row, means));
  const faults = [...entered.filter((one) => 'detail' in one), ...findMixedZones(rows, means)];
  const entries = entered.filter((one) => 'at' in one);
  if (faults.length > 0) return { history: null, faults };
  const isCounted = rows[0]?.arrivals !== null;
  const arrivals = isCounted ? new Map<Instant, number>() : count(entries);
  const repeated = isCounted ? keepCounts(entries, arrivals) : [];
  const whole = [...repeated, ...judgeWhole(arrivals, isCounted)];
  if (whole.length > 0) return { history: null, faults: whole };
  const passedOver = entered.length - entries.length;
  return {
    history: { timeZone, arrivals },
    notes: listNotes({ entries, arrivals, passedOver }),
    faults: [],
  };
}

interface Means {
  timeZone: string;
  until: Instant;
  time: ZoneTime;
  momentOf: ReturnType<typeof makeMomentReader>;
}

function enter(
  { line, start, arrivals }: Row,
  { timeZone, until, time, momentOf }: Means,
): Entered {
  const moment = momentOf(start);
  const say = (detail: string) => ({ line, detail });
  const counted = arrivals === null ? 1 : readCount(arrivals);
  if (typeof counted === 'string') return say(counted);
  if ('fault' in moment) {
    if (moment.fault === 'time-unreadable') {
      return say(
        `“${shorten(start)}” is no time. Write it as 2026-01-31T09:00+07:00 or 2026-01-31 09:00.`,
      );
    }
    // Many programs write such a half hour as one in which nobody came.
    if (moment.fault === 'time-twice' || counted === 0) return { line, passedOver: true };
    return say(`The clocks of ${timeZone} never showed ${start}. Write times with their offset.`);
  }
  const { at } = moment;
  if (at < EARLIEST || at >= until) {
    return say(`${start} is before 2000 or not over yet; nobody can have been counted then.`);
  }
  if (arrivals === null) {
    const shown = at + time.aheadMs(at);
    return { line, at: at - (shown % HALF_HOUR), count: 1 };
  }
  if (time.isBegin(at)) return { line, at, count: counted };
  return say(`${start} is not the beginning of a half hour by the clocks of ${timeZone}.`);
}

function readCount(text: string): number | string {
  if (/^\d{1,7}$/.test(text) && Number(text) <= MOST_ARRIVALS) return Number(text);
  const shown = shorten(text);
  if (text === '')
    return 'The number of arrivals is missing. Leave the line out if nobody counted.';
  if (/^-\d+$/.test(text)) return `There cannot be ${shown} arrivals.`;
  if (/^\d+$/.test(text))
    return `${shown} arrivals are more than ${MOST_ARRIVALS} in half an hour.`;
  return `“${shown}” is no whole number of arrivals.`;
}

const shorten = (text: string) => [...text].slice(0, 40).join('');

const OFFSET = /(?:z|([+-])(\d\d):?(\d\d))$/i;

/** null: the time names no offset. A date ends with digits and a dash too. */
function readOffsetMs(start: string): number | null {
  const found = /\d[t ]\d/i.test(start) ? OFFSET.exec(start) : null;
  if (found === null) return null;
  const [, sign, hours = '0', minutes = '0'] = found;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** All without an offset, all with the same, or all with those that the clocks of the zone had. */
function findMixedZones(rows: readonly Row[], { timeZone, time, momentOf }: Means): HistoryFault[] {
  const offsets = rows.map(({ start }) => readOffsetMs(start));
  const [first] = offsets;
  const isSame = offsets.every((offset) => offset === first);
  if (isSame) return [];
  const isOfZone = ({ start }: Row, offset: number | null) => {
    const moment = momentOf(start);
    return offset !== null && (!('at' in moment) || time.aheadMs(moment.at) === offset);
  };
  const isBare = offsets.filter((offset) => offset === null).length > offsets.length / 2;
  const odd = rows.findIndex((row, place) => {
    const offset = offsets[place] ?? null;
    return isBare ? offset !== null : !isOfZone(row, offset);
  });
  if (odd < 0) return [];
  return [
    {
      line: rows[odd]?.line ?? null,
      detail: `The times are written by more than one clock: this offset, or none, is not that of ${timeZone}, and other lines have another. Write all in one way.`,
    },
  ];
}

function keepCounts(entries: readonly Entry[], into: Map<Instant, number>): HistoryFault[] {
  const lines = new Map<Instant, number>();
  return entries.flatMap(({ line, at, count }) => {
    const before = lines.get(at);
    lines.set(at, before ?? line);
    into.set(at, count);
    return before === undefined
      ? []
      : [{ line, detail: `It is the same half hour as line ${before}. Remove one of the two.` }];
  });
}

/** Of arrivals one by one, a half hour between the first and the last in which nobody came is one of none. */
function count(entries: readonly Entry[]): Map<Instant, number> {
  const [from, to] = bounds(entries.map(({ at }) => at));
  const arrivals = new Map<Instant, number>();
  const isShort = to - from <= LONGEST_DAYS * DAY;
  for (let at = from; isShort && at <= to; at += HALF_HOUR) arrivals.set(at, 0);
  for (const { at } of entries) arrivals.set(at, (arrivals.get(at) ?? 0) + 1);
  return arrivals;
}

function bounds(moments: Iterable<Instant>): [first: Instant, last: Instant] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of moments) {
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return [first, last];
}

function judgeWhole(arrivals: ReadonlyMap<Instant, number>, isCounted: boolean): HistoryFault[] {
  const say = (detail: string) => [{ line: null, detail }];
  const [first, last] = bounds(arrivals.keys());
  const days = (last + HALF_HOUR - first) / DAY;
  if (arrivals.size === 0) return say('No line can be used.');
  if (days > LONGEST_DAYS + 1) return say('It spans more than five years: leave old years out.');
  if (days < LEAST_DAYS - 1) {
    return say(`It spans ${Math.ceil(days)} days; a usual week is learnt from two weeks at least.`);
  }
  if ([...arrivals.values()].every((count) => count === 0)) return say('Nobody ever came.');
  const atHalf = [...arrivals.keys()].some(
    (at) => at % (2 * HALF_HOUR) !== first % (2 * HALF_HOUR),
  );
  if (isCounted && !atHalf) {
    return say(
      'All lines are whole hours apart, so each seems to be an hour. Count by half hours.',
    );
  }
  return [];
}

function listNotes({
  entries,
  arrivals,
  passedOver,
}: {
  entries: readonly Entry[];
  arrivals: ReadonlyMap<Instant, number>;
  passedOver: number;
}): string[] {
  const notes: string[] = [];
  const outOfOrder = entries.filter(({ at }, place) => at < (entries[place - 1]?.at ?? at)).length;
  if (outOfOrder > 0)
    notes.push(`Lines that are earlier than the one before them, and were sorted: ${outOfOrder}.`);
  if (passedOver > 0) {
    notes.push(
      `Lines without an offset whose time the clocks showed twice or never, and that were passed over: ${passedOver}.`,
    );
  }
  const days = countEmptyDays(arrivals);
  if (days > 0)
    notes.push(`Days between the first and the last on which nothing was measured: ${days}.`);
  return notes;
}

function countEmptyDays(arrivals: ReadonlyMap<Instant, number>): number {
  const [first, last] = bounds(arrivals.keys());
  const days = new Set([...arrivals.keys()].map((at) => Math.floor((at - first) / DAY)));
  return Math.floor((last - first) / DAY) + 1 - days.size;
}
