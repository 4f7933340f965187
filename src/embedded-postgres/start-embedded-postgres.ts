// Starts the PostgreSQL that comes with Usher, for installations that bring none of their own.

import { mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chooseIdentity, type Isolation } from './choose-identity.ts';
import { createCluster } from './create-cluster.ts';
import { ensureDatabase } from './ensure-database.ts';
import { findBinaries } from './find-binaries.ts';
import { type Cluster, locateCluster } from './locate-cluster.ts';
import { ownDataDir } from './own-data-dir.ts';
import { makePasswords, readPasswords } from './passwords.ts';
import { placeCluster } from './place-cluster.ts';
import { isProcessAlive } from './process-command.ts';
import { provideBinaries } from './provide-binaries.ts';
import { runServer } from './run-server.ts';
import { explainFailure, makeStartFailure } from './start-failure.ts';
import { stopPostmaster } from './stop-postmaster.ts';

export interface EmbeddedPostgres {
  /** To the database `usher`, as a role that owns it and may create others. Holds a password. */
  connectionString: string;
  /** How long the start took. */
  startedMs: number;
  /** True when the server of a killed Usher still ran and was taken over. */
  adopted: boolean;
  /** Ends all sessions, waits until the server is gone and gives up the data directory. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  log?: (line: string) => void;
  /** Aborted when the start is to be given up: it then stops what it has begun, and throws. */
  stop?: AbortSignal | undefined;
  /** The server ended unexpectedly. Start again to recover what it had committed. */
  onDeath?: () => void;
  /** How root runs it as another user; chosen by what the system allows when left out. */
  isolation?: Isolation;
}

/**
 * Everything lies in `<dataDir>/postgres`. The server outlives this process if it is killed, and
 * the next start takes it over; call `stop` to end both in order.
 *
 * @throws an Error with a `code` and a sentence that says what to do.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const began = performance.now();
  refuseUnsupportedPlatform();
  const log = options.log ?? (() => {});
  const dataDir = resolve(options.dataDir);
  try {
    const dir = await makePrivateDir(dataDir);
    const ownership = ownDataDir(dir, dataDir);
    try {
      const server = await bringUp({
        dir,
        dataDir,
        log,
        isolation: options.isolation,
        stop: options.stop,
      });
      const watch = watchProcess(server.pid, options.onDeath ?? (() => {}));
      return {
        connectionString: server.connectionString,
        startedMs: Math.round(performance.now() - began),
        adopted: server.adopted,
        stop: once(async () => {
          clearInterval(watch);
          await stopPostmaster({ ...server, log });
          ownership.release();
        }),
      };
    } catch (error) {
      ownership.release();
      throw error;
    }
  } catch (error) {
    throw explainFailure(error, dataDir);
  }
}

const LOOK_EVERY_MS = 1000;

/** By its number, because an adopted server is not our child. */
function watchProcess(pid: number, onDeath: () => void): NodeJS.Timeout {
  const timer = setInterval(() => {
    if (isProcessAlive(pid)) return;
    clearInterval(timer);
    onDeath();
  }, LOOK_EVERY_MS);
  return timer.unref();
}

interface Place {
  /** `<dataDir>/postgres` without symbolic links, as PostgreSQL itself will name it. */
  dir: string;
  dataDir: string;
  log: (line: string) => void;
  isolation: Isolation | undefined;
  stop: AbortSignal | undefined;
}

async function bringUp(place: Place) {
  const { dir, log, stop } = place;
  const installed = await findBinaries();
  const existing = await locateCluster(dir);
  refuseOtherVersion(existing, installed.major);
  const isNew = existing.major === undefined;
  const passwords = isNew ? await makePasswords(dir) : await readPasswords(dir);

  const identity = await chooseIdentity({ ...place, clusterOwner: existing.owner });
  const { home, pgData } = await placeCluster({ ...place, cluster: existing, identity });
  const binaries = await provideBinaries({ installed, home, identity });
  if (isNew) {
    const password = passwords.superuser;
    await createCluster({ home, pgData, binaries, identity, password });
  }
  stop?.throwIfAborted();

  const startLog = join(dir, 'start.log');
  const server = await runServer({ home, pgData, binaries, identity, startLog, log, stop });
  try {
    const { port } = server;
    stop?.throwIfAborted();
    const connectionString = await ensureDatabase({ port, passwords, isNew, log });
    return { ...server, pgData, connectionString };
  } catch (error) {
    await stopPostmaster({ pid: server.pid, pgData, log });
    throw error;
  }
}

async function makePrivateDir(dataDir: string): Promise<string> {
  // Root may have to run PostgreSQL as another user, who then must pass through, but cannot list.
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const dir = join(dataDir, 'postgres');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  return realpath(dir);
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}

function refuseOtherVersion(cluster: Cluster, major: string): void {
  if (cluster.major === undefined || cluster.major === major) return;
  throw makeStartFailure(
    'embedded_postgres.version_differs',
    `The database in ${cluster.pgData} was made by PostgreSQL ${cluster.major}, but this Usher brings PostgreSQL ${major}, which cannot open it. Take a backup with the Usher that made it and restore that into an empty USHER_DATA_DIR with this one, or set DATABASE_URL to a PostgreSQL ${cluster.major}.`,
  );
}

function refuseUnsupportedPlatform(): void {
  if (process.platform === 'linux' || process.platform === 'darwin') return;
  throw makeStartFailure(
    'embedded_postgres.unsupported_platform',
    `Usher cannot start its own PostgreSQL on ${process.platform}. Install PostgreSQL 15 or newer and set DATABASE_URL, or run Usher in Linux (on Windows: WSL 2).`,
  );
}
