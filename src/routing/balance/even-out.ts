// Evens out loads by units of one weight: the cheapest flow of a network, by successive best paths.
import { findWays, type Ways } from './find-ways.ts';
import { type Holder, makeLedger, type Worth } from './make-ledger.ts';
import type { Network } from './make-network.ts';
import { makeRetrace } from './make-retrace.ts';

/**
 * Moves units until Σ held² ÷ capacity is as small as it can be, with the fewest moves that this
 * takes. The holder at a place is the node of that number. `most`: of moves; true: further ones
 * would make it more even.
 *
 * It is a flow of least cost: what an agent holds costs the more the more they hold, so the n-th
 * unit that leaves spares less, and the n-th that comes costs more, than the one before. Each step
 * takes a path of the highest worth; a path may take back what an earlier one moved. When no path
 * is worth anything, no set of moves is (R. Ahuja, T. Magnanti, J. Orlin, "Network Flows", 1993:
 * 9.7, successive shortest paths; 14.5, convex costs).
 */
export function evenOut(
  network: Network,
  holders: readonly Holder[],
  { weight, most }: { weight: number; most: number },
): boolean {
  const ledger = makeLedger(holders, weight);
  for (let left = most; ; ) {
    const cheapest = ledger.costs.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    let best: Worth | null = null;
    const ways = findWays(network, ledger.spares, (reached, level, next) => {
      best = ledger.best(reached, level, best);
      // What comes later spares less. A hair's breadth, for what these numbers leave out.
      return next - cheapest + 1e-6 < Math.max(0, best === null ? 0 : best.over / best.under);
    });
    if (best === null || !isWorthIt(best)) return false;
    const { moves } = best as Worth;
    if (moves > left) return true;
    const paths = moves > 0 ? Math.floor(left / moves) : Number.POSITIVE_INFINITY;
    left -= moves * takePaths({ network, ledger, ways, best, paths });
  }
}

function isWorthIt({ over, moves }: Worth): boolean {
  return over > 0 || (over === 0 && moves < 0);
}

/**
 * As many paths of the best worth as one search has found, at most one from and one to a holder:
 * the next one costs them more. Answers how many.
 */
function takePaths(found: {
  network: Network;
  ledger: ReturnType<typeof makeLedger>;
  ways: Ways;
  best: Worth;
  paths: number;
}): number {
  const { network, ledger, ways, best, paths } = found;
  const retrace = makeRetrace(network, ways);
  let count = 0;
  for (const end of ledger.ends(ways, best)) {
    if (count === paths) break;
    const start = retrace(end);
    if (start === null) continue;
    ledger.move(start, end);
    count += 1;
  }
  return count;
}
