import { expect, test } from 'vitest';
import { makeClock } from './make-clock.ts';

test('what has come due is done when time is moved, the earliest first', () => {
  const clock = makeClock();
  const done: string[] = [];
  clock.after(2000, () => done.push('later'));
  clock.after(1000, () => done.push('first'));
  const cancel = clock.after(1500, () => done.push('cancelled'));
  clock.after(600_000, () => done.push('never'));
  cancel();
  const before = clock.now();
  clock.advance(5000);
  expect(clock.now() - before).toBeGreaterThanOrEqual(5000);
  expect(done).toEqual(['first', 'later']);
  clock.forget();
  clock.advance(600_000);
  expect(done).toEqual(['first', 'later']);
});

test('what is begun by a move waits for the next', () => {
  const clock = makeClock();
  const done: number[] = [];
  const again = (count: number): void => {
    done.push(count);
    clock.after(60_000, () => again(count + 1));
  };
  again(0);
  clock.advance(60_000);
  clock.advance(60_000);
  clock.forget();
  expect(done).toEqual([0, 1, 2]);
});
