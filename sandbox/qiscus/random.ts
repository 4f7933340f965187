// Draws every chance of the emulator from one seed, so that a failing run can be repeated.

export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** No draw is made for 0 or less, so a switch that is off does not disturb the others. */
  chance(probability: number): boolean;
  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number;
  pick<T>(items: readonly T[]): T | undefined;
  hex(digits: number): string;
}

/** Mulberry32: 32 bits of state are plenty for coin tosses. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    next,
    chance: (probability) => probability > 0 && next() < probability,
    below,
    pick: (items) => items[below(items.length)],
    hex: (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join(''),
  };
}
