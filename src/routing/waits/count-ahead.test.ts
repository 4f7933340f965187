// Who is before whom, beside a plain recount.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countAhead } from './count-ahead.ts';

test('of one group each before it counts, of groups with other agents none, of shared ones a part', () => {
  const servers = new Map([
    ['a', new Map([[0, 2]])],
    ['b', new Map([[1, 4]])],
    [
      'both',
      new Map([
        [0, 2],
        [1, 4],
      ]),
    ],
  ]);
  const line = ['a', 'b', 'a', 'both', 'a', 'b'].map((needsKey) => ({ needsKey }));
  const ahead = countAhead(line, servers);
  expect(ahead.slice(0, 4)).toEqual([0, 0, 1, 3]);
  // Of the one that both serve, a third of the places is of a.
  expect(ahead[4]).toBeCloseTo(2 + 1 / 3, 9);
  expect(ahead[5]).toBeCloseTo(1 + 2 / 3, 9);
});

test('it never exceeds how many are before it, and is exactly that where all share their agents', () => {
  const anyServers = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.dictionary(fc.constantFrom('0', '1', '2', '3'), fc.integer({ min: 1, max: 9 })),
  );
  const anyLine = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 });
  fc.assert(
    fc.property(anyServers, anyLine, (given, line) => {
      const servers = new Map(
        Object.entries(given).map(([key, own]) => [
          key,
          new Map(Object.entries(own).map(([agent, places]) => [Number(agent), places])),
        ]),
      );
      countAhead(
        line.map((needsKey) => ({ needsKey })),
        servers,
      ).forEach((ahead, nth) => {
        expect(ahead).toBeLessThanOrEqual(nth + 1e-9);
      });
      const same = new Map(['a', 'b', 'c'].map((key) => [key, new Map([[0, 1]])]));
      const all = countAhead(
        line.map((needsKey) => ({ needsKey })),
        same,
      );
      expect(all).toEqual(line.map((_, nth) => nth));
    }),
  );
});
