// A range runs down by itself, and is told anew only when it has moved.
import { expect, test } from 'vitest';
import { isWorthTelling } from './is-worth-telling.ts';

const before = { low: 120, middle: 240, high: 400 };

test('what goes as told is not told again, and what has moved by a quarter is', () => {
  expect(isWorthTelling(before, { low: 60, middle: 180, high: 340 }, 60)).toBe(false);
  expect(isWorthTelling(before, { low: 60, middle: 180, high: 420 }, 60)).toBe(false);
  expect(isWorthTelling(before, { low: 60, middle: 240, high: 480 }, 60)).toBe(true);
  expect(isWorthTelling(before, { low: 180, middle: 240, high: 340 }, 60)).toBe(true);
});

test('moves of less than half a minute are not told', () => {
  const short = { low: 5, middle: 10, high: 20 };
  expect(isWorthTelling(short, { low: 5, middle: 20, high: 45 }, 0)).toBe(false);
  expect(isWorthTelling(short, { low: 5, middle: 20, high: 51 }, 0)).toBe(true);
});

test('a range that is over, one that is new, and that nothing can be said any more are told', () => {
  expect(isWorthTelling(before, { low: 10, middle: 15, high: 20 }, 401)).toBe(true);
  expect(isWorthTelling(null, before, 0)).toBe(true);
  expect(isWorthTelling(before, null, 0)).toBe(true);
  expect(isWorthTelling(null, null, 0)).toBe(false);
});
