// How long to wait before the next attempt: doubling, and spread so that not all come back at once.

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/** `chance` is from 0 to 1: the delay lies between half and the whole of the doubled time. */
export function retryDelay(failuresBefore: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failuresBefore, 16));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
