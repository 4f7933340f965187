// The seeds of runs that follow one another.

const SEEDS = 2 ** 31;

/** So many after this one. */
export function seedAfter(seed: number, places: number): number {
  return (seed + places) % SEEDS;
}
