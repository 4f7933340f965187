// What main gives the routes of files.
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import type { UploadBudgets } from '../desk/limit-uploads.ts';
import type { Gate } from '../desk/open-gate.ts';

export interface FileMeans {
  /**
   * Connections of their own, so that files wait only for each other, and nothing else waits for
   * them.
   */
  db: Pool;
  clock: Clock;
  budgets: UploadBudgets;
  /** What a workspace may store. */
  boundsOf: Gate['boundsOf'];
  /** Too little is free on the disk for files. */
  isDiskLow: () => boolean;
}
