// The back test judges forecasts by what came, beside simpler ways, and lets none see what it is to foretell.
import { expect, test } from 'vitest';
import { makeArrivals, makeExact, usualMean } from '../../test/makers/make-arrivals.ts';
import { backTest } from './back-test.ts';

const DAY = 86_400_000;

test('where chance alone differs, the forecast misses by less than last week’s figures, and about as chance must', () => {
  const history = makeArrivals({ days: 7 * 20, meanOf: usualMean, dispersion: 0.05, seed: 4 });
  const found = backTest(history, { calendar: null, weeks: 6 });
  expect(found).toMatchObject({ weeks: 6, halfHours: 6 * 336 });
  expect(found?.forecast.wape).toBeLessThan((found?.naiveLastWeek.wape ?? 0) / 1.25);
  expect(found?.forecast.wape).toBeLessThan(found?.fourWeeksMean.wape ?? 0);
  // Two of the same spread differ by √2 of what one differs from its mean.
  expect(found?.naiveLastWeek.mase).toBeGreaterThan(0.9);
  expect(found?.naiveLastWeek.mase).toBeLessThan(1.1);
  expect(found?.forecast.mase).toBeLessThan(0.8);
  expect(found?.forecast.mase).toBeGreaterThan(0.65);
  expect(found?.coverage).toBeGreaterThan(0.77);
  expect(found?.coverage).toBeLessThan(0.92);
});

test('errors are counted as they are defined', () => {
  // Each week brings twice what the one before brought: last week’s figures miss half of all.
  const history = makeExact({ days: 7 * 6, meanOf: (_, nth) => 4 * 2 ** Math.floor(nth / 7) });
  const found = backTest(history, { calendar: null, weeks: 1 });
  expect(found?.naiveLastWeek.wape).toBeCloseTo(0.5, 9);
  // 64 missed now; before, 4, 8, 16 and 32 in turn, of which the mean is 15.
  expect(found?.naiveLastWeek.mase).toBeCloseTo(64 / 15, 9);
  expect(found?.fourWeeksMean.wape).toBeCloseTo(1 - (64 + 32 + 16 + 8) / 4 / 128, 9);
});

test('no forecast sees what came after it', () => {
  const calm = makeExact({ days: 7 * 10, meanOf: usualMean });
  const end = Date.UTC(2025, 0, 6) + 63 * DAY;
  // The last week is another one altogether: busy at night.
  const turned = new Map(
    [...calm.arrivals].map(([at, count]) => [at, at >= end ? 40 - count : count]),
  );
  const found = backTest({ ...calm, arrivals: turned }, { calendar: null, weeks: 1 });
  const week = [...calm.arrivals].filter(([at]) => at >= end).map(([, usual]) => usual);
  const missed = week.reduce((sum, usual) => sum + Math.abs(40 - usual - usual), 0);
  const came = week.reduce((sum, usual) => sum + 40 - usual, 0);
  expect(found?.forecast.wape).toBeCloseTo(missed / came, 6);
});

test('where nobody is known to have come of late, or every week was the same, no error is made up', () => {
  const silent = makeExact({ days: 70, meanOf: (one, nth) => (nth < 56 ? usualMean(one) : 0) });
  expect(backTest(silent, { calendar: null, weeks: 1 })).toBeNull();
  const same = makeExact({ days: 70, meanOf: usualMean });
  expect(backTest(same, { calendar: null, weeks: 1 })?.naiveLastWeek).toEqual({
    ...{ wape: 0, mase: null },
  });
});

test('a history of less than five weeks tests nothing', () => {
  const short = makeExact({ days: 34, meanOf: usualMean });
  expect(backTest(short, { calendar: null, weeks: 4 })).toBeNull();
  const enough = makeExact({ days: 35, meanOf: usualMean });
  expect(backTest(enough, { calendar: null, weeks: 4 })).toMatchObject({ weeks: 1 });
});
