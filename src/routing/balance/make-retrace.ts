// Goes back from an end to a start by best ways alone, and takes what it went along.
import { lengthOf, type Ways } from './find-ways.ts';
import type { Network } from './make-network.ts';

/**
 * What it answers takes an end and gives the start, or null when best ways lead to it no more. A
 * start begins one path. It is a search in depth: what led to no start is not tried again. Best
 * ways make no circle.
 */
export function makeRetrace(network: Network, ways: Ways): (end: number) => number | null {
  const { to } = network;
  const before = makeBefore(network, ways);
  const isUsed = new Uint8Array(network.size);
  const isStart = (node: number) => ways.origin[node] === node && isUsed[node] === 0;
  return (end) => {
    const path: number[] = [];
    let node = end;
    while (!isStart(node)) {
      const arc = before(node);
      const back = arc ?? path.pop();
      if (back === undefined) return null;
      if (arc !== undefined) path.push(arc);
      node = to[arc === undefined ? back : arc ^ 1] as number;
    }
    isUsed[node] = 1;
    for (const arc of path) network.take(arc);
    return node;
  };
}

/** Of each node the arcs of best ways that come to it, from nodes that may still lead to a start. */
function makeBefore({ size, leaving, to, room, moves }: Network, { levels, lengths }: Ways) {
  const tried = new Int32Array(size);
  const isOver = new Uint8Array(size);
  return (node: number): number | undefined => {
    const arcs = leaving(node);
    for (let at = tried[node] as number; at < arcs.length; at += 1) {
      const arc = (arcs[at] as number) ^ 1;
      const from = to[arc ^ 1] as number;
      if (room[arc] === 0 || isOver[from] === 1 || levels[from] !== levels[node]) continue;
      const length = (lengths[from] as number) + lengthOf(moves[arc] as number);
      if (lengths[node] !== length) continue;
      tried[node] = at;
      return arc;
    }
    isOver[node] = 1;
    return undefined;
  };
}
