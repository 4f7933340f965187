// Jain's index of fairness: how evenly something is spread, from 1/n (one has all) to 1 (all have the same).

/**
 * (Σx)² ÷ (n · Σx²), of R. Jain, D. Chiu and W. Hawe, "A Quantitative Measure of Fairness and
 * Discrimination", 1984. null: of nobody. Where nobody has anything, all have the same: 1.
 */
export function jainIndex(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares);
}
