// Tells the planner what it cannot know; the only place that does.
//
// Before a table's first ANALYZE it takes a workspace for a single row, and afterwards it may not know how narrow a
// condition is. It then reads the whole workspace and compares it with a batch pair by pair: a claim of 2,062
// conversations took 8.2 s. `src/store/statistics.ts` has tables analysed early; these hold from the first row on.

/**
 * SQL: a subquery that is looked up again for each row before it, by the key that its `where` names
 * in full. The offset keeps the planner from joining its table as a whole (one agent among 10,000:
 * 0.6 ms instead of 1.7; messages named by their numbers among 20,000: 250 ms before).
 */
export function lookedUp(select: string): string {
  return `lateral (${select} offset 0)`;
}

/** SQL: forces a search by `ids`, an array; 4,000 deliveries took 170 ms without, and 7 with it. */
export function isAmong(column: string, ids: string): string {
  return `${column} = any(${ids})`;
}

/** SQL: a text by which no partial index is chosen, because it is about to be filtered by a key. */
export function unindexed(column: string): string {
  return `${column} || ''`;
}

/**
 * SQL: a subquery whose columns are computed once a row. Otherwise the planner writes their
 * expressions wherever they are named: a binary search for each element that is read by its answer.
 */
export function computedOnce(select: string): string {
  return `(${select} offset 0)`;
}
