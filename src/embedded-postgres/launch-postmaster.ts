// Launches the PostgreSQL server so that it outlives its parent, and waits until it is ready.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './find-binaries.ts';
import { findPostmaster, type Postmaster } from './find-postmaster.ts';
import { commandAs, type Identity } from './identity.ts';
import { stopPostmaster } from './stop-postmaster.ts';

const POLL_MS = 10;
const TELL_EVERY_MS = 5_000;
/** Replaying the log after a crash can take minutes; until then, waiting is the right answer. */
const READY_PATIENCE_MS = 600_000;

export interface Launch {
  pgData: string;
  binaries: Binaries;
  identity: Identity;
  /** Takes what the server writes before it opens its own log. */
  startLog: string;
  log: (line: string) => void;
}

/** @returns the child, for which the caller then waits with `waitUntilReady`. */
export async function launchPostmaster(launch: Launch): Promise<ChildProcess> {
  const { pgData, binaries, identity, startLog, log } = launch;
  const port = await findFreePort();
  const args = ['-D', pgData, '-p', String(port)];
  const command = commandAs(identity, binaries.postgres, args);
  const output = openSync(startLog, 'w', 0o600);
  try {
    const child = spawn(command.program, command.args, {
      ...command.options,
      cwd: '/',
      // Its own session: Ctrl-C in the terminal reaches Usher alone, which then stops the server
      // after it has finished its own work.
      detached: true,
      stdio: ['ignore', output, output],
    });
    child.unref();
    child.on('error', (error) => log(`PostgreSQL could not be launched: ${error.message}`));
    child.on('exit', (code, signal) => log(`PostgreSQL ended (${signal ?? `code ${code}`}).`));
    return child;
  } finally {
    closeSync(output);
  }
}

/**
 * @param options.isAlive whether the server that is waited for still runs.
 * @returns undefined when the server ended, or began to stop, before it was ready.
 */
export async function waitUntilReady(options: {
  pgData: string;
  isAlive: () => boolean;
  log: (line: string) => void;
  /**
   * Aborted: the server is stopped, however long it would have replayed its log, and this throws.
   */
  stop?: AbortSignal | undefined;
}): Promise<(Postmaster & { port: number }) | undefined> {
  const { pgData, isAlive, log, stop } = options;
  const began = performance.now();
  let toldAt = began;
  while (isAlive() && performance.now() - began <= READY_PATIENCE_MS) {
    const found = await findPostmaster(pgData);
    if (stop?.aborted && found !== undefined) {
      await stopPostmaster({ pid: found.pid, pgData, log });
      stop.throwIfAborted();
    }
    if (found?.stopping) return undefined;
    if (found?.ready && found.port !== undefined) return { ...found, port: found.port };
    if (performance.now() - toldAt >= TELL_EVERY_MS) {
      toldAt = performance.now();
      log('PostgreSQL is still starting; after a crash it first replays its log.');
    }
    await sleep(POLL_MS);
  }
  return undefined;
}

async function findFreePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    probe.close(() => resolve(port));
  });
  return promise;
}
