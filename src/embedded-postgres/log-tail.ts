// Reads the last lines that PostgreSQL wrote, to show them when a start fails.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const LINES = 20;

/**
 * @param options.startLog what the server wrote before it opened its own log.
 * @param options.logDir the server's own log files.
 * @param options.since milliseconds of the epoch; older log files say nothing about this start.
 */
export async function logTail(options: {
  startLog: string;
  logDir: string;
  since: number;
}): Promise<string> {
  const { startLog, logDir, since } = options;
  const parts = [await readFile(startLog, 'utf8').catch(() => '')];
  for (const name of await readdir(logDir).catch(() => [])) {
    const path = join(logDir, name);
    // One second of tolerance for file systems that keep no finer times.
    if ((await stat(path)).mtimeMs >= since - 1000) parts.push(await readFile(path, 'utf8'));
  }
  const lines = parts.flatMap((part) => part.split('\n')).filter((line) => line !== '');
  return lines.slice(-LINES).join('\n');
}
