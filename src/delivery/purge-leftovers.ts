// Forgets what led to no conversation: sessions over the web that nobody uses, files that nobody said; old audit, and answers that nobody asks for again.
import type { Pool } from 'pg';
import { everyWorkspace, forgetAll } from '../store/every-workspace.ts';
import { forgetAudit } from '../store/forget-audit.ts';
import { forgetFiles } from '../store/forget-files.ts';
import { forgetWebSessions } from '../store/forget-web-sessions.ts';
import { forgetKeptAnswers } from '../store/kept-answers.ts';

/** A visitor’s file that nobody said is gone within the hour: it may be forgotten after 50 minutes. */
const EVERY_MS = 300_000;

/** Every five minutes, and at once. */
export function purgeLeftovers(options: {
  db: Pool;
  onError: (error: unknown, what: string) => void;
}): { stop(): Promise<void> } {
  const { db, onError } = options;
  return everyWorkspace(
    { db, sweepMs: EVERY_MS, onError },
    {
      'forgetting unused sessions over the web': forgetAll(db, forgetWebSessions),
      'forgetting files that nobody said': forgetAll(db, forgetFiles),
      'forgetting old audit': forgetAll(db, forgetAudit),
      'forgetting answers kept for a day': forgetAll(db, forgetKeptAnswers),
    },
  );
}
