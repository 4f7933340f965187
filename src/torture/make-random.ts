// Random choices that a seed determines: a stream for each use, so that one that draws more moves no other.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

export interface Random {
  /** In [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** Any real number from `min` up to, not including, `max`. */
  between(min: number, max: number): number;
  pick<T>(items: readonly T[]): T | undefined;
  /** The name of one of these, as often as its number says. */
  draw<Name extends string>(shares: Readonly<Record<Name, number>>): Name;
}

/** `use`: which stream of the seed. */
export function makeRandom(seed: number, use = 0): Random {
  const generator = mersenne(Math.imul(seed + 1, 0x9e3779b1) + Math.imul(use, 0x85ebca6b));
  const next = () => uniformFloat64(generator);
  return {
    next,
    chance: (probability) => next() < probability,
    between: (min, max) => min + next() * (max - min),
    pick: (items) => items[Math.floor(next() * items.length)],
    draw: (shares) => drawName(shares, next()),
  };
}

function drawName<Name extends string>(shares: Readonly<Record<Name, number>>, at: number): Name {
  const names = Object.keys(shares) as Name[];
  const sum = names.reduce((total, name) => total + shares[name], 0);
  let left = at * sum;
  for (const name of names) {
    left -= shares[name];
    if (left < 0) return name;
  }
  return names.at(-1) as Name;
}
