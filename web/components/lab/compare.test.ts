import { expect, test } from 'vitest';
import { isDifferent, shareWithin, sumKinds } from './compare.ts';

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
