// Which rows of the inbox are selected, for what is done with many at once; kept while one moves about.
import { useSyncExternalStore } from 'react';

/** By id; null: nothing is being selected. */
export type Selection = ReadonlySet<string> | null;

let now: Selection = null;
/** From which row Shift and an arrow go on. */
let head: string | undefined;
const listeners = new Set<() => void>();

export function select(next: Selection): void {
  now = next;
  if (next === null) head = undefined;
  for (const listener of listeners) listener();
}

export const readSelection = (): Selection => now;

export function toggleSelected(id: string): void {
  const next = new Set(now);
  if (!next.delete(id)) next.add(id);
  select(next.size === 0 ? null : next);
  head = id;
}

/** One row on: it is selected with the one before, or the one before not any more. Answers where that is. */
export function extendSelection(
  rows: readonly { id: string }[],
  { from, by }: { from: string | undefined; by: 1 | -1 },
): number {
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === (head ?? from)),
  );
  const [here, there] = [rows[at]?.id, rows[at + by]?.id];
  if (here === undefined) return at;
  const next = new Set(now);
  if (there !== undefined && next.has(here) && next.has(there)) next.delete(here);
  else next.add(here);
  if (there !== undefined) next.add(there);
  select(next);
  head = there ?? here;
  return there === undefined ? at : at + by;
}

export function useSelection(): Selection {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, readSelection);
}
