// What comes together is done together, and each item is judged for itself.
import { expect, test } from 'vitest';
import { makeGather } from './gather.ts';

const database = { db: {} };

test('one bad item of a batch fails alone, and the others are answered each in its place', async () => {
  const batches: number[][] = [];
  const double = makeGather(async (_: { db: object }, _key: string, items: number[]) => {
    batches.push(items);
    if (items.includes(3)) throw new Error('three');
    return items.map((item) => 2 * item);
  });
  // The first goes alone, the others share what follows.
  const answers = await Promise.allSettled([1, 2, 3, 4].map((item) => double(database, 'a', item)));
  expect(batches).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
  expect(answers).toMatchObject([
    { value: 2 },
    { value: 4 },
    { reason: { message: 'three' } },
    { value: 8 },
  ]);
});

test('calls share a batch where database and key are the same, and nowhere else', async () => {
  const batches: string[] = [];
  const note = makeGather(
    async (_: { db: object }, { of, by }: { of: string; by: number }, items: string[]) => {
      batches.push(`${of} ${by}: ${items.join(' ')}`);
      return items;
    },
  );
  const other = { db: {} };
  await Promise.all([
    ...['a', 'b', 'c'].map((item) => note(database, { of: 'x', by: 1 }, item)),
    ...['d', 'e'].map((item) => note(database, { of: 'x', by: 2 }, item)),
    ...['f', 'g'].map((item) => note(other, { of: 'x', by: 1 }, item)),
  ]);
  expect(batches.sort()).toEqual(['x 1: a', 'x 1: b c', 'x 1: f', 'x 1: g', 'x 2: d', 'x 2: e']);
});
