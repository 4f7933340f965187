// How long it takes until so many places have come free, as a spread of waits: a quick form with no table and no run. Pure.

/** What is expected of one wait from now. */
export interface Shape {
  /** The mean, in seconds, as the state of now says it. */
  expected: number;
  /** After how many that leave its turn comes: 1 is next. */
  turns: number;
}

/**
 * What the expected wait itself is off by, as a variance: of the time that a conversation takes, of who
 * comes and goes meanwhile. Fitted (bench/told-waits.ts): without it the ranges of those far back would
 * be too narrow.
 */
const UNSURE = 0.06;

/**
 * Waits until the n-th of many leaves are gamma distributed, and the cube root of a gamma variable is
 * nearly normal (Wilson and Hilferty, 1931). So a wait has a **score**: how many standard deviations it
 * lies from what was expected. Scores of short and long lines can be held against each other.
 */
export function scoreWait(seconds: number, { expected, turns }: Shape): number {
  const { middle, deviation } = spreadOf(turns);
  return (Math.cbrt(Math.max(0, seconds) / expected) - middle) / deviation;
}

/** The wait that has this score, in seconds. */
export function waitAtScore(score: number, { expected, turns }: Shape): number {
  const { middle, deviation } = spreadOf(turns);
  return expected * Math.max(0, middle + score * deviation) ** 3;
}

function spreadOf(turns: number): { middle: number; deviation: number } {
  const variance = 1 / Math.max(1, turns) + UNSURE;
  return { middle: 1 - variance / 9, deviation: Math.sqrt(variance) / 3 };
}
