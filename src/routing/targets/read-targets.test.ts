import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCalendar } from '../../../test/makers/any-calendar.ts';
import type { Calendar } from '../../contract/policy/calendar.ts';
import { compileCalendar } from '../calendars/compile-calendar.ts';
import { type Moments, readTargets, type Target } from './read-targets.ts';

const at = (text: string) => Date.parse(text);
const say = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 19);

const office = compileCalendar({
  name: 'Office',
  timeZone: 'Asia/Jakarta',
  weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' }],
});
const entered = at('2026-11-23T10:00:00+07:00');
const fresh: Moments = {
  enteredAt: entered,
  firstAnswerAt: null,
  contactWroteAt: [],
  endedAt: null,
};
const targets = { firstAnswer: 60, nextAnswer: 300, end: 86_400 };

const kinds = (read: readonly Target[]) => read.map(({ kind }) => kind);
const only = (seconds: number, since = entered) =>
  readTargets(
    { targets: { firstAnswer: seconds }, hours: office },
    { ...fresh, enteredAt: since },
  )[0];

describe('which targets count', () => {
  test('a plan without targets has none', () => {
    expect(readTargets({ targets: undefined, hours: null }, fresh)).toEqual([]);
    expect(readTargets({ targets: {}, hours: office }, fresh)).toEqual([]);
  });

  test('before the first answer no next one is owed, whatever the contact writes', () => {
    const read = readTargets({ targets, hours: null }, { ...fresh, contactWroteAt: [entered + 1] });
    expect(kinds(read)).toEqual(['firstAnswer', 'end']);
  });

  test('after it the next one is owed from the first message without an answer on', () => {
    const answered = { ...fresh, firstAnswerAt: entered + 10_000 };
    expect(kinds(readTargets({ targets, hours: null }, answered))).toEqual(['firstAnswer', 'end']);
    const wrote = { ...answered, contactWroteAt: [entered + 90_000, entered + 30_000] };
    const [, next] = readTargets({ targets, hours: null }, wrote);
    expect(next).toEqual({
      kind: 'nextAnswer',
      since: entered + 30_000,
      soonAt: entered + 30_000 + 225_000,
      dueAt: entered + 30_000 + 300_000,
      doneAt: null,
      droppedAt: null,
    });
  });

  test('one that its calendar never reaches is left out', () => {
    const never = compileCalendar({ name: 'Never', timeZone: 'UTC', weekly: [] });
    expect(readTargets({ targets, hours: never }, fresh)).toEqual([]);
  });

  test('an end is the end target’s doing, and drops the answers that were owed', () => {
    const ended = { ...fresh, endedAt: entered + 5000 };
    const [first, end] = readTargets({ targets, hours: null }, ended);
    expect([first?.doneAt, first?.droppedAt]).toEqual([null, entered + 5000]);
    expect([end?.doneAt, end?.droppedAt]).toEqual([entered + 5000, null]);
  });

  test('an answer that was given is not dropped by the end', () => {
    const over = { ...fresh, firstAnswerAt: entered + 1000, endedAt: entered + 5000 };
    const [first] = readTargets({ targets, hours: null }, over);
    expect([first?.doneAt, first?.droppedAt]).toEqual([entered + 1000, null]);
  });
});

describe('when they are due', () => {
  test('without a calendar every hour counts', () => {
    const [first, end] = readTargets({ targets, hours: null }, fresh);
    expect(first?.dueAt).toBe(entered + 60_000);
    expect(end?.dueAt).toBe(entered + 86_400_000);
  });

  test('with one open time alone: what comes before a weekend is due after it', () => {
    const friday = at('2026-11-27T16:30:00+07:00');
    expect(say(only(3600, friday)?.dueAt)).toBe('2026-11-30T01:30:00');
  });

  test('what comes while it is closed is counted from the opening', () => {
    const night = at('2026-11-23T22:00:00+07:00');
    expect(say(only(60, night)?.dueAt)).toBe('2026-11-24T01:01:00');
  });

  test('a night shift over the change of clocks is counted as long as it is', () => {
    const night = compileCalendar({
      name: 'Night',
      timeZone: 'Europe/Berlin',
      weekly: [{ days: ['sat'], from: '22:00', to: '06:00' }],
    });
    const dueOf = (enteredAt: number) =>
      say(
        readTargets({ targets: { end: 6 * 3600 }, hours: night }, { ...fresh, enteredAt })[0]
          ?.dueAt,
      );
    expect(dueOf(at('2026-03-28T22:00+01:00'))).toBe('2026-03-29T03:00:00');
    expect(dueOf(at('2026-10-24T22:00+02:00'))).toBe('2026-10-25T02:00:00');
  });
});

describe('when they are due soon', () => {
  test.each([
    [3600, 2700],
    [240, 180],
    [120, 90],
    [119, 89],
    [60, 30],
    [31, 1],
    [30, 0],
    [5, 0],
  ])('of %i seconds after %i: a quarter is left, and thirty at least', (seconds, passed) => {
    expect(only(seconds)?.soonAt).toBe(entered + passed * 1000);
  });

  test('the quarter is one of open time', () => {
    const friday = at('2026-11-27T16:00:00+07:00');
    expect(say(only(4 * 3600, friday)?.soonAt)).toBe('2026-11-30T03:00:00');
  });

  test.each([20, 30])(
    'one of %i seconds is so from the opening on, not in the night before it',
    (seconds) => {
      const night = at('2026-11-23T22:00:00+07:00');
      expect(say(only(seconds, night)?.soonAt)).toBe('2026-11-24T01:00:00');
    },
  );

  test('a short one without a calendar is due soon at once', () => {
    const [first] = readTargets({ targets: { firstAnswer: 20 }, hours: null }, fresh);
    expect([first?.soonAt, first?.dueAt]).toEqual([entered, entered + 20_000]);
  });
});

// Counts second by second in UTC, whose clocks never change, and knows nothing of spans or windows.
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY = 86_400_000;

function isOpenPlainly(calendar: Calendar, moment: number): boolean {
  const within = (day: number, minute: number): boolean => {
    const date = new Date(day * DAY);
    const iso = date.toISOString().slice(0, 10);
    const dated = (calendar.exceptions ?? []).filter((exception) => exception.date === iso);
    const weekly = calendar.weekly.filter(({ days }) =>
      days.some((name) => name === weekdayNames[date.getUTCDay()]),
    );
    return (dated.length > 0 ? dated : weekly).some(({ from, to }) => {
      if (from === undefined || to === undefined) return false;
      const begin = Number(from.slice(0, 2)) * 60 + Number(from.slice(3));
      const end = Number(to.slice(0, 2)) * 60 + Number(to.slice(3));
      return begin <= minute && minute < (end > begin ? end : end + 1440);
    });
  };
  const day = Math.floor(moment / DAY);
  const minute = (moment - day * DAY) / 60_000;
  return within(day, minute) || within(day - 1, minute + 1440);
}

/** Further ahead nothing is counted here. */
const LOOKED_AT = 4 * DAY;

/** The first whole second after so many open ones; null: not within the days that are looked at. */
function countPlainly(calendar: Calendar, since: number, seconds: number): number | null {
  let left = seconds;
  for (let moment = since; moment < since + LOOKED_AT; ) {
    // Hours are in minutes, so a minute is open or closed as a whole.
    const rest = 60_000 - (moment % 60_000);
    if (isOpenPlainly(calendar, moment)) {
      if (left * 1000 <= rest) return moment + left * 1000;
      left -= rest / 1000;
    }
    moment += rest;
  }
  return null;
}

/** Due soon and due. */
function placePlainly(
  calendar: Calendar,
  since: number,
  seconds: number,
): [number | null, number | null] {
  const before = Math.floor(Math.min(seconds * 0.75, seconds - 30) * 1000) / 1000;
  if (before > 0) {
    return [countPlainly(calendar, since, before), countPlainly(calendar, since, seconds)];
  }
  // The first open second: when one has passed, it has begun a second ago.
  const first = countPlainly(calendar, since, 1);
  return [first === null ? null : first - 1000, countPlainly(calendar, since, seconds)];
}

const start = at('2026-11-20T00:00:00Z');
const second = fc.integer({ min: 0, max: 5 * 86_400 }).map((after) => start + after * 1000);
const goal = fc.oneof(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 20_000 }));
const history = fc.record({
  enteredAt: second,
  firstAnswerAt: fc.option(second),
  contactWroteAt: fc.array(second, { minLength: 1, maxLength: 3 }),
  endedAt: fc.option(second),
});
const calendars = anyCalendar({
  zones: ['UTC'],
  dates: ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'],
});

/** How many of them were compared. */
function compare(
  found: Target | undefined,
  [soonAt, dueAt]: [number | null, number | null],
): number {
  if (dueAt === null) {
    if (found !== undefined) expect(found.dueAt).toBeGreaterThan(found.since + LOOKED_AT - 60_000);
    return 0;
  }
  expect([found?.soonAt, found?.dueAt]).toEqual([soonAt, dueAt]);
  return 1;
}

test('for any calendar and history, moments are those that counting minute by minute gives', () => {
  let compared = 0;
  fc.assert(
    fc.property(calendars, goal, history, (calendar, seconds, moments) => {
      const targets = { firstAnswer: seconds, nextAnswer: seconds, end: seconds };
      const read = readTargets({ targets, hours: compileCalendar(calendar) }, moments);
      const find = (kind: string) => read.find((target) => target.kind === kind);
      const entered = placePlainly(calendar, moments.enteredAt, seconds);
      compared += compare(find('firstAnswer'), entered) + compare(find('end'), entered);
      const [wrote = 0] = moments.contactWroteAt.toSorted((a, b) => a - b);
      if (moments.firstAnswerAt === null) expect(find('nextAnswer')).toBeUndefined();
      else compared += compare(find('nextAnswer'), placePlainly(calendar, wrote, seconds));
    }),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(150);
});
