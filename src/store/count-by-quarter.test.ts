import { expect, test } from 'vitest';
import { spansOfLatest } from './count-by-quarter.ts';

const QUARTER = 900_000;
const at = (quarter: number) => new Date(quarter * QUARTER);
const countsOf = (times: Record<number, number>) => {
  const counts = new Uint32Array(1000);
  for (const [nth, often] of Object.entries(times)) counts[Number(nth)] = often;
  return { first: 100, counts };
};
const whole = { from: new Date(at(100).getTime() + 1), to: at(1100), after: null };

test('the latest are in few parts, and what lies far between them is not read', () => {
  const quarters = countsOf({ 0: 5, 500: 2, 990: 1, 993: 1 });
  expect(spansOfLatest(quarters, { ...whole, limit: 3 })).toEqual([
    { from: at(1090), to: at(1094) },
    { from: at(600), to: at(601) },
  ]);
  expect(spansOfLatest(quarters, { ...whole, limit: 5 }).at(-1)).toEqual({
    from: whole.from,
    to: at(101),
  });
});

test('after a cursor its own quarter is read again, as is all that is needed before it', () => {
  const after = { key: new Date(at(600).getTime() + 60_000).toISOString() };
  const quarters = countsOf({ 0: 5, 400: 1, 500: 9, 993: 1 });
  expect(spansOfLatest(quarters, { ...whole, after, limit: 1 })).toEqual([
    { from: at(600), to: at(601) },
    { from: at(500), to: at(501) },
  ]);
});

test('where the parts would be many, one is read', () => {
  const some = Object.fromEntries(Array.from({ length: 60 }, (_, nth) => [nth * 10, 1]));
  expect(spansOfLatest(countsOf(some), { ...whole, limit: 60 })).toEqual([
    { from: whole.from, to: at(691) },
  ]);
});
