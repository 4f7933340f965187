// When a failed attempt is made again: the one table for every endpoint (gitple-events.md §7).

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The delays before each attempt after the first. */
export const retryDelays = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

// An agent's message must not arrive days later: 35 minutes and 5 seconds.
const EXTERNAL_MESSAGE_ATTEMPTS = 4;
const REFUSALS_TO_PARK = 4;
const JITTER = 0.1;
const LONGEST_RETRY_AFTER = 24 * HOUR;

export interface FailedAttempt {
  type: string;
  /** Including this one. */
  attempts: number;
  /** The status of the answer; null when there was none. */
  status: number | null;
  /** Answers so far that said "never" (4xx but 408, 425, 429). */
  refusals: number;
  retryAfterMs: number | null;
  /** A retry cannot help: the address itself is forbidden. */
  hopeless: boolean;
}

export type Next =
  | { state: 'failed' }
  | {
      state: 'retry';
      afterMs: number;
      /** It no longer holds up those behind it. */
      parked: boolean;
    };

/** `random` in [0, 1). */
export function scheduleRetry(attempt: FailedAttempt, random: number): Next {
  const last =
    attempt.type === 'send_external_message' || attempt.type === 'external-message.sent'
      ? EXTERNAL_MESSAGE_ATTEMPTS
      : retryDelays.length + 1;
  if (attempt.hopeless || attempt.status === 410 || attempt.attempts >= last) {
    return { state: 'failed' };
  }
  const delay = retryDelays[attempt.attempts - 1] ?? 0;
  const jittered = delay * (1 - JITTER + 2 * JITTER * random);
  const asked = Math.min(attempt.retryAfterMs ?? 0, LONGEST_RETRY_AFTER);
  const parked = attempt.refusals >= REFUSALS_TO_PARK;
  return { state: 'retry', afterMs: Math.max(jittered, asked), parked };
}
