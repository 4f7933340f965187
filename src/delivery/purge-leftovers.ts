// Forgets what led to no conversation: sessions over the web that nobody uses, and files that nobody said.
import type { Pool } from 'pg';
import { forgetFiles } from '../store/forget-files.ts';
import { forgetWebSessions } from '../store/forget-web-sessions.ts';
import { everyWorkspace } from './every-workspace.ts';

const HOUR_MS = 3_600_000;

/** Every hour, and at once. */
export function purgeLeftovers(options: {
  db: Pool;
  onError: (error: unknown, what: string) => void;
}): { stop(): Promise<void> } {
  const { db, onError } = options;
  let stopped = false;
  const loop = everyWorkspace(
    {
      db,
      sweepMs: HOUR_MS,
      onError: (error) => onError(error, 'forgetting what is left over failed'),
    },
    async (workspaceId) => {
      while (!stopped && (await forgetWebSessions(db, workspaceId)) > 0);
      while (!stopped && (await forgetFiles(db, workspaceId)) > 0);
    },
  );
  return {
    stop: () => {
      stopped = true;
      return loop.stop();
    },
  };
}
