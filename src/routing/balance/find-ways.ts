// From which agent each node is reached best: from the fullest, and from there with the fewest moves.
import type { Network } from './make-network.ts';

/** More than the arcs of any way: a move is longer than all of them. */
const MOVE = 1 << 15;

/** By number of moves, so that all best ways together make no circle: each arc makes it longer. */
export function lengthOf(moves: number): number {
  return moves * MOVE + 1;
}

/** How many moves a way of this length takes. */
export function movesOf(length: number): number {
  return Math.floor(length / MOVE);
}

/** By node. */
export interface Ways {
  /** The agent from whom it is reached; -1: nobody reaches it. */
  origin: Int32Array;
  /** What leaving that agent spares; -Infinity: nobody. */
  levels: Float64Array;
  /** How many moves that takes, less those that it takes back, and then how many arcs: as one number. */
  lengths: Int32Array;
}

/**
 * `spares`: what one unit less spares at each agent, the nodes in front; -Infinity: has none to give.
 * The fullest begin: what they reach, nobody else reaches better. `isEnough` is asked after each
 * level, with the next one.
 */
export function findWays(
  network: Network,
  spares: Float64Array,
  isEnough: (ways: Ways, reached: number, next: number) => boolean,
): Ways {
  const ways = {
    origin: new Int32Array(network.size).fill(-1),
    levels: new Float64Array(network.size).fill(Number.NEGATIVE_INFINITY),
    lengths: new Int32Array(network.size),
  };
  for (let level = fullest(spares, ways); level !== Number.NEGATIVE_INFINITY; ) {
    spread(network, ways, begin(spares, ways, level));
    const next = fullest(spares, ways);
    if (isEnough(ways, level, next)) break;
    level = next;
  }
  return ways;
}

/** Of those whom nobody reaches yet. */
function fullest(spares: Float64Array, { origin }: Ways): number {
  let level = Number.NEGATIVE_INFINITY;
  for (let agent = 0; agent < spares.length; agent += 1) {
    const spare = spares[agent] as number;
    if (origin[agent] === -1 && spare > level) level = spare;
  }
  return level;
}

function begin(spares: Float64Array, { origin, levels }: Ways, level: number): number[] {
  const begun: number[] = [];
  for (let agent = 0; agent < spares.length; agent += 1) {
    if (origin[agent] !== -1 || spares[agent] !== level) continue;
    origin[agent] = agent;
    levels[agent] = level;
    begun.push(agent);
  }
  return begun;
}

/**
 * Bellman and Ford with a queue: an arc that takes a move back is shorter than nothing, and no
 * circle is.
 */
function spread(network: Network, { origin, levels, lengths }: Ways, queue: number[]): void {
  const { to, room, moves } = network;
  const queued = new Uint8Array(network.size);
  for (const node of queue) queued[node] = 1;
  for (let head = 0; head < queue.length; head += 1) {
    const node = queue[head] as number;
    const level = levels[node] as number;
    queued[node] = 0;
    for (const arc of network.leaving(node)) {
      if (room[arc] === 0) continue;
      const next = to[arc] as number;
      const length = (lengths[node] as number) + lengthOf(moves[arc] as number);
      const known = levels[next] as number;
      if (known > level || (known === level && (lengths[next] as number) <= length)) continue;
      levels[next] = level;
      origin[next] = origin[node] as number;
      lengths[next] = length;
      if (queued[next] === 1) continue;
      queued[next] = 1;
      queue.push(next);
    }
  }
}
