// What it spares and costs that units leave and come, agent by agent; gains are compared as fractions, so that equal ones are equal.
import { movesOf, type Ways } from './find-ways.ts';

export interface Holder {
  /** Above 0. */
  capacity: number;
  /** In weights, all that the agent holds. */
  held: number;
}

/** What a path is worth: what it gains, as a fraction of whole numbers, and then how few moves it takes. */
export interface Worth {
  over: number;
  under: number;
  moves: number;
}

export interface Ledger {
  /** By how much held² ÷ capacity falls, in weights, when one more leaves; -Infinity: none is left. */
  spares: Float64Array;
  /** By how much it rises when one more comes; Infinity: there is no room. */
  costs: Float64Array;
  move(from: number, to: number): void;
  /** Of the paths to those reached at a level, and `before`. */
  best(ways: Ways, level: number, before: Worth | null): Worth | null;
  /** The holders whom a path of this worth reaches. */
  ends(ways: Ways, worth: Worth): number[];
}

/** Exact while loads stay below 100,000 and capacities below 1,001. */
export function makeLedger(holders: readonly Holder[], weight: number): Ledger {
  const count = holders.length;
  const given = new Int32Array(count);
  const taken = new Int32Array(count);
  const [spares, costs] = [new Float64Array(count), new Float64Array(count)];
  const capacities = Float64Array.from(holders, ({ capacity }) => capacity);
  const held = Float64Array.from(holders, (holder) => holder.held);
  // A unit that leaves and one that comes never meet: then neither would.
  const spareOver = (at: number): number =>
    2 * (held[at] as number) - (2 * (given[at] as number) + 1) * weight;
  const costOver = (at: number): number =>
    2 * (held[at] as number) + (2 * (taken[at] as number) + 1) * weight;
  const renew = (at: number): void => {
    const capacity = capacities[at] as number;
    const load = held[at] as number;
    const isEmpty = load - (given[at] as number) * weight < weight;
    const isFull = load + ((taken[at] as number) + 1) * weight > capacity;
    spares[at] = isEmpty ? Number.NEGATIVE_INFINITY : spareOver(at) / capacity;
    costs[at] = isFull ? Number.POSITIVE_INFINITY : costOver(at) / capacity;
  };
  for (let at = 0; at < count; at += 1) renew(at);
  const rate = ({ origin, lengths }: Ways, at: number): Worth => {
    const from = origin[at] as number;
    const [leaves, comes] = [capacities[from] as number, capacities[at] as number];
    const over = spareOver(from) * comes - costOver(at) * leaves;
    return { over, under: leaves * comes, moves: movesOf(lengths[at] as number) };
  };
  const isReached = ({ origin }: Ways, at: number): boolean =>
    origin[at] !== -1 && costs[at] !== Number.POSITIVE_INFINITY;
  return {
    ...{ spares, costs },
    move: (from, to) => {
      given[from] = (given[from] as number) + 1;
      taken[to] = (taken[to] as number) + 1;
      renew(from);
      renew(to);
    },
    best: (ways, level, before) => {
      let best = before;
      for (let at = 0; at < count; at += 1) {
        if (ways.levels[at] !== level || !isReached(ways, at)) continue;
        // Most fall short by far; the number tells them, without its last digits.
        const gain = level - (costs[at] as number);
        if (best !== null && gain < best.over / best.under - 1e-6) continue;
        const worth = rate(ways, at);
        if (best === null || order(worth, best) < 0) best = worth;
      }
      return best;
    },
    ends: (ways, worth) => {
      const found: number[] = [];
      for (let at = 0; at < count; at += 1) {
        if (isReached(ways, at) && order(rate(ways, at), worth) === 0) found.push(at);
      }
      return found;
    },
  };
}

/** Below 0: a is worth more. */
function order(a: Worth, b: Worth): number {
  return b.over * a.under - a.over * b.under || a.moves - b.moves;
}
