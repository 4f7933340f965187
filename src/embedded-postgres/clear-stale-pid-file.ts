// Removes the pid file of a dead server whose process id another program now has.

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findPostmaster } from './find-postmaster.ts';
import { isProcessAlive } from './process-command.ts';

/**
 * PostgreSQL clears a pid file whose process is gone, but refuses to start when any process of the
 * same user has that id, which is common in containers. Safe only while we own the data directory;
 * should children of the dead server still live, PostgreSQL finds them by its shared memory.
 */
export async function clearStalePidFile(pgData: string): Promise<void> {
  if ((await findPostmaster(pgData)) !== undefined) return;
  const path = join(pgData, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => '');
  if (isProcessAlive(Number.parseInt(text, 10))) await rm(path, { force: true });
}
