// What the recent waits of a line say: how they scored, and how likely it is that one is given up. Pure.
import type { Scored } from './judge-record.ts';
import { type Shape, scoreWait } from './shape-wait.ts';

/** One wait, from when its range was first told, or first found. */
export interface Past extends Shape {
  /** Seconds from then until it ended, or until now. */
  seconds: number;
  end: 'served' | 'left' | null;
}

/** The newest of them say how many give up. */
const MOST_LEAVINGS = 100;

export function scorePasts(newestFirst: readonly Past[]): Scored[] {
  return newestFirst.map((one) => ({
    score: scoreWait(one.seconds, one),
    isServed: one.end === 'served',
  }));
}

/** Of one that waits, within a second. */
export function measureLeaving(newestFirst: readonly Past[]): number {
  const newest = newestFirst.slice(0, MOST_LEAVINGS);
  const seconds = newest.reduce((sum, one) => sum + one.seconds, 0);
  const left = newest.filter(({ end }) => end === 'left').length;
  return seconds === 0 ? 0 : left / seconds;
}
