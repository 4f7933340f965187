// The most even loads that moves can bring, and the fewest moves to them, by trying every way: it shares no code with src.

/** Agents and conversations by their numbers; all conversations weigh `weight`. */
export interface Case {
  /** Above 0. */
  capacities: number[];
  /** What nobody can move, in weights. */
  fixed: number[];
  weight: number;
  conversations: { owner: number; eligible: number[] }[];
}

export interface Best {
  /** Σ held² · (common multiple of the capacities ÷ capacity): whole, so equal is equal. */
  cost: bigint;
  moves: number;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

export function costOf({ capacities }: Case, held: readonly number[]): bigint {
  const multiple = capacities
    .map(BigInt)
    .reduce((all, one) => (all * one) / greatestCommonDivisor(all, one), 1n);
  return held.reduce((sum, load, agent) => {
    return sum + BigInt(load) ** 2n * (multiple / BigInt(capacities[agent] as number));
  }, 0n);
}

export function heldBefore({ fixed, conversations, weight }: Case): number[] {
  const held = [...fixed];
  for (const { owner } of conversations) held[owner] = (held[owner] as number) + weight;
  return held;
}

/** Whether loads may end so: nobody above their capacity who was not before, nobody fuller who was. */
function mayEndSo({ capacities }: Case, before: readonly number[], held: readonly number[]) {
  return held.every(
    (load, agent) => load <= Math.max(capacities[agent] as number, before[agent] as number),
  );
}

function homesOf(one: Case, before: readonly number[], nth: number): number[] {
  const { owner, eligible } = one.conversations[nth] as Case['conversations'][number];
  const takers = eligible.filter(
    (agent) => (before[agent] as number) <= (one.capacities[agent] as number),
  );
  return [...new Set([owner, ...takers])];
}

/** Every way to place every conversation, one by one. */
export function tryAll(one: Case): Best {
  const before = heldBefore(one);
  let best: Best | null = null;
  const held = [...one.fixed];
  const place = (nth: number, moves: number): void => {
    if (nth === one.conversations.length) {
      if (!mayEndSo(one, before, held)) return;
      const cost = costOf(one, held);
      if (best === null || cost < best.cost || (cost === best.cost && moves < best.moves)) {
        best = { cost, moves };
      }
      return;
    }
    const owner = one.conversations[nth]?.owner;
    for (const agent of homesOf(one, before, nth)) {
      held[agent] = (held[agent] as number) + one.weight;
      place(nth + 1, moves + (agent === owner ? 0 : 1));
      held[agent] = (held[agent] as number) - one.weight;
    }
  };
  place(0, 0);
  return best as unknown as Best;
}

interface Way {
  held: number[];
  moves: number;
}

/**
 * The same, where ways that lead to equal loads are carried on as the one with the fewest moves.
 * `most`: of moves.
 */
export function tryAllLoads(one: Case, most = Number.POSITIVE_INFINITY): Best {
  const before = heldBefore(one);
  let reached: Way[] = [{ held: one.fixed, moves: 0 }];
  one.conversations.forEach(({ owner }, nth) => {
    const next = new Map<string, Way>();
    const homes = homesOf(one, before, nth);
    for (const way of reached.flatMap((from) => homes.map((agent) => placeAt(from, agent)))) {
      const known = next.get(way.held.join());
      const isShorter = known === undefined || way.moves < known.moves;
      if (isShorter && way.moves <= most) next.set(way.held.join(), way);
    }
    reached = [...next.values()];

    function placeAt({ held, moves }: Way, agent: number): Way {
      const load = (held[agent] as number) + one.weight;
      return { held: held.with(agent, load), moves: moves + (agent === owner ? 0 : 1) };
    }
  });
  const ends = reached.filter(({ held }) => mayEndSo(one, before, held));
  return ends
    .map(({ held, moves }) => ({ cost: costOf(one, held), moves }))
    .reduce((a, b) => (a.cost < b.cost || (a.cost === b.cost && a.moves <= b.moves) ? a : b));
}
