// A PostgreSQL of its own that crashes on demand, behind an address that stays.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { onTestFinished } from 'vitest';
import { openPool } from '../../src/store/pool.ts';
import { openOwnDatabase } from '../../src/torture/open-own-database.ts';
import { openProxy } from '../../src/torture/open-proxy.ts';
import { makeDatabase } from '../makers/make-database.ts';

export interface CrashingDatabase {
  pool: Pool;
  url: string;
  /** Breaks every connection, in one way or another. */
  crash(): Promise<void>;
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
  return startOwnServer(dataDir);
}

/** A server of its own behind a fixed address: it comes back on another port. */
export async function startOwnServer(dataDir: string): Promise<CrashingDatabase> {
  const server = await openOwnDatabase(dataDir);
  onTestFinished(server.close);
  const portNow = () => Number(new URL(server.url()).port);
  const relay = await openProxy(() => ({ host: '127.0.0.1', port: portNow() }));
  onTestFinished(relay.close);
  const address = new URL(server.url());
  address.port = String(relay.port);
  const pool = openPool({ connectionString: address.href, onIdleError: () => {} });
  onTestFinished(() => pool.end());
  return { pool, url: address.href, crash: server.crash };
}
