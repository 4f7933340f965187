// A database of its own for a test, with the schema in it, gone when the test is over.
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { openPool } from '../../src/store/pool.ts';
import { TEMPLATE, withDatabase } from '../postgres.ts';

export interface TestDatabase {
  url: string;
  pool: Pool;
}

/** `empty`: without the schema, for what brings its own. */
export async function makeDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const server = inject('databaseUrl');
  const name = `usher_test_${randomBytes(6).toString('hex')}`;
  const admin = openPool({ connectionString: server, maxConnections: 1, onIdleError: () => {} });
  await admin.query(`create database ${name} template ${empty ? 'template0' : TEMPLATE}`);
  const url = withDatabase(server, name);
  const pool = openPool({ connectionString: url, onIdleError: () => {} });
  onTestFinished(async () => {
    await pool.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
  return { url, pool };
}
