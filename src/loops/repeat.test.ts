import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repeat } from './repeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it acts at once, and again about as long after each end, though it failed', async () => {
  const errors: unknown[] = [];
  let acted = 0;
  const act = async () => {
    acted += 1;
    if (acted === 1) throw new Error('broken');
    await new Promise((done) => setTimeout(done, 500));
  };
  const repeated = repeat({ everyMs: 1000, act, onError: (error) => errors.push(error) });
  expect(acted).toBe(1);
  await vi.advanceTimersByTimeAsync(899);
  expect(acted).toBe(1);
  await vi.advanceTimersByTimeAsync(202);
  expect(acted).toBe(2);
  expect(errors).toHaveLength(1);
  // It is under way for another 500 ms at most.
  await vi.advanceTimersByTimeAsync(1197);
  expect(acted).toBe(2);
  await vi.advanceTimersByTimeAsync(404);
  expect(acted).toBe(3);
  const stopping = repeated.stop();
  await vi.advanceTimersByTimeAsync(5000);
  await stopping;
  expect(acted).toBe(3);
});

test('loops that begin together do not go on together', async () => {
  const ends: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    let acted = 0;
    const act = async () => {
      acted += 1;
      if (acted === 2) ends.push(performance.now());
    };
    repeat({ everyMs: 1000, act, onError: () => {} });
  }
  await vi.advanceTimersByTimeAsync(1101);
  expect(ends).toHaveLength(20);
  expect(Math.max(...ends) - Math.min(...ends)).toBeGreaterThan(20);
  vi.clearAllTimers();
});
