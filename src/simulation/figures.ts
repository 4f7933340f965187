// The figures of a list of numbers.

export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Of those before it or at it, this share. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export function meanOf(values: Float64Array | Uint8Array | readonly number[]): number {
  let sum = 0;
  for (let nth = 0; nth < values.length; nth += 1) sum += values[nth] as number;
  return values.length === 0 ? 0 : sum / values.length;
}

const BATCHES = 20;
/** Student's t for 19 degrees of freedom, two-sided 95 %. */
const T = 2.093;

/**
 * The mean, and half its 95 % interval by batch means: arrivals close to each other wait alike, whole
 * batches of them hardly do (Law, Simulation Modeling and Analysis, 9.5.3).
 */
export function batchMeans(values: Float64Array | Uint8Array): { mean: number; ci: number } {
  const size = Math.floor(values.length / BATCHES);
  const mean = meanOf(values);
  if (size === 0) return { mean, ci: 0 };
  const means = Array.from({ length: BATCHES }, (_, batch) => {
    return meanOf(values.subarray(batch * size, (batch + 1) * size));
  });
  const middle = meanOf(means);
  const squares = means.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  return { mean, ci: T * Math.sqrt(squares / (BATCHES - 1) / BATCHES) };
}
