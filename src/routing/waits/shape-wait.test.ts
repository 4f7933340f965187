// A wait and its score are two names of one thing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreWait, waitAtScore } from './shape-wait.ts';

const anyShape = fc.record({
  expected: fc.double({ min: 1, max: 80_000, noNaN: true }),
  turns: fc.double({ min: 1, max: 5000, noNaN: true }),
});

test('the wait that has a score has it, and a longer wait has a higher one', () => {
  fc.assert(
    fc.property(anyShape, fc.double({ min: 0, max: 86_400, noNaN: true }), (shape, seconds) => {
      const score = scoreWait(seconds, shape);
      expect(waitAtScore(score, shape)).toBeCloseTo(seconds, 4);
      expect(scoreWait(seconds + 60, shape)).toBeGreaterThan(score);
    }),
  );
});
