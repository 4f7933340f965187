import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEarliest, findNextTurn, isInTime, judgeTarget } from './judge-target.ts';
import type { Target } from './read-targets.ts';

const target: Target = {
  kind: 'firstAnswer',
  since: 0,
  soonAt: 75,
  dueAt: 100,
  doneAt: null,
  droppedAt: null,
};

test.each([
  [0, 'ahead'],
  [74, 'ahead'],
  [75, 'soon'],
  [99, 'soon'],
  [100, 'overdue'],
  [1000, 'overdue'],
])('at %i what is still to be done is %s', (now, standing) => {
  expect(judgeTarget(target, now)).toBe(standing);
});

test('what is done before it is due is met, at the moment itself it is too late', () => {
  expect(judgeTarget({ ...target, doneAt: 99 }, 500)).toBe('met');
  expect(judgeTarget({ ...target, doneAt: 100 }, 500)).toBe('missed');
  expect([isInTime(target, 99), isInTime(target, 100)]).toEqual([true, false]);
});

test('what ended before it was due says nothing, after that it was missed', () => {
  expect(judgeTarget({ ...target, droppedAt: 99 }, 500)).toBe('dropped');
  expect(judgeTarget({ ...target, droppedAt: 100 }, 500)).toBe('missed');
});

test('the earliest is the one due first of those still to be done, of equals the first', () => {
  const end: Target = { ...target, kind: 'end', dueAt: 50 };
  expect(findEarliest([target, end])).toBe(end);
  expect(findEarliest([target, { ...end, doneAt: 10 }])).toBe(target);
  expect(findEarliest([target, { ...end, dueAt: 100 }])).toBe(target);
  expect(findEarliest([{ ...target, droppedAt: 10 }])).toBe(null);
});

test('between two turns no standing changes, and at each turn one does', () => {
  const anyTarget = fc
    .record({
      kind: fc.constantFrom('firstAnswer' as const, 'nextAnswer' as const, 'end' as const),
      since: fc.constant(0),
      soonAt: fc.nat(40),
      left: fc.nat(20),
      doneAt: fc.option(fc.nat(60)),
      droppedAt: fc.option(fc.nat(60)),
    })
    .map(({ left, ...rest }): Target => ({ ...rest, dueAt: rest.soonAt + left }));
  fc.assert(
    fc.property(fc.array(anyTarget, { maxLength: 3 }), fc.nat(70), (targets, now) => {
      const standings = (at: number) => targets.map((one) => judgeTarget(one, at)).join();
      const turn = findNextTurn(targets, now);
      for (let at = now; at < (turn ?? 100); at += 1) expect(standings(at)).toBe(standings(now));
      if (turn === null) return;
      expect(turn).toBeGreaterThan(now);
      expect(standings(turn)).not.toBe(standings(now));
    }),
    { numRuns: 500 },
  );
});
