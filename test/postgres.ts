// One real PostgreSQL for the whole run: the one Usher ships, or the one TEST_DATABASE_URL names.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/store/migrate.ts';
import { openPool } from '../src/store/pool.ts';
import { MOVABLE_TIME, ownTimeFirst } from './database-time.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

export const TEMPLATE = 'usher_template';

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { folder, url, stop } = await startGuard();
  process.env.TMPDIR = folder;
  // Each program that a test starts is compiled once, not each time: half of its start.
  process.env.NODE_COMPILE_CACHE ??= join(folder, 'compiled');
  await makeTemplate(url);
  project.provide('databaseUrl', url);
  return stop;
}

async function startGuard(): Promise<{ folder: string; url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['test/guard-run.ts'], {
    // Ctrl-C reaches the run alone.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) if (said.push(line) === 2) break;
  const [folder, url] = said;
  if (folder === undefined || url === undefined) throw new Error('PostgreSQL did not start.');
  return {
    folder,
    url,
    stop: async () => {
      child.stdin.end('in order\n');
      await exit;
    },
  };
}

/** Migrated once, its time movable; each test file gets a copy, which costs milliseconds. */
async function makeTemplate(url: string): Promise<void> {
  const admin = openPool({ connectionString: url, onIdleError: () => {} });
  await admin.query(`drop database if exists ${TEMPLATE}`);
  await admin.query(`create database ${TEMPLATE}`);
  await admin.query(ownTimeFirst(TEMPLATE));
  await admin.end();
  const pool = openPool({ connectionString: withDatabase(url, TEMPLATE), onIdleError: () => {} });
  await pool.query(MOVABLE_TIME);
  await migrate(pool);
  await pool.end();
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
