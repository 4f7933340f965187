import { expect, test } from 'vitest';
import { daysOf, rangeBefore, rangeOf } from './report-range.ts';

const now = new Date(2026, 2, 29, 15);

test('the days of a span are whole days of the reader, today the last of them', () => {
  const days = daysOf(rangeOf('7d', now));
  expect(days).toHaveLength(7);
  expect([days[0], days.at(-1)]).toEqual(['2026-03-23', '2026-03-29']);
});

test('a day on which the clocks change counts once, and one day is one', () => {
  expect(new Set(daysOf(rangeOf('90d', now))).size).toBe(90);
  expect(daysOf(rangeOf('today', now))).toEqual(['2026-03-29']);
});

test('before is as many days earlier, and ends at the same time of day as now', () => {
  const before = rangeBefore(rangeOf('7d', now), now);
  expect(daysOf(before)).toHaveLength(7);
  expect(new Date(before.from)).toEqual(new Date(2026, 2, 16));
  expect(new Date(before.to)).toEqual(new Date(2026, 2, 22, 15));
});

test('before a day that is over is the whole day before', () => {
  const before = rangeBefore(rangeOf('yesterday', now), now);
  expect(new Date(before.from)).toEqual(new Date(2026, 2, 27));
  expect(new Date(before.to)).toEqual(new Date(2026, 2, 28));
});
