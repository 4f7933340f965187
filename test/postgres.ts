// One real PostgreSQL for the whole run: the one Usher ships, or the one TEST_DATABASE_URL names.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../src/store/embedded/start-embedded-postgres.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPool } from '../src/store/pool.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

export const TEMPLATE = 'usher_template';

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined) {
    await makeTemplate(given);
    project.provide('databaseUrl', given);
    return async () => {};
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-test-'));
  const server = await startEmbeddedPostgres({ dataDir });
  await makeTemplate(server.connectionString);
  project.provide('databaseUrl', server.connectionString);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Migrated once; each test file gets a copy, which costs milliseconds. */
async function makeTemplate(url: string): Promise<void> {
  const admin = openPool({ connectionString: url, onIdleError: () => {} });
  await admin.query(`drop database if exists ${TEMPLATE}`);
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const pool = openPool({ connectionString: withDatabase(url, TEMPLATE), onIdleError: () => {} });
  await migrate(pool);
  await pool.end();
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
