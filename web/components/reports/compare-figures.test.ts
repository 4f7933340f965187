import { expect, test } from 'vitest';
import { compareFigures } from './compare-figures.ts';

test('a change of enough has a direction and a share', () => {
  expect(compareFigures({ now: 120, before: 100 })).toEqual({ change: 'up', share: 0.2 });
  expect(compareFigures({ now: 50, before: 100 })).toEqual({ change: 'down', share: 0.5 });
  expect(compareFigures({ now: 1001, before: 1000 })).toEqual({ change: 'same', share: 0 });
});

test('of too few, then or now, nothing is said but what it was', () => {
  expect(compareFigures({ now: 300, before: 19 }).change).toBe('few');
  expect(compareFigures({ now: 3, before: 100 }).change).toBe('few');
  const of = { now: 4, before: 500 };
  expect(compareFigures({ now: 90, before: 30, of }).change).toBe('few');
});

test('where there was nothing before, nothing is compared', () => {
  expect(compareFigures({ now: 50, before: 0 }).change).toBe('none');
  expect(compareFigures({ now: 50, before: null }).change).toBe('none');
});
