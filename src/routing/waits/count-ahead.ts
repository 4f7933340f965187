// How many have their turn before each of those that wait: whoever is before it in the queue, as far as they are served by the same agents. Pure.

export interface InLine {
  /** Conversations with equal needs carry equal keys. */
  needsKey: string;
}

/** By key: how many conversations each agent who may serve them can hold, by the agent's place in the list. */
export type Servers = ReadonlyMap<string, ReadonlyMap<number, number>>;

/**
 * In the order of the queue. Each one before it in another group counts by the part of that group's
 * places that belongs to agents who serve both.
 */
export function countAhead(inOrder: readonly InLine[], servers: Servers): number[] {
  const lines = findLines(inOrder, servers);
  /** Of each line so far. */
  const before = lines.places.map(() => 0);
  return inOrder.map(({ needsKey }) => {
    const own = lines.of.get(needsKey) as number;
    let ahead = 0;
    for (const [other, count] of before.entries()) {
      if (count > 0) ahead += count * lines.share(own, other);
    }
    before[own] = (before[own] as number) + 1;
    return ahead;
  });
}

/**
 * So many lines are held against each other; those found later count alone. Three hundred of a
 * thousand agents each, all different, would hold up the process for half a second on a busy core.
 */
const MOST_SHARED = 100;

/** Many groups have the same agents: they are one line. A group that nobody serves is one of its own. */
function findLines(inOrder: readonly InLine[], servers: Servers) {
  const of = new Map<string, number>();
  const known = new Map<string, number>();
  const places: Dense[] = [];
  for (const { needsKey } of inOrder) {
    if (of.has(needsKey)) continue;
    const own = servers.get(needsKey);
    const name = own === undefined || own.size === 0 ? needsKey : JSON.stringify([...own]);
    const line = known.get(name) ?? places.push(makeDense(own)) - 1;
    known.set(name, line);
    of.set(needsKey, line);
  }
  const shares = places.map((): number[] => []);
  const share = (own: number, other: number): number => {
    if (own === other) return 1;
    if (Math.max(own, other) >= MOST_SHARED) return 0;
    const row = shares[own] as number[];
    row[other] ??= shareServers(places[own] as Dense, places[other] as Dense);
    return row[other] as number;
  };
  return { of, places, share };
}

export function countPlaces(places: ReadonlyMap<number, number> | undefined): number {
  let sum = 0;
  for (const one of places?.values() ?? []) sum += one;
  return sum;
}

interface Dense {
  /** By the agent's place in the list: how many it can hold. */
  places: Int32Array;
  all: number;
}

function makeDense(own: ReadonlyMap<number, number> = new Map()): Dense {
  const places = new Int32Array(Math.max(0, ...own.keys()) + 1);
  for (const [agent, count] of own) places[agent] = count;
  return { places, all: countPlaces(own) };
}

function shareServers(own: Dense, other: Dense): number {
  if (other.all === 0) return 0;
  const end = Math.min(own.places.length, other.places.length);
  let both = 0;
  for (let agent = 0; agent < end; agent += 1) {
    if ((own.places[agent] as number) > 0) both += other.places[agent] as number;
  }
  return both / other.all;
}
