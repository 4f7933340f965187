// Percentiles of many times without sorting all of them: as PostgreSQL's percentile_cont has them.

/** Between the two nearest, in proportion. Reorders `values`, which holds one at least. `shares` ascend. */
export function marksOf(values: Float64Array, shares: readonly number[]): number[] {
  let from = 0;
  return shares.map((share) => {
    const place = share * (values.length - 1);
    const low = Math.floor(place);
    const first = select(values, low, from);
    from = low;
    if (place === low) return first;
    return first + (place - low) * (least(values, low + 1) - first);
  });
}

/** The value that would stand at `nth` if all were sorted; then none before it is larger, and none after it smaller. */
function select(values: Float64Array, nth: number, from: number): number {
  let low = from;
  let high = values.length - 1;
  while (low < high) {
    const [left, right] = part(values, low, high);
    if (nth <= right) high = right;
    else if (nth >= left) low = left;
    else break;
  }
  return values[nth] as number;
}

/** None before `left` is larger than those from it on, and none after `right` is smaller than those up to it. */
function part(values: Float64Array, low: number, high: number): [left: number, right: number] {
  const pivot = middleOf(values, low, high);
  let left = low;
  let right = high;
  while (left <= right) {
    while ((values[left] as number) < pivot) left += 1;
    while ((values[right] as number) > pivot) right -= 1;
    if (left > right) break;
    const held = values[left] as number;
    values[left] = values[right] as number;
    values[right] = held;
    left += 1;
    right -= 1;
  }
  return [left, right];
}

/** Of the first, the last and the one between: sorted input is split in half, too. */
function middleOf(values: Float64Array, low: number, high: number): number {
  const a = values[low] as number;
  const b = values[(low + high) >>> 1] as number;
  const c = values[high] as number;
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function least(values: Float64Array, from: number): number {
  let found = values[from] as number;
  for (let at = from + 1; at < values.length; at += 1) {
    if ((values[at] as number) < found) found = values[at] as number;
  }
  return found;
}
