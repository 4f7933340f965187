// Stops a PostgreSQL server and waits until it is really gone.

import { setTimeout as sleep } from 'node:timers/promises';
import { isPostmasterOf } from './find-postmaster.ts';
import { processCommand } from './process-command.ts';

const POLL_MS = 20;
/** A fast shutdown writes all dirty pages first, which a slow disk can stretch to many seconds. */
const FAST_SHUTDOWN_MS = 60_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;

/**
 * Fast shutdown: ends all sessions, writes a checkpoint. If that takes too long, an immediate one,
 * which loses nothing either, because the next start replays the log.
 */
export async function stopPostmaster(options: {
  pid: number;
  pgData: string;
  log: (line: string) => void;
}): Promise<void> {
  const { pid, pgData, log } = options;
  if (await signalAndWait(pid, pgData, 'SIGINT', FAST_SHUTDOWN_MS)) return;
  log(`PostgreSQL (process ${pid}) did not stop in ${FAST_SHUTDOWN_MS / 1000} s; ending it now.`);
  if (await signalAndWait(pid, pgData, 'SIGQUIT', IMMEDIATE_SHUTDOWN_MS)) return;
  throw new Error(
    `PostgreSQL (process ${pid}) in ${pgData} does not stop. See what it waits for, then end that process yourself.`,
  );
}

async function signalAndWait(
  pid: number,
  pgData: string,
  signal: 'SIGINT' | 'SIGQUIT',
  patienceMs: number,
): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  if (!(await isRunning(pid, pgData))) return true;
  try {
    process.kill(pid, signal);
  } catch (error) {
    // ESRCH: it ended between the look and the signal.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
  while (performance.now() <= deadline) {
    if (!(await isRunning(pid, pgData))) return true;
    await sleep(POLL_MS);
  }
  return false;
}

async function isRunning(pid: number, pgData: string): Promise<boolean> {
  return isPostmasterOf(await processCommand(pid), pgData);
}
