// Streams of random numbers that a seed determines, on every machine alike: one for each use, so that a change of one moves no other.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

/** In [0, 1). */
export type Stream = () => number;

/**
 * Each call answers another stream of the Mersenne Twister, whose seeding mixes well. With small
 * seeds the library's xoroshiro128+ came to a mean of 0.9975 over 18 × 100,000 exponential draws of
 * mean 1, 3.3 standard errors away.
 */
export function makeStreams(seed: number): () => Stream {
  let nth = 0;
  return () => {
    nth += 1;
    const generator = mersenne(Math.imul(seed + 1, 0x9e3779b1) + Math.imul(nth, 0x85ebca6b));
    return () => uniformFloat64(generator);
  };
}
