// Which moves of a plan can still be made, all together: a plan may be older than what it was made of. Pure.
import type { MoveObstacle } from '../../contract/balance.ts';
import type { BalanceMove, Movable } from './by-rank.ts';
import type { Partner } from './move-units.ts';
import { type Balancing, compareShares, listPartners, type Shares } from './plan-balance.ts';

export interface Judged extends Shares {
  possible: BalanceMove[];
  left: { conversationId: string; obstacle: MoveObstacle }[];
  /** Σ held² ÷ capacity falls. */
  isMoreEven: boolean;
}

/**
 * Room is counted after all moves. Where it is not enough, the last ones that come to an agent stay
 * with theirs. Whoever is given anything ends within their capacity.
 */
export function judgeMoves(balancing: Balancing, moves: readonly BalanceMove[]): Judged {
  const partners = new Map(listPartners(balancing).map((one) => [one.agentId, one]));
  const movable = new Map(balancing.movable.map((one) => [one.conversationId, one]));
  const left: Judged['left'] = [];
  const possible: BalanceMove[] = [];
  for (const move of moves) {
    const { conversationId } = move;
    const obstacle = findObstacle(balancing, move, { partners, movable });
    if (obstacle === null) possible.push(move);
    else left.push({ conversationId, obstacle });
    // Named twice, it moves once.
    movable.delete(conversationId);
  }
  const weights = new Map(balancing.movable.map((one) => [one.conversationId, one.weight]));
  for (const move of possible) carry(partners, move, weights);
  for (
    let full = findFull(partners, possible);
    full !== undefined;
    full = findFull(partners, possible)
  ) {
    const at = possible.findLastIndex(({ to }) => to === full);
    const [move] = possible.splice(at, 1) as [BalanceMove];
    carry(partners, { ...move, from: move.to, to: move.from }, weights);
    left.push({ conversationId: move.conversationId, obstacle: 'no-room' });
  }
  const all = [...partners.values()];
  const isMoreEven = all.reduce(sumCost('held'), 0) < all.reduce(sumCost('before'), 0) - 1e-9;
  return { possible, left, isMoreEven, ...compareShares(all) };
}

const sumCost = (of: 'held' | 'before') => (sum: number, partner: Partner) =>
  sum + (partner[of] * partner[of]) / partner.capacity;

function carry(
  partners: ReadonlyMap<string, Partner>,
  { conversationId, from, to }: BalanceMove,
  weights: ReadonlyMap<string, number>,
): void {
  const weight = weights.get(conversationId) as number;
  (partners.get(from) as Partner).held -= weight;
  (partners.get(to) as Partner).held += weight;
}

function findFull(
  partners: ReadonlyMap<string, Partner>,
  possible: readonly BalanceMove[],
): string | undefined {
  return possible.find(({ to }) => {
    const { held, capacity } = partners.get(to) as Partner;
    return held > capacity;
  })?.to;
}

function findObstacle(
  { screened, agents }: Balancing,
  { conversationId, from, to }: BalanceMove,
  known: { partners: ReadonlyMap<string, Partner>; movable: ReadonlyMap<string, Movable> },
): MoveObstacle | null {
  const unit = known.movable.get(conversationId);
  if (unit === undefined || unit.agentId !== from || from === to) return 'not-movable';
  if (!known.partners.has(from)) return 'cannot-give';
  const place = agents.findIndex(({ agentId }) => agentId === to);
  const fits = screened.get(unit.needsKey)?.fit.includes(place) ?? false;
  return known.partners.has(to) && fits ? null : 'cannot-take';
}
