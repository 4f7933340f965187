import fc from 'fast-check';
import { expect, test } from 'vitest';
import { obstacles } from '../../../src/routing/types.ts';
import { funnelSteps } from './funnel-steps.ts';

test('whoever the record removes is out at one step, and who is left at the last one could take it', () => {
  const counts = fc.tuple(...obstacles.map(() => fc.integer({ min: 0, max: 9 })));
  fc.assert(
    fc.property(counts, fc.integer({ min: 0, max: 9 }), (removedCounts, eligible) => {
      const removed = Object.fromEntries(
        obstacles.map((obstacle, nth) => [obstacle, removedCounts[nth] ?? 0]),
      );
      const considered = removedCounts.reduce((sum, count) => sum + count, eligible);
      const steps = funnelSteps({ considered, removed });
      expect(steps.at(-1)?.left).toBe(eligible);
      const left = [considered, ...steps.map((step) => step.left)];
      expect(left).toEqual(left.toSorted((one, other) => other - one));
      const out = steps.flatMap((step) => step.out);
      expect(Object.fromEntries(out.map(({ obstacle, count }) => [obstacle, count]))).toEqual(
        Object.fromEntries(Object.entries(removed).filter(([, count]) => count > 0)),
      );
    }),
  );
});

test('teams and earlier attempts are told only where they left somebody out', () => {
  const names = (removed: Record<string, number>) =>
    funnelSteps({ considered: 5, removed }).map(({ name }) => name);
  expect(names({})).toEqual(['available', 'channel', 'skills', 'room']);
  expect(names({ team: 2, excluded: 1 })).toEqual([
    ...['available', 'channel', 'team', 'skills', 'tried', 'room'],
  ]);
});
