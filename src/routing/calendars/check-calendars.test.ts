import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../contract/policy/calendar.ts';
import { checkCalendars } from './check-calendars.ts';

const now = Date.parse('2026-11-23T12:00Z');

const office: Calendar = {
  name: 'Office',
  timeZone: 'Asia/Jakarta',
  weekly: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '12:00' },
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '12:00', to: '17:00' },
  ],
  exceptions: [{ date: '2026-12-25' }, { date: '2026-12-24', from: '08:00', to: '12:00' }],
};

/** What is said of the office with these changes, as path and code. */
function said(change: Partial<Calendar>): { faults: string[]; warnings: string[] } {
  const { faults, warnings } = checkCalendars([{ ...office, ...change }], now);
  const short = ({ path, code }: { path: string; code: string }) => `${path} ${code}`;
  return { faults: faults.map(short), warnings: warnings.map(short) };
}

test('an ordinary calendar has no fault and no warning', () => {
  expect(checkCalendars([office], now)).toEqual({ faults: [], warnings: [] });
  expect(checkCalendars([], now)).toEqual({ faults: [], warnings: [] });
});

describe('time zones', () => {
  const remedyOf = (timeZone: string) =>
    checkCalendars([{ ...office, timeZone }], now).faults.map(({ code, remedy }) => [code, remedy]);

  test.each([
    ['Asia/Jakata', 'Did you mean Asia/Jakarta?'],
    ['Jakarta', 'Did you mean Asia/Jakarta?'],
    ['Amerika/Sao Paolo', 'Did you mean America/Sao_Paulo?'],
    ['asia/jakarta ', 'Did you mean Asia/Jakarta?'],
    ['Europe/Munich', 'Did you mean Europe/Zurich?'],
  ])('of %s', (timeZone, remedy) => {
    expect(remedyOf(timeZone)).toEqual([['time-zone.unknown', remedy]]);
  });

  test.each(['Mars/Olympus Mons', '+07:00', '2026-01-01T00:00Z[Asia/Jakarta]', '../etc', ' '])(
    'of %j, which is like none, what a name looks like',
    (timeZone) => {
      expect(remedyOf(timeZone)).toEqual([
        ['time-zone.unknown', expect.stringContaining('Asia/Jakarta or America/Sao_Paulo')],
      ]);
    },
  );

  test.each(['UTC', 'Asia/Calcutta', 'Asia/Kolkata', 'US/Pacific', 'Etc/GMT-7'])(
    '%s is one',
    (timeZone) => expect(remedyOf(timeZone)).toEqual([]),
  );
});

test('a name that is there twice is a fault of each after the first', () => {
  const { faults } = checkCalendars([office, { ...office, name: 'Night' }, office, office], now);
  expect(faults.map(({ path, code }) => [path, code])).toEqual([
    ['/calendars/2/name', 'calendar.name-taken'],
    ['/calendars/3/name', 'calendar.name-taken'],
  ]);
  expect(faults[0]?.detail).toBe('Calendar 1 is called “Office” too.');
});

describe('exceptions', () => {
  test.each(['2026-02-30', '2027-02-29', '2100-02-29', '2026-13-01', '2026-00-10', '2026-04-31'])(
    'there is no %s',
    (date) => {
      expect(said({ exceptions: [{ date }] }).faults).toEqual([
        '/calendars/0/exceptions/0/date exception.no-such-date',
      ]);
    },
  );

  test('there is a 29 February 2028', () => {
    expect(said({ exceptions: [{ date: '2028-02-29' }] }).faults).toEqual([]);
  });

  test('one with half of its hours is a fault, which names the half that is missing', () => {
    const exceptions = [
      { date: '2026-12-24', from: '08:00' },
      { date: '2026-12-31', to: '12:00' },
    ];
    const { faults } = checkCalendars([{ ...office, exceptions }], now);
    expect(faults.map(({ path, code, detail }) => [path, code, detail])).toEqual([
      ['/calendars/0/exceptions/0', 'exception.half', 'The exception has from and no to.'],
      ['/calendars/0/exceptions/1', 'exception.half', 'The exception has to and no from.'],
    ]);
  });

  test('all in the past is a warning; one of yesterday is none, as its night may last', () => {
    const past = '/calendars/0/exceptions exceptions.past';
    expect(said({ exceptions: [{ date: '2025-12-25' }, { date: '2026-11-21' }] }).warnings).toEqual(
      [past],
    );
    expect(said({ exceptions: [{ date: '2025-12-25' }, { date: '2026-11-22' }] }).warnings).toEqual(
      [],
    );
  });

  test('of one date they may be two spans, and neither the same twice nor closed and open', () => {
    const of = (...hours: { from?: string; to?: string }[]) =>
      said({ exceptions: hours.map((span) => ({ date: '2026-12-24', ...span })) }).warnings;
    const [morning, noon, evening] = [
      { from: '08:00', to: '12:00' },
      { from: '11:59', to: '13:00' },
      { from: '12:00', to: '20:00' },
    ];
    expect(of(morning, evening)).toEqual([]);
    expect(of(morning, noon)).toEqual(['/calendars/0/exceptions/1 exception.overlaps']);
    expect(of({}, {})).toEqual(['/calendars/0/exceptions/1 exception.overlaps']);
    expect(of(morning, {})).toEqual(['/calendars/0/exceptions/1 exception.contradicts']);
    expect(of({}, evening)).toEqual(['/calendars/0/exceptions/1 exception.contradicts']);
  });
});

describe('spans', () => {
  const overlap = (place: number) => `/calendars/0/weekly/${place} span.overlaps`;

  test('that overlap are a warning at the later one; that touch are none', () => {
    const weekly: Calendar['weekly'] = [
      { days: ['mon', 'tue'], from: '08:00', to: '12:00' },
      { days: ['wed'], from: '11:00', to: '13:00' },
      { days: ['tue', 'wed'], from: '11:59', to: '13:00' },
    ];
    expect(said({ weekly }).warnings).toEqual([overlap(2)]);
    const [{ detail } = { detail: '' }] = checkCalendars([{ ...office, weekly }], now).warnings;
    expect(detail).toContain('span 1 ');
  });

  test('a night overlaps the morning after it, also from Sunday to Monday', () => {
    const weekly: Calendar['weekly'] = [
      { days: ['mon'], from: '05:00', to: '08:00' },
      { days: ['sun'], from: '22:00', to: '06:00' },
    ];
    expect(said({ weekly }).warnings).toEqual([overlap(1)]);
    expect(
      said({ weekly: [...weekly.slice(0, 1), { days: ['sun'], from: '22:00', to: '05:00' }] })
        .warnings,
    ).toEqual([]);
  });

  test('a span of 24 hours overlaps the same of the next day in no moment', () => {
    const weekly: Calendar['weekly'] = [{ days: ['mon', 'tue'], from: '00:00', to: '24:00' }];
    expect(said({ weekly }).warnings).toEqual([]);
  });

  test('a beginning that is also the end is a warning that says what it means', () => {
    const same = { from: '08:00', to: '08:00' };
    const weekly: Calendar['weekly'] = [{ days: ['mon'], ...same }];
    expect(said({ weekly, exceptions: [{ date: '2026-12-24', ...same }] }).warnings).toEqual([
      '/calendars/0/weekly/0/to span.whole-day',
      '/calendars/0/exceptions/0/to span.whole-day',
    ]);
  });
});

describe('a calendar that is never open is a warning', () => {
  const never = ['/calendars/0 calendar.never-open'];

  test('without hours, and with a zone that has them left out of the question', () => {
    expect(said({ weekly: [], exceptions: [] }).warnings).toEqual(never);
    expect(said({ weekly: [], exceptions: [], timeZone: 'Mars' }).warnings).toEqual([]);
  });

  test('with exceptions that are closed or past', () => {
    expect(said({ weekly: [], exceptions: [{ date: '2026-12-25' }] }).warnings).toEqual(never);
    const { warnings } = said({
      weekly: [],
      exceptions: [{ date: '2026-01-01', from: '08:00', to: '12:00' }],
    });
    expect(warnings).toEqual(['/calendars/0/exceptions exceptions.past', ...never]);
  });

  test('not with an exception to come that has hours', () => {
    const exceptions = [{ date: '2026-12-25', from: '08:00', to: '12:00' }];
    expect(said({ weekly: [], exceptions }).warnings).toEqual([]);
  });
});
