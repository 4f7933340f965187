// The range of counts against the probabilities of the negative binomial, added up from nothing.
import { expect, test } from 'vitest';
import { countQuantiles } from './count-range.ts';

/** From the chance of nobody on, which holds for means that are not too large. */
function addUp(mean: number, dispersion: number, share: number): number {
  let [count, chance] = [0, Math.exp(-mean)];
  if (dispersion > 0) chance = (1 + dispersion * mean) ** (-1 / dispersion);
  for (let below = chance; below < share; below += chance) {
    chance *= ((1 + count * dispersion) * mean) / ((count + 1) * (1 + dispersion * mean));
    count += 1;
  }
  return count;
}

test.each([
  [0.02, 0],
  [0.7, 0],
  [3, 0.5],
  [12.5, 0],
  [12.5, 0.05],
  [40, 0.3],
  [250, 0.02],
])('of mean %f with dispersion %f they are those of the whole sum', (mean, dispersion) => {
  const shares = [0.1, 0.5, 0.9];
  const whole = shares.map((share) => addUp(mean, dispersion, share));
  expect(countQuantiles(mean, dispersion, shares)).toEqual(whole);
});

test('large means, whose chance of nobody is too small to write, have ranges too', () => {
  const [low = 0, high = 0] = countQuantiles(100_000, 0, [0.1, 0.9]);
  // 1.2816 standard deviations of 316.2 on each side.
  expect(Math.abs(low - (100_000 - 405))).toBeLessThan(3);
  expect(Math.abs(high - (100_000 + 405))).toBeLessThan(3);
});

test('where nobody comes, the range is nobody', () => {
  expect(countQuantiles(0, 0.1, [0.1, 0.9])).toEqual([0, 0]);
});
