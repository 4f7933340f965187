// How much of what an outside system reports of an agent's customers is believed. Pure.

/**
 * Its count lags its own writes, so an agent whose load has just changed here is not believed to hold more
 * than before (qiscus.md §5.8: load = max(what we hold, what they report)).
 */
const SETTLES_SECONDS = 5;

/** Of an agent whose load never stops changing the least that was reported for so long is believed. */
const BELIEVED_AFTER_SECONDS = 10;

export interface Count {
  /** Beyond what we hold. */
  believed: number;
  /** The least that was reported beyond what is believed, until it is; null: nothing. */
  excess: number | null;
}

export function judgeCount(
  { customerCount }: { customerCount: number | null },
  known: {
    load: number;
    externalLoad: number;
    settledSeconds: number;
    excess: number | null;
    excessSeconds: number | null;
  },
): Count {
  if (customerCount === null) return { believed: 0, excess: null };
  const beyond = Math.max(0, customerCount - known.load);
  const isSettled = known.settledSeconds >= SETTLES_SECONDS;
  if (isSettled || beyond <= known.externalLoad) return { believed: beyond, excess: null };
  const excess = Math.min(beyond, known.excess ?? beyond);
  const isOld = (known.excessSeconds ?? 0) >= BELIEVED_AFTER_SECONDS;
  return isOld ? { believed: excess, excess: null } : { believed: known.externalLoad, excess };
}
