// Forgets conversations that ended longer ago than a workspace wants to keep them.
import type { Pool } from 'pg';
import { everyWorkspace, forgetAll } from '../store/every-workspace.ts';
import { forgetConversations } from '../store/forget-conversations.ts';

const HOUR_MS = 3_600_000;

/** Every hour, and at once. */
export function purgeConversations(options: {
  db: Pool;
  onError: (error: unknown, what: string) => void;
}): { stop(): Promise<void> } {
  const { db, onError } = options;
  return everyWorkspace(
    { db, sweepMs: HOUR_MS, onError },
    {
      'forgetting conversations': forgetAll(db, forgetConversations),
    },
  );
}
