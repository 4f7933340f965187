// The judge of the order: strict, but only where there is an order.
import { expect, test } from 'vitest';
import { countOvertakes } from './count-overtakes.ts';

const at = (ms: number) => new Date(1_700_000_000_000 + ms).toISOString();
/** Ids are named in the order in which the conversations came. */
const served = (id: string, rank: number, assigned: number | null) => ({
  ...{ id, rankAt: at(rank), assignedAt: assigned === null ? null : at(assigned) },
});

test('the earlier of one millisecond may be served first, in whatever order they are listed', () => {
  const queue = [served('a', 0, 10), served('b', 0, 20), served('c', 0, 30)];
  expect(countOvertakes(queue)).toBe(0);
  expect(countOvertakes(queue.toReversed())).toBe(0);
});

test('those of one routing pass have no order among them', () => {
  expect(countOvertakes([served('a', 0, 10), served('b', 1, 10), served('c', 0, 10)])).toBe(0);
});

test('who came first and is served later was overtaken, also within a millisecond', () => {
  expect(countOvertakes([served('a', 0, 20), served('b', 1, 10)])).toBe(1);
  expect(countOvertakes([served('a', 0, 20), served('b', 0, 10)])).toBe(1);
  expect(countOvertakes([served('b', 0, 10), served('a', 0, 20)])).toBe(1);
});

test('who never was served overtakes nobody', () => {
  expect(countOvertakes([served('a', 0, null), served('b', 1, 10)])).toBe(0);
});
