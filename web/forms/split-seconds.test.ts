import { expect, test } from 'vitest';
import { splitSeconds } from './split-seconds.ts';

test.each([
  [0, 0, 's'],
  [45, 45, 's'],
  [60, 1, 'min'],
  [90, 90, 's'],
  [5400, 90, 'min'],
  [86_400, 24, 'h'],
] as const)('%i seconds are %i %s', (seconds, count, unit) => {
  expect(splitSeconds(seconds, ['s', 'min', 'h'])).toEqual({ count, unit });
});

test('days are a unit only where they are offered', () => {
  expect(splitSeconds(172_800, ['min', 'h', 'd'])).toEqual({ count: 2, unit: 'd' });
});
