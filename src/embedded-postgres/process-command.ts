// Tells what program a process id stands for, since ids are reused and a pid file may be old.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { cleanEnvironment } from './clean-environment.ts';

const execFileAsync = promisify(execFile);

/** The command line of a living process, its arguments joined by spaces; empty when it is gone. */
export async function processCommand(pid: number): Promise<string> {
  if (!isProcessAlive(pid)) return '';
  if (process.platform === 'linux') {
    // Empty for a zombie, which is right: a zombie holds nothing any more.
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return line.split('\0').join(' ').trim();
  }
  const args = ['-ww', '-o', 'command=', '-p', String(pid)];
  const listing = await execFileAsync('ps', args, { env: cleanEnvironment() }).catch(() => ({
    stdout: '',
  }));
  return listing.stdout.trim();
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
