// Median, percentiles and other figures of many measurements.

/** `share` of 0.99 answers the 99th percentile; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Growth of y for each unit of x, by least squares. */
export function slope(points: readonly { x: number; y: number }[]): number {
  const meanX = sum(points.map(({ x }) => x)) / points.length;
  const meanY = sum(points.map(({ y }) => y)) / points.length;
  const spread = sum(points.map(({ x }) => (x - meanX) ** 2));
  return sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / spread;
}

const CONFIDENT = 1.96;

/** Where the share of all lies with 95 % confidence when `hits` of `count` taken at random have it: Wilson's score interval. */
export function likelyShare(hits: number, count: number): { from: number; to: number } {
  const share = hits / count;
  const z2 = CONFIDENT ** 2 / count;
  const middle = share + z2 / 2;
  const reach = CONFIDENT * Math.sqrt((share * (1 - share)) / count + z2 / 4 / count);
  return { from: (middle - reach) / (1 + z2), to: (middle + reach) / (1 + z2) };
}
