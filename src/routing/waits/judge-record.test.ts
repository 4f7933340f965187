// Where a record says that waits lie, by those that ended and those that last.
import { expect, test } from 'vitest';
import { judgeRecord, LEAST_SERVED, type Scored } from './judge-record.ts';

const served = (score: number): Scored => ({ score, isServed: true });
const lasts = (score: number): Scored => ({ score, isServed: false });
const many = (count: number, of: (nth: number) => Scored) =>
  Array.from({ length: count }, (_, nth) => of(nth));

test('with too few that are known to the end nothing is said, however many wait', () => {
  const few = many(LEAST_SERVED - 1, () => served(0));
  expect(judgeRecord([...few, ...many(500, () => lasts(1))])).toBeNull();
  expect(judgeRecord([...few, served(0)])).not.toBeNull();
});

test('a tenth stays below low, half below the middle, and nine tenths below high', () => {
  const record = judgeRecord(many(600, (nth) => served(((nth * 7) % 600) / 100 - 3)));
  expect(record?.low).toBeCloseTo(-2.4, 0);
  expect(record?.middle).toBeCloseTo(0, 0);
  expect(record?.high).toBeCloseTo(2.4, 0);
});

test('those that wait for long already say that it takes longer', () => {
  const before = many(100, (nth) => served((nth % 20) / 10 - 1));
  const calm = judgeRecord(before);
  const stuck = judgeRecord([...many(60, () => lasts(3)), ...before]);
  expect(stuck?.high).toBeGreaterThan((calm?.high ?? 0) + 1);
  expect(stuck?.middle).toBeGreaterThan(calm?.middle ?? 0);
});

test('those that have only begun to wait say nothing of a short one', () => {
  const before = many(100, (nth) => served((nth % 20) / 10 - 1));
  const calm = judgeRecord(before);
  const begun = judgeRecord([...many(60, () => lasts(-1.5)), ...before]);
  expect(Math.abs((begun?.low ?? 9) - (calm?.low ?? 0))).toBeLessThan(0.11);
  expect(Math.abs((begun?.middle ?? 9) - (calm?.middle ?? 0))).toBeLessThan(0.11);
});

test('what is new counts more than what is old', () => {
  const [slow, quick] = [many(300, () => served(2)), many(300, () => served(-2))];
  expect(judgeRecord([...slow, ...quick])?.middle).toBe(2);
  expect(judgeRecord([...quick, ...slow])?.middle).toBe(-2);
});

test('while few are known, the spread of theory keeps the range from closing', () => {
  const record = judgeRecord(many(LEAST_SERVED, () => served(0)));
  expect(record?.low).toBeLessThan(-0.5);
  expect(record?.high).toBeGreaterThan(0.5);
});
