// Does something for every workspace again and again, also while some of it fails.
import type { Pool } from 'pg';
import { listWorkspaceIds } from '../store/workspaces.ts';

/** Calls `act` for every workspace, now and every `sweepMs`. */
export function everyWorkspace(
  options: { db: Pool; sweepMs: number; onError: (error: unknown, what: string) => void },
  act: (workspaceId: string) => Promise<void>,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void>;
  const run = async (): Promise<void> => {
    try {
      for (const workspaceId of await listWorkspaceIds(options.db)) await act(workspaceId);
    } catch (error) {
      options.onError(error, 'the delivery sweep failed');
    }
    if (!stopped) timer = setTimeout(() => (running = run()), options.sweepMs);
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
