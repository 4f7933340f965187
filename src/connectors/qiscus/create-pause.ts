// Keeps the whole client silent for as long as Qiscus asks.
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAnswer } from './exchange.ts';
import { readRetryAfter } from './read-failure.ts';

export interface Pause {
  /** Waits out a short rest; the milliseconds that remain of a longer one, or 0. */
  pass(): Promise<number>;
  /** Takes note of an answer; how long it makes us pause, or null. */
  note(answer: HttpAnswer): number | null;
}

const WORTH_WAITING_MS = 250;
const LONGEST_MS = 60_000;

export function createPause(): Pause {
  let until = 0;
  let limited = 0;
  const remaining = () => Math.max(0, Math.ceil(until - performance.now()));
  return {
    async pass() {
      if (remaining() >= WORTH_WAITING_MS) return remaining();
      if (remaining() > 0) await sleep(remaining());
      return remaining();
    },
    note({ status, retryAfter }) {
      if (status !== 429 && status < 500) {
        // A success that was under way when another call was limited ends nothing.
        if (remaining() === 0) limited = 0;
        return null;
      }
      const asked = readRetryAfter(retryAfter, Date.now());
      if (asked === null && status !== 429) return null;
      // A burst of refusals counts once.
      if (remaining() === 0) limited += 1;
      const ms = asked ?? Math.min(LONGEST_MS, 1000 * 2 ** (limited - 1));
      until = Math.max(until, performance.now() + ms);
      return ms;
    },
  };
}
