// Deletes the rows of removed workspaces, some at a time, so that nothing else waits for it.
import type { Pool } from 'pg';
import type { Chore } from '../loops/every-workspace.ts';
import {
  deleteSome,
  listRemovedWorkspaceIds,
  listWorkspaceTables,
} from '../store/operate-workspaces.ts';

const SWEEP_MS = 5000;
const ROWS_AT_A_TIME = 1000;
/** A pass that is still under way reads this table. */
const LATE = 'policy';

/**
 * At once, and every few seconds. It continues where a killed node stopped: the workspace's own row
 * goes last.
 */
export function purgeWorkspaces(db: Pool): Chore {
  return {
    what: 'deleting a removed workspace',
    everyMs: SWEEP_MS,
    list: () => listRemovedWorkspaceIds(db),
    act: async (workspaceId, goesOn) => {
      for (const table of sortForDeletion(await listWorkspaceTables(db))) {
        const some = { table, workspaceId, limit: ROWS_AT_A_TIME };
        do if (!goesOn()) return true;
        while ((await deleteSome(db, some)) === ROWS_AT_A_TIME);
      }
      return false;
    },
  };
}

/** Tables that refer to another table go before it. */
export function sortForDeletion(tables: readonly { name: string; needs: string[] }[]): string[] {
  const order: string[] = [];
  const left = new Map(tables.map(({ name, needs }) => [name, needs]));
  while (left.size > 0) {
    const needed = new Set([...left.values()].flat());
    const free = [...left.keys()].filter((name) => !needed.has(name));
    if (free.length === 0) throw new Error(`These tables point at each other: ${[...left.keys()]}`);
    const calm = free.filter((name) => name !== LATE);
    const next = calm.length > 0 ? calm : free;
    order.push(...next);
    for (const name of next) left.delete(name);
  }
  return order;
}
