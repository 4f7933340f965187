// Between which counts most half hours come, when they spread more than chance alone would have them.

/**
 * The least count that is not exceeded with each of these probabilities, under the negative binomial
 * distribution with this mean and the variance mean + dispersion × mean². `shares` rise.
 */
export function countQuantiles(
  mean: number,
  dispersion: number,
  shares: readonly number[],
): number[] {
  if (mean <= 0) return shares.map(() => 0);
  const { first, weights } = weigh(mean, dispersion);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let [place, below] = [0, weights[0] as number];
  return shares.map((share) => {
    while (below < share * whole && place < weights.length - 1) {
      place += 1;
      below += weights[place] as number;
    }
    return first + place;
  });
}

/** The chances of the counts from `first` on, all by the same unknown factor, so that none is too small to write. */
function weigh(mean: number, dispersion: number): { first: number; weights: number[] } {
  const middle = Math.floor(mean);
  const next = (count: number) => ratioOf(count, mean, dispersion);
  const above: number[] = [];
  for (let count = middle, weight = 1; weight > NOTHING || count < mean; count += 1) {
    weight *= next(count);
    above.push(weight);
  }
  const below: number[] = [];
  for (let count = middle, weight = 1; count > 0 && weight > NOTHING; count -= 1) {
    weight /= next(count - 1);
    below.push(weight);
  }
  return { first: middle - below.length, weights: [...below.reverse(), 1, ...above] };
}

const NOTHING = 1e-12;

/** How much likelier the count after this one is. */
function ratioOf(count: number, mean: number, dispersion: number): number {
  return ((1 + count * dispersion) * mean) / ((count + 1) * (1 + dispersion * mean));
}
