import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandShifts } from './band-shifts.ts';

const HOUR = 3600;
/** As many as are said from one hour on to another, by the quarter of a day. */
const day = (...spans: { from: number; until: number; count: number }[]) =>
  Array.from({ length: 96 }, (_, quarter) =>
    spans
      .filter(({ from, until }) => quarter / 4 >= from && quarter / 4 < until)
      .reduce((sum, { count }) => sum + count, 0),
  );

test('one who is there from nine to a quarter past five has that shift', () => {
  expect(bandShifts(day({ from: 9, until: 17.25, count: 1 }))).toEqual([
    { count: 1, shifts: [{ from: 9 * HOUR, until: 17.25 * HOUR }], shiftsEvery: 'day' },
  ]);
});

test('a group is cut into those who are always there and those who join them', () => {
  const online = day({ from: 0, until: 24, count: 2 }, { from: 12, until: 14, count: 1 });
  expect(bandShifts(online)).toEqual([
    { count: 2 },
    { count: 1, shifts: [{ from: 12 * HOUR, until: 14 * HOUR }], shiftsEvery: 'day' },
  ]);
});

test('a hundred come and go in four parts at most', () => {
  const online = Array.from({ length: 672 }, (_, at) => 100 * Math.sin(at / 200) ** 2);
  const bands = bandShifts(online);
  expect(bands.length).toBeLessThanOrEqual(4);
  expect(bands[0]).toMatchObject({ count: 25, shiftsEvery: 'week' });
});

test('somebody who was there for a moment is there for a quarter of an hour', () => {
  const online = day({ from: 3, until: 3.25, count: 0.01 });
  expect(bandShifts(online)).toMatchObject([{ shifts: [{ from: 3 * HOUR, until: 3.25 * HOUR }] }]);
});

test('whoever is there half of every quarter of a week has no more shifts than a scenario takes', () => {
  const [{ shifts = [] } = {}] = bandShifts(Array(672).fill(0.5));
  expect(shifts).toHaveLength(84);
});

test('the hours of all parts are those of the group, to half of an hour of one', () => {
  const online = fc.array(fc.double({ min: 0, max: 4, noNaN: true }), {
    minLength: 96,
    maxLength: 96,
  });
  fc.assert(
    fc.property(online, (all) => {
      const wanted = all.reduce((sum, one) => sum + one, 0) / 4;
      const had = bandShifts(all).reduce((sum, { count, shifts }) => {
        const seconds = shifts?.reduce((total, { from, until }) => total + until - from, 0);
        return sum + (count * (seconds ?? 24 * HOUR)) / HOUR;
      }, 0);
      // All that were there no longer than a moment are there when most were.
      if (wanted >= 0.5) expect(Math.abs(had - wanted)).toBeLessThanOrEqual(0.5 + 1e-9);
    }),
  );
});
