// Decides how much of an outside system's count of an agent's customers to believe. Pure.

/**
 * Its count lags its own writes, so after a change of the load here a higher count is not believed
 * yet (qiscus.md §5.8: load = max(what we hold, what they report)).
 */
const SETTLES_SECONDS = 5;

/**
 * When an agent's load never stops changing, the lowest count reported within this time is
 * believed.
 */
const BELIEVED_AFTER_SECONDS = 10;

export interface Count {
  /** External load beyond what we hold. */
  believed: number;
  /** The lowest count reported above what is believed, until it is believed; null: none. */
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
