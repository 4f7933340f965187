// The demonstration's past week, at any time of day.
import { expect, test } from 'vitest';
import { type PastVisit, planWeek } from './plan-week.ts';

const HOUR_MS = 3_600_000;

/** The same numbers each time. */
function makeRandom(): () => number {
  let state = 7;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const endOf = ({ beganAt, waitSeconds, handlingSeconds }: PastVisit) =>
  beganAt.getTime() + (waitSeconds + handlingSeconds) * 1000;

test.each([
  ['in the middle of a Wednesday', new Date(2026, 2, 11, 14, 30)],
  ['on a Sunday night', new Date(2026, 2, 15, 2, 10)],
  ['on a Monday before the opening', new Date(2026, 2, 16, 6, 0)],
])('%s every day of the week before had customers, and so had the last hours', (_, now) => {
  const week = planWeek(now, makeRandom());
  expect(week.length).toBeGreaterThan(300);
  expect(Math.max(...week.map(endOf))).toBeLessThan(now.getTime());
  for (let back = 1; back <= 7; back += 1) {
    const [from, to] = [back, back - 1].map((days) => now.getTime() - days * 24 * HOUR_MS) as [
      number,
      number,
    ];
    const count = week.filter(({ beganAt: at }) => at.getTime() >= from && at.getTime() < to);
    expect(count.length).toBeGreaterThan(20);
  }
  const lately = week.filter(({ beganAt }) => beganAt.getTime() > now.getTime() - 4 * HOUR_MS);
  expect(lately.length).toBeGreaterThanOrEqual(14);
});

test('waits and handling times differ, and some visits are rated from bad to good', () => {
  const week = planWeek(new Date(2026, 2, 11, 14, 30), makeRandom());
  const waits = week.map(({ waitSeconds }) => waitSeconds).sort((a, b) => a - b);
  const [median, p90] = [0.5, 0.9].map((share) => waits[Math.floor(waits.length * share)] ?? 0);
  expect(median).toBeGreaterThan(10);
  expect(median).toBeLessThan(60);
  expect(p90).toBeGreaterThan(2 * (median ?? 0));
  expect(new Set(week.map(({ score }) => score)).size).toBeGreaterThanOrEqual(5);
});
