// How long to wait before a request is sent again.

const FIRST_MS = 300;
const LONGEST_MS = 10_000;
/** A server that asks for more is asked again all the same. Timers of 25 days and more go off at once. */
const LONGEST_ASKED_MS = 3_600_000;

/**
 * `chance` is from 0 to 1: the delay lies between half and the whole of the doubled time, so that many programs do not
 * come back at once. What the server asks for is the least, up to an hour, and is spread too.
 */
export function retryDelay(
  failuresBefore: number,
  { chance, askedMs }: { chance: number; askedMs: number | null },
): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** failuresBefore);
  const delay = (whole * (1 + chance)) / 2;
  if (askedMs === null) return delay;
  return Math.max(delay, Math.min(askedMs, LONGEST_ASKED_MS) + (FIRST_MS * chance) / 2);
}

/** Seconds or a date, as RFC 9110 has it; null: neither. */
export function readRetryAfter(headers: Pick<Headers, 'get'>, now: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse reads much else as a date, as `-1`.
  const at = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
