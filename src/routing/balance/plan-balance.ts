// Which conversations to move so that agents share the load evenly: the fewest that bring the most. Pure.
import { roomOf } from '../eligible.ts';
import type { Screened } from '../screen.ts';
import type { AgentState, Instant } from '../types.ts';
import { type BalanceMove, byRank, type Movable } from './by-rank.ts';
import { jainIndex } from './jain-index.ts';
import { moveUnits, type Partner } from './move-units.ts';

export interface Balancing {
  /** In the order of their ids. */
  agents: readonly AgentState[];
  /** Only these give and are given; null: everybody. */
  teamId: string | null;
  movable: readonly Movable[];
  /** By needsKey, each screened from the same list of agents. */
  screened: ReadonlyMap<string, Screened>;
  now: Instant;
  /** Of moves. */
  most: number;
}

/** How one agent stands, as shares of the capacity. */
export interface Share {
  agentId: string;
  capacity: number;
  /** In weights. */
  heldBefore: number;
  heldAfter: number;
  before: number;
  after: number;
}

export interface Evenness {
  /** Jain's index of the load shares; null: of nobody. */
  jain: number | null;
  highest: number;
  lowest: number;
}

export interface Shares {
  /** Of all who take part, in the order of their ids. */
  shares: Share[];
  before: Evenness;
  after: Evenness;
}

export interface BalancePlan extends Shares {
  moves: BalanceMove[];
  /** `most` moves were not enough. */
  more: boolean;
}

/**
 * Who takes part: agents online with a capacity above 0, of the team if one is named. What is made
 * smallest: Σ capacity · (load share - mean share)², the variance of the load shares in which each
 * place of a capacity counts once; it is smallest where Σ held² ÷ capacity is. Of all ways to that
 * it takes one with the fewest moves. Nobody ends above their capacity who was not above it before,
 * and nobody who was is given anything.
 *
 * Exact while all movable conversations weigh the same. With different weights it would be NP-hard
 * (two agents and no eligibility are the problem of partition): weights then take turns, the heaviest
 * first, each exactly, with all others where they are by then; it never grows less even.
 *
 * The same input always answers the same plan: of an agent's equal conversations those go that came
 * first, and the one that came first goes to whoever ends with the smallest share, then by id.
 */
export function planBalance(balancing: Balancing): BalancePlan {
  const partners = listPartners(balancing);
  const known = new Set(partners.map(({ agentId }) => agentId));
  const movable = balancing.movable.filter(({ agentId }) => known.has(agentId)).sort(byRank);
  const weights = [...new Set(movable.map(({ weight }) => weight))].sort((a, b) => b - a);
  const moves: BalanceMove[] = [];
  let more = false;
  for (const weight of weights) {
    const units = movable.filter((one) => one.weight === weight);
    const most = balancing.most - moves.length;
    const moved = moveUnits({ partners, units, weight, most, screened: balancing.screened });
    moves.push(...moved.moves);
    more ||= moved.more;
  }
  return { moves, more, ...compareShares(partners) };
}

/** Whoever takes part, as they are before all moves. */
export function listPartners(balancing: Balancing): Partner[] {
  return balancing.agents.flatMap((agent, place) =>
    takesPart(agent, balancing)
      ? [{ place, agentId: agent.agentId, capacity: agent.capacity, ...twice(agent) }]
      : [],
  );
}

function takesPart(
  { availability, leaseUntil, capacity, teamIds }: AgentState,
  { now, teamId }: Balancing,
): boolean {
  const isHere = availability === 'online' && leaseUntil > now;
  return isHere && capacity > 0 && (teamId === null || teamIds.has(teamId));
}

function twice(agent: AgentState): { before: number; held: number } {
  const held = agent.capacity - roomOf(agent);
  return { before: held, held };
}

export function compareShares(partners: readonly Partner[]): Shares {
  const shares = partners.map(({ agentId, capacity, before, held }): Share => {
    const agent = { agentId, capacity, heldBefore: before, heldAfter: held };
    return { ...agent, before: before / capacity, after: held / capacity };
  });
  const rate = (of: 'before' | 'after'): Evenness => {
    const values = shares.map((share) => share[of]);
    const [highest, lowest] = [values.reduce(max, 0), values.reduce(min, Number.POSITIVE_INFINITY)];
    return { jain: jainIndex(values), highest, lowest: values.length === 0 ? 0 : lowest };
  };
  return { shares, before: rate('before'), after: rate('after') };
}

const max = (a: number, b: number): number => Math.max(a, b);
const min = (a: number, b: number): number => Math.min(a, b);
