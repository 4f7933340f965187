// Repeatable random numbers: the same seed gives the same disturbances in the same order.

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Draws nothing when the answer is certain, so that a switch at 0 shifts no other. */
  chance(probability: number): boolean;
  /** Any real number from `min` up to, not including, `max`. */
  between(min: number, max: number): number;
  pick<T>(items: readonly T[]): T | undefined;
}

/** Mulberry32: 32 bits of state, good enough for dice. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (probability) => probability >= 1 || (probability > 0 && next() < probability),
    between: (min, max) => min + next() * (max - min),
    pick: (items) => items[Math.floor(next() * items.length)],
  };
}
