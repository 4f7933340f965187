import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeHeap } from './heap.ts';

const before = (a: { rank: number }, b: { rank: number }) => a.rank < b.rank;

test('the best always stands first, whatever is put in, taken out and made worse', () => {
  const anyStep = fc.oneof(
    fc.record({ push: fc.nat(20) }),
    fc.record({ worsenBy: fc.nat(9) }),
    fc.constant('pop' as const),
  );
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.array(anyStep, { maxLength: 40 }), (ranks, steps) => {
      const items = ranks.map((rank) => ({ rank }));
      const heap = makeHeap([...items], before);
      const least = () => (items.length === 0 ? undefined : Math.min(...items.map((i) => i.rank)));
      for (const step of steps) {
        const first = heap.peek();
        expect(first?.rank).toBe(least());
        if (step === 'pop') {
          expect(heap.pop()).toBe(first);
          if (first !== undefined) items.splice(items.indexOf(first), 1);
        } else if ('push' in step) {
          const item = { rank: step.push };
          items.push(item);
          heap.push(item);
        } else if (first !== undefined) {
          first.rank += step.worsenBy;
          heap.sinkFirst();
        }
      }
      expect(items.map(() => heap.pop()?.rank)).toEqual(
        items.map(({ rank }) => rank).sort((a, b) => a - b),
      );
    }),
    { numRuns: 300 },
  );
});
