import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCalendar } from '../../../test/makers/any-calendar.ts';
import type { Calendar } from '../../contract/policy/calendar.ts';
import { weekdays } from '../../contract/policy/weekdays.ts';
import { compileCalendar, type Hours } from './compile-calendar.ts';

const HOUR = 3600;
const all = [...weekdays];

const at = (text: string) => Date.parse(text);
const say = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

function hoursOf(
  timeZone: string,
  weekly: Calendar['weekly'],
  exceptions: NonNullable<Calendar['exceptions']> = [],
): Hours {
  return compileCalendar({ name: 'Office', timeZone, weekly, exceptions });
}

/** Openings and closings from the one moment to the other, in UTC. */
function changes(hours: Hours, from: string, to: string): string[] {
  const found: string[] = [];
  let next = hours.nextChange(at(from));
  for (; next !== null && next < at(to); next = hours.nextChange(next)) {
    found.push(
      `${hours.isOpen(next) ? 'opens' : 'closes'} ${new Date(next).toISOString().slice(5, 16)}`,
    );
  }
  return found;
}

describe('in an ordinary week', () => {
  const office = hoursOf('Asia/Jakarta', [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' },
  ]);

  test('it is open from its opening on and no longer at its closing', () => {
    expect(office.isOpen(at('2026-11-23T07:59:59.999+07:00'))).toBe(false);
    expect(office.isOpen(at('2026-11-23T08:00+07:00'))).toBe(true);
    expect(office.isOpen(at('2026-11-23T16:59:59.999+07:00'))).toBe(true);
    expect(office.isOpen(at('2026-11-23T17:00+07:00'))).toBe(false);
  });

  test('the next change is the closing while it is open and the opening while it is closed', () => {
    expect(say(office.nextChange(at('2026-11-27T09:00+07:00')))).toBe('2026-11-27T10:00:00.000Z');
    expect(say(office.nextChange(at('2026-11-27T17:00+07:00')))).toBe('2026-11-30T01:00:00.000Z');
  });

  test('the next opening is the moment itself while it is open', () => {
    const noon = at('2026-11-27T12:00+07:00');
    expect(office.nextOpening(noon)).toBe(noon);
    expect(say(office.nextOpening(at('2026-11-28T12:00+07:00')))).toBe('2026-11-30T01:00:00.000Z');
  });

  test('open time goes on after a weekend, and may end at a closing', () => {
    const friday = at('2026-11-27T16:00+07:00');
    expect(say(office.addWorking(friday, HOUR))).toBe('2026-11-27T10:00:00.000Z');
    expect(say(office.addWorking(friday, HOUR + 1))).toBe('2026-11-30T01:00:01.000Z');
    expect(office.workingSeconds(friday, at('2026-11-30T09:30+07:00'))).toBe(2.5 * HOUR);
  });

  test('seconds that are not exact in milliseconds do not miss a closing for the next opening', () => {
    const closing = at('2026-11-27T17:00+07:00');
    expect(2.007 * 1000).toBeGreaterThan(2007);
    expect(office.addWorking(closing - 2007, 2.007)).toBe(closing);
  });

  test('no open time has passed where it begins, also while it is closed', () => {
    const saturday = at('2026-11-28T12:00+07:00');
    expect(office.addWorking(saturday, 0)).toBe(saturday);
    expect(office.workingSeconds(saturday, saturday)).toBe(0);
  });

  test('open time counts below zero backwards', () => {
    const [from, to] = [at('2026-11-27T16:00+07:00'), at('2026-11-30T09:00+07:00')];
    expect(office.workingSeconds(to, from)).toBe(-2 * HOUR);
  });

  test('moments more than a century apart are refused instead of counted for long', () => {
    expect(() => office.workingSeconds(0, 1e15)).toThrow('century');
    expect(() => office.workingSeconds(0, Number.NaN)).toThrow('century');
  });
});

describe('spans of a week', () => {
  test('a night ends on the next day, also from Sunday to Monday', () => {
    const night = hoursOf('Asia/Jakarta', [{ days: ['sun'], from: '22:00', to: '02:00' }]);
    expect(changes(night, '2026-11-22T00:00+07:00', '2026-11-24T00:00+07:00')).toEqual([
      'opens 11-22T15:00',
      'closes 11-22T19:00',
    ]);
  });

  test('24:00 is the midnight with which the day ends', () => {
    const late = hoursOf('UTC', [{ days: ['mon'], from: '18:00', to: '24:00' }]);
    expect(changes(late, '2026-11-23T00:00Z', '2026-11-28T00:00Z')).toEqual([
      'opens 11-23T18:00',
      'closes 11-24T00:00',
    ]);
  });

  test('a span that ends when it begins lasts a day', () => {
    const day = hoursOf('UTC', [{ days: ['mon'], from: '08:00', to: '08:00' }]);
    expect(changes(day, '2026-11-23T00:00Z', '2026-11-28T00:00Z')).toEqual([
      'opens 11-23T08:00',
      'closes 11-24T08:00',
    ]);
  });

  test('spans that touch or overlap are one', () => {
    const split = hoursOf('UTC', [
      { days: ['mon'], from: '12:00', to: '15:00' },
      { days: ['mon'], from: '08:00', to: '12:00' },
      { days: ['mon'], from: '14:00', to: '17:00' },
      { days: ['mon'], from: '09:00', to: '10:00' },
    ]);
    expect(changes(split, '2026-11-23T00:00Z', '2026-11-28T00:00Z')).toEqual([
      'opens 11-23T08:00',
      'closes 11-23T17:00',
    ]);
    expect(split.workingSeconds(at('2026-11-23T00:00Z'), at('2026-11-30T00:00Z'))).toBe(9 * HOUR);
  });

  test('what is always open never changes, and its open time is time', () => {
    const always = hoursOf('America/New_York', [{ days: all, from: '00:00', to: '24:00' }]);
    const [from, later] = [at('2026-11-01T00:00Z'), at('2027-11-01T00:00Z')];
    expect(always.isOpen(from)).toBe(true);
    expect(always.nextChange(from)).toBe(null);
    expect(always.nextOpening(from)).toBe(from);
    expect(always.workingSeconds(from, later)).toBe((later - from) / 1000);
    expect(always.addWorking(from, 31_536_000)).toBe(from + 31_536_000_000);
  });

  test('what has no hours never opens', () => {
    const never = hoursOf('UTC', []);
    expect(never.isOpen(0)).toBe(false);
    expect(never.nextChange(0)).toBe(null);
    expect(never.nextOpening(0)).toBe(null);
    expect(never.addWorking(0, 1)).toBe(null);
    expect(never.workingSeconds(0, 1e12)).toBe(0);
  });

  test('a year of open time at an hour a week is further away than is looked for', () => {
    const rare = hoursOf('UTC', [{ days: ['mon'], from: '08:00', to: '09:00' }]);
    expect(rare.addWorking(at('2026-01-01T00:00Z'), 31_536_000)).toBe(null);
    expect(say(rare.addWorking(at('2026-01-01T00:00Z'), 52 * HOUR))).toBe(
      '2026-12-28T09:00:00.000Z',
    );
  });
});

describe('where the clocks go forward from 02:00 to 03:00', () => {
  const spring = (from: string, to: string) =>
    changes(
      hoursOf('Europe/Berlin', [{ days: ['sun'], from, to }]),
      '2026-03-28T12:00Z',
      '2026-03-30T12:00Z',
    );

  test('a span that begins in the hour left out begins with the change', () => {
    expect(spring('02:30', '05:00')).toEqual(['opens 03-29T01:00', 'closes 03-29T03:00']);
  });

  test('a span that ends in it ends with the change', () => {
    expect(spring('00:00', '02:30')).toEqual(['opens 03-28T23:00', 'closes 03-29T01:00']);
  });

  test('a span that lies within it does not take place', () => {
    expect(spring('02:00', '03:00')).toEqual([]);
    expect(spring('02:15', '02:45')).toEqual([]);
  });

  test('a night over it is an hour shorter', () => {
    const night = hoursOf('Europe/Berlin', [{ days: ['sat'], from: '22:00', to: '06:00' }]);
    expect(night.workingSeconds(at('2026-03-28T12:00Z'), at('2026-03-29T12:00Z'))).toBe(7 * HOUR);
  });
});

describe('where the clocks go back from 03:00 to 02:00', () => {
  const autumn = (from: string, to: string) =>
    changes(
      hoursOf('Europe/Berlin', [{ days: ['sun'], from, to }]),
      '2026-10-24T12:00Z',
      '2026-10-26T12:00Z',
    );

  test('a span that begins in the hour that comes twice begins the first time', () => {
    expect(autumn('02:30', '05:00')).toEqual(['opens 10-25T00:30', 'closes 10-25T04:00']);
  });

  test('a span that ends in it ends the first time', () => {
    expect(autumn('00:00', '02:30')).toEqual(['opens 10-24T22:00', 'closes 10-25T00:30']);
  });

  test('a span that lies within it takes place once', () => {
    expect(autumn('02:15', '02:45')).toEqual(['opens 10-25T00:15', 'closes 10-25T00:45']);
  });

  test('a span to its end lasts to the second end', () => {
    expect(autumn('02:00', '03:00')).toEqual(['opens 10-25T00:00', 'closes 10-25T02:00']);
  });

  test('a night over it is an hour longer', () => {
    const night = hoursOf('Europe/Berlin', [{ days: ['sat'], from: '22:00', to: '06:00' }]);
    expect(night.workingSeconds(at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z'))).toBe(9 * HOUR);
  });
});

describe('where clocks change in another way', () => {
  test('by half an hour, on Lord Howe', () => {
    const day = hoursOf('Australia/Lord_Howe', [{ days: ['sun'], from: '00:00', to: '24:00' }]);
    const open = (from: string, to: string) => day.workingSeconds(at(from), at(to));
    expect(open('2026-10-03T00:00Z', '2026-10-05T00:00Z')).toBe(23.5 * HOUR);
    expect(open('2026-04-04T00:00Z', '2026-04-06T00:00Z')).toBe(24.5 * HOUR);
  });

  test('back over midnight: in Beirut a Saturday to 24:00 has 25 hours', () => {
    const day = hoursOf('Asia/Beirut', [{ days: ['sat'], from: '00:00', to: '24:00' }]);
    expect(changes(day, '2026-10-23T00:00Z', '2026-10-26T00:00Z')).toEqual([
      'opens 10-23T21:00',
      'closes 10-24T22:00',
    ]);
  });

  test('forward over midnight: in Beirut a Sunday begins at one', () => {
    const day = hoursOf('Asia/Beirut', [{ days: ['sun'], from: '00:30', to: '02:00' }]);
    expect(changes(day, '2026-03-27T00:00Z', '2026-03-30T00:00Z')).toEqual([
      'opens 03-28T22:00',
      'closes 03-28T23:00',
    ]);
  });

  test('by a whole day: Samoa had no 30 December 2011', () => {
    const friday = hoursOf('Pacific/Apia', [{ days: ['fri'], from: '08:00', to: '17:00' }]);
    expect(changes(friday, '2011-12-28T00:00Z', '2012-01-04T00:00Z')).toEqual([]);
  });
});

describe('leap days', () => {
  test('29 February has the hours of its weekday, in 2028 and not in 2100', () => {
    const tuesdays = hoursOf('UTC', [{ days: ['tue'], from: '08:00', to: '17:00' }]);
    expect(changes(tuesdays, '2028-02-28T00:00Z', '2028-03-02T00:00Z')).toEqual([
      'opens 02-29T08:00',
      'closes 02-29T17:00',
    ]);
    const mondays = hoursOf('UTC', [{ days: ['mon'], from: '08:00', to: '17:00' }]);
    // 28 February 2100 is a Sunday, and the day after it 1 March.
    expect(changes(mondays, '2100-02-28T00:00Z', '2100-03-02T00:00Z')).toEqual([
      'opens 03-01T08:00',
      'closes 03-01T17:00',
    ]);
  });

  test('an exception of 29 February counts on that day', () => {
    const weekly: Calendar['weekly'] = [{ days: all, from: '08:00', to: '17:00' }];
    const closed = hoursOf('UTC', weekly, [{ date: '2028-02-29' }]);
    expect(changes(closed, '2028-02-28T12:00Z', '2028-03-01T12:00Z')).toEqual([
      'closes 02-28T17:00',
      'opens 03-01T08:00',
    ]);
  });
});

describe('exceptions', () => {
  const weekly: Calendar['weekly'] = [
    { days: all, from: '08:00', to: '17:00' },
    { days: all, from: '22:00', to: '02:00' },
  ];
  const around = (exceptions: NonNullable<Calendar['exceptions']>) =>
    changes(hoursOf('UTC', weekly, exceptions), '2026-12-24T12:00Z', '2026-12-26T12:00Z');

  test('without hours the date is closed, and the night that began the day before ends on it', () => {
    expect(around([{ date: '2026-12-25' }])).toEqual([
      'closes 12-24T17:00',
      'opens 12-24T22:00',
      'closes 12-25T02:00',
      'opens 12-26T08:00',
    ]);
  });

  test('hours of the date replace those of the week, all of them', () => {
    expect(around([{ date: '2026-12-25', from: '10:00', to: '12:00' }])).toEqual([
      'closes 12-24T17:00',
      'opens 12-24T22:00',
      'closes 12-25T02:00',
      'opens 12-25T10:00',
      'closes 12-25T12:00',
      'opens 12-26T08:00',
    ]);
  });

  test('two of one date are two spans, and a night of theirs ends on the next day', () => {
    const two = [
      { date: '2026-12-25', from: '10:00', to: '12:00' },
      { date: '2026-12-25', from: '20:00', to: '09:00' },
    ];
    expect(around(two).slice(3)).toEqual([
      'opens 12-25T10:00',
      'closes 12-25T12:00',
      'opens 12-25T20:00',
    ]);
  });

  test('a date that does not exist changes nothing', () => {
    expect(around([{ date: '2026-02-30' }])).toEqual(around([]));
  });

  test('an opening is looked for 370 days ahead and no further', () => {
    const days = (count: number) =>
      Array.from({ length: count }, (_, day) => ({
        date: new Date(at('2026-01-01T00:00Z') + day * 86_400_000).toISOString().slice(0, 10),
      }));
    const closedFor = (count: number) =>
      hoursOf('UTC', [{ days: all, from: '00:00', to: '12:00' }], days(count));
    const start = at('2026-01-01T00:00Z');
    expect(say(closedFor(370).nextOpening(start))).toBe('2027-01-06T00:00:00.000Z');
    expect(closedFor(371).nextOpening(start)).toBe(null);
    expect(closedFor(1000).nextChange(start)).toBe(null);
    expect(say(closedFor(1000).addWorking(start, 60))).toBe('2028-09-27T00:01:00.000Z');
  });
});

test('after more than is kept it answers as before', () => {
  const office = hoursOf('Europe/Berlin', [{ days: ['mon'], from: '08:00', to: '17:00' }]);
  const moments = Array.from(
    { length: 800 },
    (_, month) => at('2000-01-03T12:00Z') + month * 35 * 86_400_000,
  );
  const answers = () => moments.map((moment) => say(office.nextChange(moment)));
  const first = answers();
  expect(first[0]).toBe('2000-01-03T16:00:00.000Z');
  expect(answers()).toEqual(first);
});

test('a time zone that does not exist is refused at once', () => {
  expect(() => hoursOf('Mars/Olympus', [])).toThrow(RangeError);
});

describe('for any calendar', () => {
  const zones = [
    'UTC',
    'Asia/Jakarta',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'America/Havana',
    'Pacific/Apia',
  ];
  const dates = ['2026-03-08', '2026-10-31', '2026-11-01', '2027-02-28', '2028-02-29'];
  const begin = at('2026-01-01T00:00Z');
  const instant = fc.integer({ min: begin, max: begin + 3 * 365 * 86_400_000 });
  const seconds = fc.oneof(fc.integer({ min: 1, max: 7200 }), fc.integer({ min: 1, max: 604_800 }));

  test('adding open time is undone by counting it, and no earlier moment would do', () => {
    let reached = 0;
    fc.assert(
      fc.property(anyCalendar({ zones, dates }), instant, seconds, (calendar, from, wanted) => {
        const hours = compileCalendar(calendar);
        const moment = hours.addWorking(from, wanted);
        if (moment === null) return;
        reached += 1;
        expect(hours.workingSeconds(from, moment)).toBe(wanted);
        expect(hours.workingSeconds(from, moment - 1)).toBe(wanted - 0.001);
      }),
      { numRuns: 500 },
    );
    expect(reached).toBeGreaterThan(250);
  });

  test('counting open time and adding it again ends at the same moment, or at the closing before', () => {
    fc.assert(
      fc.property(anyCalendar({ zones, dates }), instant, instant, (calendar, a, b) => {
        const hours = compileCalendar(calendar);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const moment = hours.addWorking(from, hours.workingSeconds(from, to)) ?? Number.NaN;
        expect(moment).toBeLessThanOrEqual(to);
        expect(hours.workingSeconds(moment, to)).toBe(0);
        if (hours.isOpen(to)) expect(moment).toBe(to);
      }),
      { numRuns: 300 },
    );
  });

  test('open time between two moments is the sum of that before and after a third', () => {
    fc.assert(
      fc.property(anyCalendar({ zones, dates }), instant, instant, instant, (calendar, a, b, c) => {
        const hours = compileCalendar(calendar);
        const whole = hours.workingSeconds(a, c);
        expect(hours.workingSeconds(a, b) + hours.workingSeconds(b, c)).toBeCloseTo(whole, 3);
        expect(whole).toBe(0 - hours.workingSeconds(c, a));
      }),
      { numRuns: 300 },
    );
  });

  test('what it answers does not depend on what it was asked before', () => {
    fc.assert(
      fc.property(anyCalendar({ zones, dates }), fc.array(instant), (calendar, moments) => {
        const used = compileCalendar(calendar);
        for (const moment of moments) used.isOpen(moment);
        for (const moment of moments) {
          const fresh = compileCalendar(calendar);
          expect(used.isOpen(moment)).toBe(fresh.isOpen(moment));
          expect(used.nextChange(moment)).toBe(fresh.nextChange(moment));
        }
      }),
      { numRuns: 50 },
    );
  });
});
