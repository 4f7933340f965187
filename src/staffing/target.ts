// What is asked of a half hour: how soon customers are served, how long they wait, or how many are lost.

export type Target =
  /** The share of all customers that is served within so many seconds. */
  | { within: number; share: number }
  /** Seconds, over all customers that are taken in. */
  | { meanWait: number }
  /** The largest share of all customers that may leave, be turned away or stay unserved. */
  | { abandoned: number };

/** What became of all customers of a half hour, of every kind. */
export interface Reached {
  /** The share served within the seconds of the target; of another target, of no meaning. */
  within: number;
  meanWait: number;
  abandoned: number;
}

/** The figure that the target is about. */
export function figureOf(target: Target, reached: Reached): number {
  if ('within' in target) return reached.within;
  return 'meanWait' in target ? reached.meanWait : reached.abandoned;
}

export function isMet(target: Target, reached: Reached): boolean {
  if ('within' in target) return reached.within >= target.share;
  if ('meanWait' in target) return reached.meanWait <= target.meanWait;
  return reached.abandoned <= target.abandoned;
}
