// Forecasts of arrivals whose truth is known: week, trend, special days, gaps, odd days, clocks, and the range.
import { expect, test } from 'vitest';
import { makeArrivals, makeExact, usualMean } from '../../test/makers/make-arrivals.ts';
import type { Calendar } from '../contract/policy/calendar.ts';
import { forecast } from './forecast.ts';
import type { HalfHour } from './half-hours.ts';
import type { History } from './history.ts';

const WEEKS = 12;
const DAY = 86_400_000;
const FIRST = Date.UTC(2025, 0, 6);
const END = FIRST + 7 * WEEKS * DAY;

const without = (history: History, isGone: (at: number) => boolean): History => ({
  ...history,
  arrivals: new Map([...history.arrivals].filter(([at]) => !isGone(at))),
});

const dated = (exceptions: Calendar['exceptions'], timeZone = 'UTC'): Calendar => ({
  ...{ name: 'Office', timeZone, weekly: [], exceptions: exceptions ?? [] },
});

/** As 2025-03-31. */
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const sumOn = (date: string, halfHours: ReturnType<typeof forecast>['halfHours']) =>
  halfHours.filter(({ at }) => dateOf(at) === date).reduce((sum, { mean }) => sum + (mean ?? 0), 0);
const usualSum = (ofDay: number) =>
  Array.from({ length: 48 }, (_, nth) =>
    usualMean({ at: 0, day: 0, ofWeek: ofDay * 48 + nth }),
  ).reduce((sum, one) => sum + one, 0);

test('a week that is always the same is foretold as it is, from the day after the history on', () => {
  const history = makeExact({ days: 7 * WEEKS, meanOf: usualMean });
  const { halfHours, trend, dispersion, oddDays } = forecast(history, { calendar: null, weeks: 2 });
  expect(halfHours).toHaveLength(2 * 336);
  expect(halfHours[0]?.at).toBe(END);
  halfHours.forEach(({ mean }, nth) => {
    expect(mean).toBeCloseTo(usualMean({ at: 0, day: 0, ofWeek: nth % 336 }), 6);
  });
  expect({ trend, dispersion, oddDays }).toEqual({
    trend: expect.closeTo(0, 9),
    dispersion: 0,
    oddDays: [],
  });
});

test('what grows goes on growing, a little less than before', () => {
  const grown = (halfHour: HalfHour, nth: number) => usualMean(halfHour) * 1.03 ** (nth / 7);
  const { halfHours, trend } = forecast(makeExact({ days: 7 * WEEKS, meanOf: grown }), {
    ...{ calendar: null, weeks: 2 },
  });
  expect(trend).toBeGreaterThan(0.02);
  expect(trend).toBeLessThan(0.03);
  const next = sumOn(dateOf(END), halfHours) / usualSum(0);
  expect(next).toBeGreaterThan(1.03 ** 11.2);
  expect(next).toBeLessThan(1.03 ** 12.2);
});

test('closed days that are to come bring what closed days have brought, and no more than nobody where none is known', () => {
  const closed = ['2025-02-12', '2025-03-06'];
  const mean = (halfHour: HalfHour) =>
    usualMean(halfHour) * (closed.includes(dateOf(halfHour.day * DAY)) ? 0.1 : 1);
  const history = makeExact({ days: 7 * WEEKS, meanOf: mean });
  const next = dateOf(END + DAY);
  const found = forecast(history, {
    calendar: dated([...closed, next].map((date) => ({ date }))),
    weeks: 1,
  });
  expect(sumOn(next, found.halfHours) / usualSum(1)).toBeCloseTo(0.1, 6);
  expect(sumOn(dateOf(END), found.halfHours)).toBeCloseTo(usualSum(0), 2);
  const first = forecast(makeExact({ days: 7 * WEEKS, meanOf: usualMean }), {
    ...{ calendar: dated([{ date: next }]), weeks: 1 },
  });
  expect(sumOn(next, first.halfHours)).toBe(0);
});

test('a day with hours of its own is as usual within them, and one of the same date goes by the year before', () => {
  const history = makeExact({
    ...{ firstDate: '2024-03-25', days: 53 * 7 },
    meanOf: (one) => usualMean(one) * (dateOf(one.day * DAY) === '2024-04-02' ? 2.5 : 1),
  });
  const own = { from: '10:00', to: '12:00' };
  const found = forecast(history, {
    calendar: dated([
      { date: '2024-04-02', from: '00:00', to: '24:00' },
      { date: '2025-04-02', from: '00:00', to: '24:00' },
      { date: '2025-04-03', ...own },
    ]),
    weeks: 1,
  });
  // The dates are 2 and 3 April 2025, a Wednesday and a Thursday.
  expect(sumOn('2025-04-02', found.halfHours) / usualSum(2)).toBeCloseTo(2.5, 1);
  const short = found.halfHours.filter(({ at }) => dateOf(at) === '2025-04-03');
  expect(short.filter(({ mean }) => mean !== 0)).toHaveLength(4);
  expect(short[20]?.mean).toBeCloseTo(usualMean({ at: 0, day: 0, ofWeek: 3 * 48 + 20 }), 4);
});

test('gaps are not taken for half hours in which nobody came', () => {
  const history = makeExact({ days: 7 * WEEKS, meanOf: usualMean });
  const gap = (at: number) => at >= FIRST + 30 * DAY && at < FIRST + 41.3 * DAY;
  const found = forecast(without(history, gap), { calendar: null, weeks: 1 });
  expect(sumOn(dateOf(END), found.halfHours)).toBeCloseTo(usualSum(0), 2);
  expect(sumOn(dateOf(END + 3 * DAY), found.halfHours)).toBeCloseTo(usualSum(3), 2);
});

test('a half hour of the week that was never measured is foretold as unknown', () => {
  const history = makeExact({ days: 7 * WEEKS, meanOf: usualMean });
  const night = without(history, (at) => new Date(at).getUTCHours() < 6);
  const { halfHours } = forecast(night, { calendar: null, weeks: 1 });
  expect(halfHours.filter(({ mean }) => mean === null)).toHaveLength(7 * 12);
  expect(halfHours[12]?.mean).toBeCloseTo(usualMean({ at: 0, day: 0, ofWeek: 12 }), 4);
});

test('odd days and one wild half hour are named or tamed, and hardly move the forecast', () => {
  const odd = ['2025-02-18', '2025-03-20'];
  const history = makeArrivals({
    ...{ days: 7 * WEEKS, dispersion: 0.02 },
    meanOf: (one) =>
      usualMean(one) *
      (dateOf(one.day * DAY) === odd[0] ? 4 : dateOf(one.day * DAY) === odd[1] ? 0.1 : 1),
  });
  const wild = new Map(history.arrivals).set(FIRST + 71 * DAY + 10 * 3_600_000, 5000);
  const found = forecast({ ...history, arrivals: wild }, { calendar: null, weeks: 1 });
  expect(found.oddDays.map(dateOf)).toEqual(expect.arrayContaining(odd));
  for (const ofDay of [1, 3]) {
    const ratio = sumOn(dateOf(END + ofDay * DAY), found.halfHours) / usualSum(ofDay);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.08);
  }
});

test.each([
  ['2025-03-24', 46],
  ['2025-10-20', 50],
])(
  'the week from %s has its changed Sunday of %i half hours, and each keeps its time of day',
  (end, count) => {
    const zone = 'Europe/Berlin';
    const days = 7 * WEEKS;
    const firstDate = dateOf(Date.parse(end) - days * DAY);
    const history = makeExact({ timeZone: zone, firstDate, days, meanOf: usualMean });
    const { halfHours } = forecast(history, { calendar: null, weeks: 1 });
    expect(halfHours).toHaveLength(6 * 48 + count);
    const hourOf = (at: number) =>
      Number(new Intl.DateTimeFormat('en-GB', { hour: 'numeric', timeZone: zone }).format(at));
    const sunday = halfHours.slice(6 * 48);
    for (const { at, mean } of sunday) {
      const ofWeek = 6 * 48 + 2 * hourOf(at) + (at % 3_600_000 === 0 ? 0 : 1);
      expect(mean).toBeCloseTo(usualMean({ at, day: 0, ofWeek }), 4);
    }
  },
);

test.each([
  [0, 0, 0.01],
  [0.05, 0.035, 0.07],
  [0.2, 0.15, 0.26],
])('a dispersion of %f is found between %f and %f', (dispersion, least, most) => {
  const found = [1, 2, 3].map((seed) => {
    const history = makeArrivals({ days: 7 * WEEKS, meanOf: usualMean, dispersion, seed });
    return forecast(history, { calendar: null, weeks: 1 }).dispersion;
  });
  const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
  expect(mean).toBeGreaterThanOrEqual(least);
  expect(mean).toBeLessThanOrEqual(most);
});

test('four of five half hours to come are in the range, where Poisson’s would have far fewer', () => {
  const truth = { meanOf: usualMean, dispersion: 0.1, seed: 9 };
  const all = makeArrivals({ ...truth, days: 7 * (WEEKS + 2) });
  const known = without(all, (at) => at >= END);
  const { halfHours, dispersion } = forecast(known, { calendar: null, weeks: 2 });
  const busy = halfHours.filter(({ mean }) => (mean ?? 0) > 10);
  const covered = busy.filter(({ at, p10, p90 }) => {
    const came = all.arrivals.get(at) ?? Number.NaN;
    return came >= p10 && came <= p90;
  });
  expect(busy.length).toBeGreaterThan(300);
  expect(covered.length / busy.length).toBeGreaterThan(0.76);
  expect(covered.length / busy.length).toBeLessThan(0.9);
  expect(dispersion).toBeGreaterThan(0.07);
});
