// A PostgreSQL of its own that crashes on demand, behind an address that stays.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { onTestFinished } from 'vitest';
import { locateCluster } from '../../src/embedded-postgres/locate-cluster.ts';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/start-embedded-postgres.ts';
import { openPool } from '../../src/store/pool.ts';
import { makeDatabase } from '../makers/make-database.ts';

export interface CrashingDatabase {
  pool: Pool;
  url: string;
  /** Breaks every connection, in one way or another. */
  crash(): Promise<void>;
}

export interface OwnServer {
  pool: Pool;
  url: string;
  /** Kills it as a crash would, if it still runs. */
  kill(): Promise<void>;
  /** Again, after it has ended. */
  start(): Promise<void>;
}

/** All connections but one are cut. */
export async function makeCuttableDatabase(): Promise<CrashingDatabase> {
  const { pool, url } = await makeDatabase();
  const crash = async (): Promise<void> => {
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
    );
  };
  return { pool, url, crash };
}

/** It crashes and starts again. */
export async function startCrashingDatabase(): Promise<CrashingDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-crash-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const { pool, url, kill, start } = await startOwnServer(dataDir);
  return {
    ...{ pool, url },
    crash: async () => {
      await kill();
      await start();
    },
  };
}

/** A server of its own behind a fixed address: it comes back on another port. */
export async function startOwnServer(dataDir: string): Promise<OwnServer> {
  let server = await startEmbeddedPostgres({ dataDir });
  onTestFinished(() => server.stop());
  const relay = await startRelay(() => Number(new URL(server.connectionString).port));
  const address = new URL(server.connectionString);
  address.port = String(relay);
  const pool = openPool({ connectionString: address.href, onIdleError: () => {} });
  onTestFinished(() => pool.end());
  return {
    pool,
    url: address.href,
    kill: async () => {
      const { pgData } = await locateCluster(join(dataDir, 'postgres'));
      const file = await readFile(join(pgData, 'postmaster.pid'), 'utf8').catch(() => '');
      const [pid] = file.split('\n');
      if (pid) process.kill(Number(pid), 'SIGQUIT');
      // Finds nothing left to stop, and gives up the directory.
      await server.stop();
    },
    start: async () => {
      server = await startEmbeddedPostgres({ dataDir });
    },
  };
}

async function startRelay(portNow: () => number): Promise<number> {
  const sockets = new Set<Socket>();
  const relay = createServer((from) => {
    const to = connect(portNow(), '127.0.0.1');
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  const address = relay.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.');
  return address.port;
}
