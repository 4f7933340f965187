// Shared attention, worked out by hand: what is left of each is carried over when another begins or ends.
import { expect, test } from 'vitest';
import { makeAttention } from './attention.ts';

interface One {
  ms: number;
  weight: number;
  markMs: number | null;
}
const open = (slowdown: number, begins: number) => {
  const reached: [number, number][] = [];
  const { begin, ...attention } = makeAttention<One>(slowdown, begins, ({ weight }, at) => {
    reached.push([weight, at]);
  });
  return {
    ...{ ...attention, reached },
    begin: (now: number, one: Omit<One, 'markMs'> & Partial<One>) => {
      const whole = { markMs: null, ...one };
      begin(now, whole);
      return whole;
    },
  };
};

test('two that share an agent take twice as long while there are two', () => {
  const attention = open(1, 0);
  attention.begin(0, { ms: 100, weight: 1 });
  expect(attention.next()).toBe(100);
  attention.begin(40, { ms: 30, weight: 2 });
  // 60 and 30 are left, at half the speed each.
  expect(attention.next()).toBe(100);
  expect(attention.finish(100).weight).toBe(2);
  // 30 are left of the first, alone.
  expect(attention.next()).toBe(130);
  expect(attention.finish(130).weight).toBe(1);
  expect(attention.next()).toBeNull();
});

test('what begins among others finds them as far as their common speed has brought them', () => {
  const attention = open(1, 0);
  for (const ms of [100, 100]) attention.begin(0, { ms, weight: 1 });
  attention.begin(100, { ms: 10, weight: 2 });
  // Each of the two has got 50; of three the new one takes 30.
  expect(attention.next()).toBe(130);
  expect(attention.finish(130).weight).toBe(2);
  // 40 are left of each, at half the speed; both end at once.
  expect(attention.next()).toBe(210);
  attention.finish(210);
  expect(attention.next()).toBe(210);
});

test('a slowdown of a quarter makes three take half as long again', () => {
  const attention = open(0.25, 1000);
  for (const ms of [60, 80, 100]) attention.begin(1000, { ms, weight: 1 });
  const ends: number[] = [];
  for (let at = attention.next(); at !== null; at = attention.next()) {
    ends.push(at);
    attention.finish(at);
  }
  // 60 × 1.5, then 20 × 1.25, then 20.
  expect(ends).toEqual([1090, 1115, 1135]);
});

test('whatever begins or ends is counted, so that what was foretold before is known to be void', () => {
  const attention = open(1, 0);
  const counts = [attention.changes()];
  attention.begin(0, { ms: 1, weight: 1 });
  counts.push(attention.changes());
  attention.finish(1);
  counts.push(attention.changes());
  expect(new Set(counts).size).toBe(3);
});

test('a mark is reached when so much of the service is done, however often the speed has changed', () => {
  const attention = open(1, 0);
  attention.begin(0, { ms: 100, weight: 1, markMs: 60 });
  attention.begin(40, { ms: 30, weight: 2, markMs: 30 });
  attention.finish(100);
  attention.finish(130);
  // 40 of the first are done alone, 20 more take twice as long; the second is told with its end.
  expect(attention.reached).toEqual([
    [1, 80],
    [2, 100],
  ]);
});

test('whatever is dropped before its mark is told at that moment, and not again', () => {
  const attention = open(1, 0);
  const dropped = attention.begin(0, { ms: 100, weight: 1, markMs: 50 });
  attention.begin(0, { ms: 100, weight: 2, markMs: 20 });
  attention.drop(60, dropped);
  attention.finish(130);
  attention.begin(200, { ms: 100, weight: 3 });
  attention.finish(300);
  expect(attention.reached).toEqual([
    [2, 40],
    [1, 60],
  ]);
});
