// Finds a team or a skill by its id or, whatever the case, by its name.
import type { GroupRow } from '../store/groups.ts';

/** null: there is none. */
export function findGroup(groups: readonly GroupRow[], wanted: string): GroupRow | null {
  const name = wanted.trim().toLowerCase();
  return groups.find((group) => group.id === name || group.name.toLowerCase() === name) ?? null;
}
