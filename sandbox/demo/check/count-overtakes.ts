// Whether customers were served in the order of the queue.

export interface Served {
  /** Grows with each conversation, also within a millisecond: the queue's own order among equal ranks. */
  id: string;
  rankAt: string;
  /** When it was first given to somebody; null: never. All of one routing pass have the same time. */
  assignedAt: string | null;
}

/** How many were given to somebody later than one that stood behind them. */
export function countOvertakes(served: readonly Served[]): number {
  const queue = served
    .flatMap(({ id, rankAt, assignedAt }) =>
      assignedAt === null ? [] : [{ id, rankAt: Date.parse(rankAt), at: Date.parse(assignedAt) }],
    )
    .sort((a, b) => a.rankAt - b.rankAt || (a.id < b.id ? -1 : 1));
  let latest = 0;
  let overtakes = 0;
  for (const { at } of queue) {
    if (at < latest) overtakes += 1;
    latest = Math.max(latest, at);
  }
  return overtakes;
}
