// A database of its own for a test, with the schema in it, gone when the test is over.
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { openPool } from '../../src/store/pool.ts';
import { ownTimeFirst } from '../database-time.ts';
import { TEMPLATE, withDatabase } from '../postgres.ts';

export interface TestDatabase {
  url: string;
  pool: Pool;
}

/** `empty`: without the schema, for what brings its own. */
export async function makeDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const { url, drop } = await createDatabase(options);
  const pool = openPool({ connectionString: url, onIdleError: () => {} });
  onTestFinished(async () => {
    await pool.end();
    await drop();
  });
  return { url, pool };
}

/** For what outlives a test; whoever asked drops it. */
export async function createDatabase({ empty = false } = {}): Promise<{
  url: string;
  drop(): Promise<void>;
}> {
  const server = inject('databaseUrl');
  const name = `usher_test_${randomBytes(6).toString('hex')}`;
  const admin = openPool({ connectionString: server, maxConnections: 1, onIdleError: () => {} });
  const template = empty ? 'template0' : TEMPLATE;
  await admin.query(`create database ${name} template ${template} strategy file_copy`);
  if (!empty) await admin.query(ownTimeFirst(name));
  const drop = async () => {
    await dropDatabase(admin, name);
    await admin.end();
  };
  return { url: withDatabase(server, name), drop };
}

const TRIES = 20;

/** A worker of autovacuum may be in it, whom only a superuser may end; it leaves by itself. */
async function dropDatabase(admin: Pool, name: string): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    try {
      await admin.query(`drop database ${name} with (force)`);
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}
