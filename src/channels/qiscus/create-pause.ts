// Keeps the whole client silent for as long as Qiscus asks after too many calls.
import { backOffMs } from '../../contract/back-off.ts';
import { readRetryAfter } from '../../outbound/read-retry-after.ts';
import type { HttpAnswer } from './send-once.ts';

export interface Pause {
  /** The milliseconds that remain of it; 0 when there is none. */
  remaining(): number;
  /** Takes note of an answer; how long Qiscus wants to be left alone, or null. */
  note(answer: HttpAnswer): number | null;
}

/** Nobody may ask us to be silent for longer than this. */
const LONGEST_MS = 15 * 60_000;

export function createPause(): Pause {
  let until = 0;
  let limited = 0;
  const remaining = () => Math.max(0, Math.ceil(until - performance.now()));
  return {
    remaining,
    note({ status, retryAfter }) {
      // `Retry-After: 0` would make everybody come back at once: it counts as not said.
      const asked = Math.min(readRetryAfter(retryAfter, Date.now()) ?? 0, LONGEST_MS) || null;
      if (status !== 429) {
        // A success that was under way when another call was limited ends nothing.
        if (remaining() === 0 && status < 500) limited = 0;
        // A 5xx may be the trouble of one room, which must not block the others.
        return status >= 500 ? asked : null;
      }
      // A burst of refusals counts once.
      if (remaining() === 0) limited += 1;
      const ms = asked ?? backOffMs(limited);
      until = Math.max(until, performance.now() + ms);
      return ms;
    },
  };
}
