// Forgets conversations that ended longer ago than a workspace wants to keep them.
import type { Pool } from 'pg';
import { everyWorkspace } from '../store/every-workspace.ts';
import { forgetConversations } from '../store/forget-conversations.ts';

const HOUR_MS = 3_600_000;

/** Every hour, and at once. */
export function purgeConversations(options: {
  db: Pool;
  onError: (error: unknown, what: string) => void;
}): { stop(): Promise<void> } {
  const { db, onError } = options;
  let stopped = false;
  const loop = everyWorkspace(
    { db, sweepMs: HOUR_MS, onError },
    {
      'forgetting conversations': async (workspaceId) => {
        while (!stopped && (await forgetConversations(db, workspaceId)) > 0);
      },
    },
  );
  return {
    stop: () => {
      stopped = true;
      return loop.stop();
    },
  };
}
