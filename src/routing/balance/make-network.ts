// Who could give and be given what, as a network: each arc knows how many more may go along it and what that costs in moves.

export interface Network {
  /** Adds an arc, and the one that takes back what went along it. Answers its number; the other's is one higher. */
  connect(from: number, to: number, arc: { room: number; moves: number }): number;
  /** The arcs that leave a node. */
  leaving(node: number): readonly number[];
  to: readonly number[];
  /** How many more may go along each arc. */
  room: readonly number[];
  moves: readonly number[];
  /** One goes along the arc. */
  take(arc: number): void;
  /** How many have gone along it. */
  used(arc: number): number;
  size: number;
}

export function makeNetwork(size: number): Network {
  const leaving: number[][] = Array.from({ length: size }, () => []);
  const to: number[] = [];
  const room: number[] = [];
  const moves: number[] = [];
  const add = (from: number, target: number, most: number, cost: number): void => {
    (leaving[from] as number[]).push(to.length);
    to.push(target);
    room.push(most);
    moves.push(cost);
  };
  return {
    connect: (from, target, { room: most, moves: cost }) => {
      add(from, target, most, cost);
      add(target, from, 0, -cost);
      return to.length - 2;
    },
    leaving: (node) => leaving[node] as number[],
    ...{ to, room, moves, size },
    used: (arc) => room[arc ^ 1] as number,
    take: (arc) => {
      // Arcs come in pairs.
      const other = arc ^ 1;
      room[arc] = (room[arc] as number) - 1;
      room[other] = (room[other] as number) + 1;
    },
  };
}
