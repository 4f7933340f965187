// The search finds what trying every order finds, on small histories of a register.
import { expect, test } from 'vitest';
import { makeRandom, type Random } from '../make-random.ts';
import { isLinearizable, type Model, type Timed } from './is-linearizable.ts';

type Op = { write: string } | { read: string };

const register: Model<Op> = {
  initial: '0',
  step: (state, op) => {
    if ('write' in op) return [op.write];
    return op.read === state ? [state] : [];
  },
};

/** Every order of every choice of what was never answered. */
function tryAll(history: readonly Timed<Op>[]): boolean {
  const place = (state: string, left: readonly Timed<Op>[]): boolean =>
    left.every(({ to }) => to === null) ||
    left.some((one) => {
      const isTooEarly = left.some(({ to }) => to !== null && to < one.from);
      const others = left.filter((other) => other !== one);
      return !isTooEarly && register.step(state, one.op).some((next) => place(next, others));
    });
  return place(register.initial, history);
}

function makeHistory(random: Random): Timed<Op>[] {
  return Array.from({ length: Math.floor(random.between(1, 7)) }, () => {
    const from = random.between(0, 10);
    const value = String(Math.floor(random.between(0, 3)));
    const isWrite = random.chance(0.5);
    const to = isWrite && random.chance(0.2) ? null : from + random.between(0, 4);
    return { op: isWrite ? { write: value } : { read: value }, from, to };
  });
}

test('it answers as trying every order does', () => {
  const random = makeRandom(1);
  const answers = Array.from({ length: 2000 }, () => {
    const history = makeHistory(random);
    const found = isLinearizable(history, register);
    expect(found, JSON.stringify(history)).toBe(tryAll(history));
    return found;
  });
  // Both kinds were seen.
  expect(answers.filter(Boolean).length).toBeGreaterThan(200);
  expect(answers.filter((found) => !found).length).toBeGreaterThan(200);
});

test('a read of what was written before is refused, and one of what may have been written is not', () => {
  const write: Timed<Op> = { op: { write: '1' }, from: 0, to: 1 };
  const lateRead: Timed<Op> = { op: { read: '0' }, from: 2, to: 3 };
  expect(isLinearizable([write, lateRead], register)).toBe(false);
  expect(isLinearizable([{ ...write, to: null }, lateRead], register)).toBe(true);
});
