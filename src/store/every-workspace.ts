// Does something for every workspace again and again; what fails or takes long for one holds up no other.
import type { Pool } from 'pg';
import type { Db } from './sql.ts';
import { listWorkspaceIds } from './workspaces.ts';

/** Enough that a slow workspace does not make the rest wait, few enough to leave connections to requests. */
const AT_ONCE = 4;

/** One that takes long asks between its steps whether to go on. */
type Chore = (workspaceId: string, goesOn: () => boolean) => Promise<unknown>;

/** By what it does, which names it where it fails. */
export type Chores = Readonly<Record<string, Chore>>;

/** Forgets some at a time until nothing is left to forget. */
export function forgetAll(
  db: Pool,
  forgetSome: (db: Pool, workspaceId: string) => Promise<number>,
): Chore {
  return async (workspaceId, goesOn) => {
    while (goesOn() && (await forgetSome(db, workspaceId)) > 0);
  };
}

/**
 * Does the chores for every workspace, now and `sweepMs` after all are done. Those of one workspace are done in
 * their order, each though another throws.
 */
export function everyWorkspace(
  options: {
    db: Pool;
    sweepMs: number;
    onError: (error: unknown, what: string) => void;
    /** Those for which there is something to do; all, unless it is given. */
    list?: (db: Db) => Promise<string[]>;
  },
  chores: Chores,
): { stop(): Promise<void> } {
  const { db, sweepMs, onError, list = listWorkspaceIds } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void>;
  const serve = async (workspaceId: string): Promise<void> => {
    for (const [what, act] of Object.entries(chores)) {
      if (stopped) return;
      try {
        await act(workspaceId, () => !stopped);
      } catch (error) {
        onError(error, `${what} failed for workspace ${workspaceId}`);
      }
    }
  };
  const run = async (): Promise<void> => {
    try {
      const ids = await list(db);
      const work = async () => {
        for (let id = ids.shift(); id !== undefined && !stopped; id = ids.shift()) await serve(id);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } catch (error) {
      onError(error, `${Object.keys(chores).join(', ')} failed`);
    }
    if (!stopped) timer = setTimeout(() => (running = run()), sweepMs);
  };
  running = run();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
