import { expect, test } from 'vitest';
import { makeRate, makeRates } from './rates.ts';

test('so many are taken within a window, counted from its first, and then again', () => {
  const rate = makeRate({ most: 2, withinMs: 100 });
  expect([1000, 1050, 1099].map((now) => rate.take(now))).toEqual([true, true, false]);
  expect([1100, 1100, 1100].map((now) => rate.take(now))).toEqual([true, true, false]);
});

test('a rate is spent once the next would be too much, until its window is over, and asking counts nothing', () => {
  const rate = makeRate({ most: 2, withinMs: 100 });
  expect(rate.isSpent(1000)).toBe(false);
  rate.take(1000);
  expect([rate.isSpent(1001), rate.isSpent(1001), rate.isSpent(1001)]).toEqual([
    false,
    false,
    false,
  ]);
  rate.take(1001);
  expect([rate.isSpent(1099), rate.isSpent(1100)]).toEqual([true, false]);
});

test('each key has a rate of its own, also to be asked about', () => {
  const rates = makeRates({ most: 1, withinMs: 100 });
  expect(rates.isSpent('a', 1000)).toBe(false);
  expect([rates.take('a', 1000), rates.take('a', 1001), rates.take('b', 1002)]).toEqual([
    ...[true, false, true],
  ]);
  expect(['a', 'b', 'c'].map((key) => rates.isSpent(key, 1003))).toEqual([true, true, false]);
});

test('with many keys, those that were idle for a window are forgotten, and no other', () => {
  const rates = makeRates({ most: 1, withinMs: 100 });
  rates.take('early', 1000);
  for (let key = 0; key < 10_000; key += 1) rates.take(`${key}`, 1050);
  // The sweep at 1110 forgets the first alone: the others were heard of 60 ms ago.
  rates.take('late', 1110);
  expect(rates.isSpent('early', 1050)).toBe(false);
  expect(rates.isSpent('7', 1110)).toBe(true);
});

test('with few keys nothing is forgotten', () => {
  const rates = makeRates({ most: 1, withinMs: 100 });
  rates.take('early', 1000);
  rates.take('late', 5000);
  expect(rates.isSpent('early', 1050)).toBe(true);
});
