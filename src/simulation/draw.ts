// Draws how long something takes, in milliseconds.
import type { Distribution } from '../contract/scenario.ts';
import type { Stream } from './random.ts';

export type Draw = () => number;

const SECOND = 1000;

export function makeDraw(distribution: Distribution, stream: Stream): Draw {
  if ('exponential' in distribution) {
    const mean = distribution.exponential * SECOND;
    return () => mean * exponential(stream);
  }
  if ('fixed' in distribution) {
    const always = distribution.fixed * SECOND;
    return () => always;
  }
  if ('lognormal' in distribution) return lognormal(distribution.lognormal, stream);
  const { sample } = distribution;
  return () => (sample[Math.floor(stream() * sample.length)] as number) * SECOND;
}

/** Of mean 1. */
export function exponential(stream: Stream): number {
  return -Math.log1p(-stream());
}

/** By the mean and the coefficient of variation of the times themselves, not of their logarithms. */
function lognormal([mean, variation]: readonly [number, number], stream: Stream): Draw {
  const variance = Math.log1p(variation * variation);
  const middle = Math.log(mean * SECOND) - variance / 2;
  const spread = Math.sqrt(variance);
  return () => Math.exp(middle + spread * normal(stream));
}

/** Box and Muller: two numbers for one, so that no draw depends on how many were drawn before. */
function normal(stream: Stream): number {
  return Math.sqrt(2 * exponential(stream)) * Math.cos(2 * Math.PI * stream());
}
