// Makes one process the owner of a data directory for as long as that process lives.

import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isProcessAlive } from './process-command.ts';
import { makeStartFailure } from './start-failure.ts';

/**
 * Node has no flock, but SQLite's exclusive lock is an fcntl lock: the kernel drops it when the
 * process dies, however it dies, so there is no stale lock and no pid to be fooled by. It works on
 * Linux and macOS, at any path length, and between containers that share a volume.
 *
 * @throws a start failure that names the owner when another process holds the directory.
 */
export function ownDataDir(dir: string, dataDir: string): { release(): void } {
  const lockFile = join(dir, 'owner.lock');
  // Created private: whoever may read it could hold a shared lock and keep us out.
  closeSync(openSync(lockFile, 'a', 0o600));
  // Two that try at the same moment can block each other for an instant; waiting lets one win.
  const lock = new DatabaseSync(lockFile, { timeout: 250 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw ownedByAnother(dir, dataDir);
  }
  const ownerFile = join(dir, 'owner');
  writeFileSync(`${ownerFile}.new`, `${process.pid} ${hostname()}\n`, { mode: 0o600 });
  renameSync(`${ownerFile}.new`, ownerFile);
  return {
    release() {
      if (!lock.isOpen) return;
      rmSync(ownerFile, { force: true });
      lock.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function ownedByAnother(dir: string, dataDir: string): Error {
  return makeStartFailure(
    'embedded_postgres.owned',
    `${describeOwner(dir)} already runs Usher's database in ${dataDir}. Stop that process first, or give this one its own USHER_DATA_DIR, or let both use one PostgreSQL by setting DATABASE_URL.`,
  );
}

/** The lock is the truth; the file beside it only names the owner, and may lag by an instant. */
function describeOwner(dir: string): string {
  const [pid, host] = readOwner(dir);
  if (pid === undefined || host === undefined) return 'Another process';
  if (host !== hostname()) return `Process ${pid} on host ${host}`;
  return isProcessAlive(Number(pid)) ? `Process ${pid}` : 'Another process';
}

function readOwner(dir: string): string[] {
  try {
    return readFileSync(join(dir, 'owner'), 'utf8').trim().split(' ');
  } catch {
    return [];
  }
}
