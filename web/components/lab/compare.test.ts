import { expect, test } from 'vitest';
import { isDifferent, listWaits, shareWithin, sumRun } from './compare.ts';

const kind = {
  ...{ arrived: 100, waitedShare: 0.5, waitedShareCi: 0.02, meanWait: 10, meanWaitCi: 1 },
  ...{ p50: 0, p95: 0, p99: 0, lostShare: 0, abandonedShare: 0.1, unservedShare: 0 },
  ...{ within: { 60: 0.8 }, servedBy: {} },
};

test('a whole run weighs its kinds by their arrivals, and adds their intervals', () => {
  const kinds = { a: kind, b: { ...kind, arrived: 300, meanWait: 30, meanWaitCi: 3 } };
  const totals = sumRun({ kinds, jain: 0.8, overCapacity: 0 });
  expect(totals.meanWait).toEqual({ value: 25, ci: 2.5 });
  expect(totals).toMatchObject({
    p95: null,
    firstAnswer: null,
    evenness: { value: 0.8, ci: null },
  });
  expect(totals.left).toEqual({ value: expect.closeTo(0.1, 12), ci: null });
  expect(shareWithin({ kinds }, 60)).toEqual({ value: expect.closeTo(0.8, 12), ci: null });
});

test('over several runs each figure is their mean with its interval, and two that are added add theirs', () => {
  const over = (mean: number, ci: number) => ({ mean, ci });
  const same = { p50: over(0, 0), p95: over(40, 5), p99: over(0, 0), servedBy: {} };
  const whole = {
    ...{ ...same, meanWait: over(12, 2), waitedShare: over(0.4, 0.01) },
    ...{ abandonedShare: over(0.1, 0.02), lostShare: over(0.2, 0.03) },
    ...{ unservedShare: over(0.1, 0.01), within: { 60: over(0.7, 0.05) } },
    firstAnswer: { answeredShare: null, mean: over(30, 4), p50: null, p95: null },
  };
  const repeated = { runs: 5, whole, kinds: {}, occupancy: {}, jain: over(0.9, 0.02) };
  const run = { kinds: { a: kind }, repeated, jain: 0.5, overCapacity: 2 };
  expect(sumRun(run)).toEqual({
    meanWait: { value: 12, ci: 2 },
    waited: { value: 0.4, ci: 0.01 },
    left: { value: 0.1, ci: 0.02 },
    lost: { value: expect.closeTo(0.3, 12), ci: expect.closeTo(0.04, 12) },
    withinMinute: { value: 0.7, ci: 0.05 },
    byBot: null,
    firstAnswer: { value: 30, ci: 4 },
    p95: { value: 40, ci: 5 },
    evenness: { value: 0.9, ci: 0.02 },
    overCapacity: { value: 2, ci: null },
  });
  expect(shareWithin(run, 60)).toEqual({ value: 0.7, ci: 0.05 });
  const overDay = [null, over(3, 1)];
  expect(listWaits({ repeated: { ...repeated, overDay } })).toEqual([null, { value: 3, ci: 1 }]);
});

const agents = { jain: 1, overCapacity: 0 };

test('what bots ended is a share of all that came, of one run and over several', () => {
  const kinds = { a: { ...kind, botShare: 0.5 }, b: { ...kind, arrived: 300 } };
  expect(sumRun({ kinds, ...agents }).byBot).toEqual({ value: 0.125, ci: null });
  expect(sumRun({ kinds: { b: kind }, ...agents }).byBot).toBeNull();
});

test('of several kinds in one run the figures of all together are taken, where they are known', () => {
  const answers = { answeredShare: 1, mean: 20, meanCi: 2, p50: 10, p95: 60 };
  const whole = { ...kind, meanWait: 7, meanWaitCi: 0.5, p95: 33, firstAnswer: answers };
  const run = { kinds: { a: kind, b: kind }, whole: { ...whole, within: { 60: 0.4 } } };
  expect(sumRun({ ...run, ...agents })).toMatchObject({
    ...{ meanWait: { value: 7, ci: 0.5 }, p95: { value: 33, ci: null } },
    firstAnswer: { value: 20, ci: 2 },
  });
  expect(shareWithin(run, 60)).toEqual({ value: 0.4, ci: null });
});

test('of one kind in one run it is known what 95 of 100 wait at most', () => {
  expect(sumRun({ kinds: { a: { ...kind, p95: 33 } }, ...agents }).p95).toEqual({
    ...{ value: 33, ci: null },
  });
});

test('two runs differ where the interval of their difference does not hold zero', () => {
  const at = (value: number, ci: number | null) => ({ value, ci });
  expect(isDifferent(at(10, 3), at(14.9, 4))).toBe(false);
  expect(isDifferent(at(10, 3), at(15.1, 4))).toBe(true);
  expect(isDifferent(at(10, null), at(99, 1))).toBeNull();
});

test('hours of several days are one day, each weighed by who came in it', () => {
  const hour = (nth: number, arrived: number, meanWait: number) => ({
    ...{ from: nth * 3600, arrived, meanWait, within: null, waiting: 0 },
  });
  const day = Array.from({ length: 24 }, (_, nth) => hour(nth, 0, 0));
  expect(listWaits({ hours: day.slice(1) })).toBeNull();
  const [at8, at9, next8] = [hour(8, 10, 30), hour(9, 5, 12), hour(32, 30, 10)];
  const hours = [...day.filter((_, nth) => nth !== 8 && nth !== 9), at8, at9, next8];
  const wait = listWaits({ hours });
  expect(wait?.[8]?.value).toBeCloseTo(15, 12);
  expect(wait?.[9]).toEqual({ value: 12, ci: null });
  expect(wait?.[10]).toBeNull();
});
