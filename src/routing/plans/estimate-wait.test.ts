import { expect, test } from 'vitest';
import { estimateWait } from './estimate-wait.ts';

test('it is told how much longer four of five waited who had waited for as long', () => {
  const recent = [100, 10, 20, 30, 40, 50, 60, 70, 80, 90, 110];
  expect(estimateWait(recent, 0)).toEqual({ from: 20, middle: 60, to: 100 });
  expect(estimateWait(recent, 55)).toEqual({ from: 15, middle: 35, to: 55 });
});

test('who was given somebody sooner says nothing about a longer wait', () => {
  expect(estimateWait([1, 1, 1, 1, 1, 60, 60, 60, 60, 60], 10)).toEqual({
    from: 50,
    middle: 50,
    to: 50,
  });
  expect(estimateWait([10, 60, 60, 60, 60, 60], 10)).toEqual({ from: 50, middle: 50, to: 50 });
});

test('with fewer than five nothing is told', () => {
  expect(estimateWait([5, 5, 5, 5], 0)).toBeNull();
  expect(estimateWait([5, 5, 5, 5, 5], 0)).toEqual({ from: 5, middle: 5, to: 5 });
  expect(estimateWait([5, 5, 5, 5, 5], 5)).toBeNull();
});

test('it is the same in whatever order they came', () => {
  expect(estimateWait([9, 100, 20, 1000, 3], 0)).toEqual({ from: 3, middle: 20, to: 1000 });
});
