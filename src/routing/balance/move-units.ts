// Evens out the conversations of one weight: the network that they and their agents make, and which of them move.
import type { Screened } from '../screen.ts';
import { type BalanceMove, byRank, type Movable } from './by-rank.ts';
import { evenOut } from './even-out.ts';
import { makeNetwork, type Network } from './make-network.ts';

/** An agent who takes part. */
export interface Partner {
  agentId: string;
  /** In the list of all agents. */
  place: number;
  capacity: number;
  /** In weights, before all moves. */
  before: number;
  /** After those that are planned so far. */
  held: number;
}

interface Units {
  partners: readonly Partner[];
  /** All of one weight, in the order in which they came. */
  units: readonly Movable[];
  weight: number;
  most: number;
  screened: ReadonlyMap<string, Screened>;
}

/** Also writes what each partner then holds. */
export function moveUnits(args: Units): { moves: BalanceMove[]; more: boolean } {
  const { partners, weight, most } = args;
  const pools = gather(args);
  const network = makeNetwork(partners.length + pools.length);
  const drawn = pools.map((pool, nth) => draw(network, pool, partners.length + nth));
  const more = evenOut(network, partners, { weight, most });
  const went = drawn.map((arcs) => readMoved(network, arcs));
  for (const { given, taken } of went) {
    for (const { partner } of given) partner.held -= weight;
    for (const partner of taken) partner.held += weight;
  }
  return { moves: went.flatMap(pairUp), more };
}

/** Conversations that ask for the same agents: who has them, and who may be given them. */
interface Pool {
  owners: Map<number, Movable[]>;
  takers: number[];
  partners: readonly Partner[];
}

function gather({ partners, units, screened }: Units): Pool[] {
  const numbers = new Map(partners.map(({ agentId }, nth) => [agentId, nth]));
  const byPlace = new Map(partners.map(({ place }, nth) => [place, nth]));
  const byKey = new Map<string, Pool>();
  for (const unit of units) {
    const { fit = [], asked = [] } = screened.get(unit.needsKey) ?? {};
    const known = byKey.get(unit.needsKey);
    const pool = known ?? { owners: new Map(), takers: [], partners };
    if (known === undefined) {
      byKey.set(unit.needsKey, pool);
      pool.takers = fit.flatMap((place) => {
        const nth = byPlace.get(place);
        // Whoever did not take it when they were asked is not given it unasked.
        const isFree = nth !== undefined && !asked.includes(place);
        return isFree && mayTake(partners[nth] as Partner) ? [nth] : [];
      });
    }
    const owner = numbers.get(unit.agentId) as number;
    const owned = pool.owners.get(owner);
    if (owned === undefined) pool.owners.set(owner, [unit]);
    else owned.push(unit);
  }
  return [...byKey.values()];
}

function mayTake({ before, capacity }: Partner): boolean {
  return before <= capacity;
}

interface Arcs {
  pool: Pool;
  giving: { owner: number; arc: number }[];
  taking: { taker: number; arc: number }[];
}

/** To leave one's agent is a move; to come to somebody is the rest of it. */
function draw(network: Network, pool: Pool, node: number): Arcs {
  const giving = [...pool.owners].map(([owner, units]) => ({
    owner,
    arc: network.connect(owner, node, { room: units.length, moves: 1 }),
  }));
  const taking = pool.takers.map((taker) => ({
    taker,
    arc: network.connect(node, taker, { room: Number.MAX_SAFE_INTEGER, moves: 0 }),
  }));
  return { pool, giving, taking };
}

interface Moved {
  given: { unit: Movable; partner: Partner }[];
  /** Each as often as they are given one. */
  taken: Partner[];
}

/** Of what one has, that goes which came first. */
function readMoved(network: Network, { pool, giving, taking }: Arcs): Moved {
  const { partners, owners } = pool;
  const given = giving.flatMap(({ owner, arc }) => {
    const units = (owners.get(owner) as Movable[]).slice(0, network.used(arc));
    return units.map((unit) => ({ unit, partner: partners[owner] as Partner }));
  });
  const taken = taking.flatMap(({ taker, arc }) =>
    Array.from({ length: network.used(arc) }, () => partners[taker] as Partner),
  );
  return { given, taken };
}

/** The one that came first goes to whoever ends with the smallest share, then by id. */
function pairUp({ given, taken }: Moved): BalanceMove[] {
  const units = given.map(({ unit }) => unit).sort(byRank);
  const takers = taken.toSorted(
    (a, b) => a.held / a.capacity - b.held / b.capacity || a.place - b.place,
  );
  return units.map(({ conversationId, agentId: from }, nth) => {
    return { conversationId, from, to: (takers[nth] as Partner).agentId };
  });
}
