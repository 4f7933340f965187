// Keeps the whole client silent for as long as Qiscus asks after too many calls.
import { backOffMs } from '../../contract/back-off.ts';
import { readRetryAfter } from '../../outbound/read-retry-after.ts';
import type { HttpAnswer } from './send-once.ts';

export interface Pause {
  /** The remaining milliseconds; 0 when there is no pause. */
  remaining(): number;
  /** Records an answer; answers how long Qiscus asks us to wait, or null. */
  note(answer: HttpAnswer): number | null;
}

/** No answer can make us wait longer than this. */
const LONGEST_MS = 15 * 60_000;

export function makePause(): Pause {
  let until = 0;
  let limited = 0;
  const remaining = () => Math.max(0, Math.ceil(until - performance.now()));
  return {
    remaining,
    note({ status, retryAfter }) {
      // `Retry-After: 0` would make every caller return at once, so it counts as absent.
      const asked = Math.min(readRetryAfter(retryAfter, Date.now()) ?? 0, LONGEST_MS) || null;
      if (status !== 429) {
        // A success that was under way when another call was limited does not end the pause.
        if (remaining() === 0 && status < 500) limited = 0;
        // A 5xx may concern one room, which must not block the others.
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
