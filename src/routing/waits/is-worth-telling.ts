// Whether a range has moved so far that it is told anew: whoever waits is not told another one at every breath. Pure.
import type { Foretold } from './foretell-wait.ts';

/** Nobody is told again sooner. */
export const AGAIN_AFTER_SECONDS = 30;

/** Smaller moves are not told, in seconds and as a part of the range's end. */
const LEAST_SECONDS = 30;
const LEAST_PART = 0.25;

/** `elapsed`: seconds since the one before was told. What was told runs down by itself. */
export function isWorthTelling(
  before: Foretold | null,
  now: Foretold | null,
  elapsed: number,
): boolean {
  if (before === null || now === null) return before !== now;
  if (elapsed > before.high) return true;
  const far = Math.max(LEAST_SECONDS, LEAST_PART * now.high);
  const moved = (from: number, to: number) => Math.abs(Math.max(0, from - elapsed) - to) > far;
  return moved(before.low, now.low) || moved(before.high, now.high);
}
