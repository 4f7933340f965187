// Brings the schema up to date: numbered SQL files, forward only, each in its own transaction.
import { readdir, readFile } from 'node:fs/promises';
import type { Pool, PoolClient } from 'pg';

const directory = new URL('./migrations/', import.meta.url);

// Any constant will do; it is the lock under which nodes that start together take turns.
const MIGRATION_LOCK = 7_283_645_120;

/** Returns the names of the migrations it applied. Two nodes may call it at the same moment. */
export async function migrate(pool: Pool): Promise<string[]> {
  const client = await pool.connect();
  try {
    // A large table takes as long as it takes, and so does waiting for the node that is at it: cut short, it
    // would fail again at each start.
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied: string[] = [];
    for (const name of await pendingMigrations(client)) {
      await applyMigration(client, name);
      applied.push(name);
    }
    return applied;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await client.query('reset statement_timeout').catch(() => undefined);
    client.release();
  }
}

async function pendingMigrations(client: PoolClient): Promise<string[]> {
  await client.query(
    'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ name: string }>('select name from migration');
  const done = new Set(rows.map(({ name }) => name));
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const unknown = [...done].filter((name) => !files.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `The database was migrated by a newer Usher (${unknown.join(', ')}). Run that version, or point DATABASE_URL elsewhere.`,
    );
  }
  return files.filter((file) => !done.has(file));
}

async function applyMigration(client: PoolClient, name: string): Promise<void> {
  const text = await readFile(new URL(name, directory), 'utf8');
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into migration (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
