// Collects requests that arrive together, so that one answer can be found for all of them.
import type { Clock } from '../../clock.ts';

/** Requests of one question leave Rocket.Chat in one turn of its loop. */
const QUIET_MS = 50;
const MOST_MS = 500;

interface Waiter<Out> {
  resolve: (answer: Out) => void;
  reject: (error: unknown) => void;
}

interface Burst<Out> {
  waiters: Waiter<Out>[];
  beganAt: number;
  lastAt: number;
}

/**
 * Requests with the same `key` wait until none has come for 50 ms, or for half a second. Then
 * `answer` is told how many there are, and answers each in the order in which it came.
 */
export function gatherRequests<Asked, Out>(
  clock: Pick<Clock, 'after' | 'elapsed'>,
  answer: (asked: Asked, requests: number) => Promise<Out[]>,
): (key: string, asked: Asked) => Promise<Out> {
  const bursts = new Map<string, Burst<Out>>();
  const look = (key: string, asked: Asked, burst: Burst<Out>): void => {
    const now = clock.elapsed();
    const quietAt = Math.min(burst.lastAt + QUIET_MS, burst.beganAt + MOST_MS);
    if (now < quietAt) {
      wait(key, asked, burst, quietAt - now);
      return;
    }
    bursts.delete(key);
    const { waiters } = burst;
    answer(asked, waiters.length).then(
      (answers) => {
        for (const [n, { resolve }] of waiters.entries()) resolve(answers[n] as Out);
      },
      (error: unknown) => {
        for (const { reject } of waiters) reject(error);
      },
    );
  };
  const wait = (key: string, asked: Asked, burst: Burst<Out>, ms: number): void => {
    // A busy process hears of its timers before it hears of what has arrived meanwhile.
    clock.after(ms, () => setImmediate(() => look(key, asked, burst)));
  };
  return (key, asked) =>
    new Promise((resolve, reject) => {
      const now = clock.elapsed();
      const known = bursts.get(key);
      const burst = known ?? { waiters: [], beganAt: now, lastAt: now };
      burst.waiters.push({ resolve, reject });
      burst.lastAt = now;
      if (known !== undefined) return;
      bursts.set(key, burst);
      wait(key, asked, burst, QUIET_MS);
    });
}
