// Deletes what removed workspaces have left, some rows at a time, so that nothing else waits for it.
import type { Pool } from 'pg';
import { everyWorkspace } from '../store/every-workspace.ts';
import {
  deleteSome,
  listRemovedWorkspaceIds,
  listWorkspaceTables,
} from '../store/operate-workspaces.ts';

const SWEEP_MS = 5000;
const ROWS_AT_A_TIME = 1000;
/** A pass that is still under way reads it. */
const LATE = 'policy';

/** Every few seconds, and at once. It goes on where a killed node stopped: the workspace's own row goes last. */
export function purgeWorkspaces(options: {
  db: Pool;
  onError: (error: unknown, what: string) => void;
}): { stop(): Promise<void> } {
  const { db, onError } = options;
  return everyWorkspace(
    { db, sweepMs: SWEEP_MS, onError, list: listRemovedWorkspaceIds },
    {
      'deleting a removed workspace': async (workspaceId, goesOn) => {
        for (const table of sortForDeletion(await listWorkspaceTables(db))) {
          const some = { table, workspaceId, limit: ROWS_AT_A_TIME };
          while (goesOn() && (await deleteSome(db, some)) === ROWS_AT_A_TIME);
        }
      },
    },
  );
}

/** Whatever points to another table goes before it. */
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
