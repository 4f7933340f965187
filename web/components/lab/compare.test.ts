import { expect, test } from 'vitest';
import { isDifferent, shareWithin, sumKinds, waitOverDay } from './compare.ts';

const kind = {
  ...{ arrived: 100, waitedShare: 0.5, waitedShareCi: 0.02, meanWait: 10, meanWaitCi: 1 },
  ...{ p50: 0, p95: 0, p99: 0, lostShare: 0, abandonedShare: 0.1, unservedShare: 0 },
  ...{ within: { 60: 0.8 }, servedBy: {} },
};

test('a whole run weighs its kinds by their arrivals, and adds their intervals', () => {
  const kinds = { a: kind, b: { ...kind, arrived: 300, meanWait: 30, meanWaitCi: 3 } };
  const totals = sumKinds({ kinds });
  expect(totals.arrived).toBe(400);
  expect(totals.meanWait).toEqual({ value: 25, ci: 2.5 });
  expect(shareWithin({ kinds }, 60)).toBeCloseTo(0.8, 12);
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
  expect(waitOverDay(day.slice(1))).toBeNull();
  const [at8, at9, next8] = [hour(8, 10, 30), hour(9, 5, 12), hour(32, 30, 10)];
  const wait = waitOverDay([...day.filter((_, nth) => nth !== 8 && nth !== 9), at8, at9, next8]);
  expect(wait?.[8]).toBeCloseTo(15, 12);
  expect(wait?.[9]).toBe(12);
  expect(wait?.[10]).toBeNull();
});
