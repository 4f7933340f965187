// Brings the schema up to date: numbered SQL files, forward only, each in its own transaction.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { ClientBase, Pool, PoolClient } from 'pg';

const directory = new URL('./migrations/', import.meta.url);

// Any constant will do; it is the lock under which nodes that start together take turns.
const MIGRATION_LOCK = 7_283_645_120;

const MIGRATION_TABLE = `create table if not exists migration
    (name text primary key, applied_at timestamptz not null default now(), checksum text);
  alter table migration add column if not exists checksum text`;

/** Returns the names of the migrations it applied. Two nodes may call it at the same moment. */
export async function migrate(pool: Pool): Promise<string[]> {
  const client = await pool.connect();
  try {
    // A large table takes its time, and so does waiting for the node that migrates: a limit would
    // make it fail again at each start.
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied: string[] = [];
    for (const migration of await pendingMigrations(client)) {
      await applyMigration(client, migration);
      applied.push(migration.name);
    }
    return applied;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await client.query('reset statement_timeout').catch(() => undefined);
    client.release();
  }
}

/** A migration that a database has, with the checksum of its text; null: applied before checksums were kept. */
export interface AppliedMigration {
  name: string;
  checksum: string | null;
}

export async function listAppliedMigrations(client: ClientBase): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'select name, checksum from migration order by name',
  );
  return rows;
}

/** Why this Usher cannot make the schema that these migrations made; null: it can. */
export async function judgeMigrations(
  applied: readonly AppliedMigration[],
): Promise<string | null> {
  const own = new Map((await readMigrations()).map(({ name, checksum }) => [name, checksum]));
  const unknown = applied.filter(({ name }) => !own.has(name)).map(({ name }) => name);
  if (unknown.length > 0) return `A newer Usher has made it (${unknown.join(', ')}).`;
  const changed = applied.find(
    ({ name, checksum }) => checksum !== null && own.get(name) !== checksum,
  );
  return changed === undefined
    ? null
    : `Its migration ${changed.name} is not the one of this Usher.`;
}

/**
 * Makes that schema in an empty database, in the caller's transaction. Holds the lock of migrations
 * until its end, so that no node that starts meanwhile migrates too.
 */
export async function applyMigrations(
  client: ClientBase,
  applied: readonly AppliedMigration[],
): Promise<void> {
  const names = new Set(applied.map(({ name }) => name));
  await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  await client.query(MIGRATION_TABLE);
  for (const { name, text } of await readMigrations())
    if (names.has(name)) await client.query(text);
}

interface Migration {
  name: string;
  text: string;
  checksum: string;
}

async function pendingMigrations(client: PoolClient): Promise<Migration[]> {
  await client.query(MIGRATION_TABLE);
  const { rows } = await client.query<{ name: string; checksum: string | null }>(
    'select name, checksum from migration',
  );
  const migrations = await readMigrations();
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const unknown = rows.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new Error(
      `The database was migrated by a newer Usher (${unknown.join(', ')}). Run that version, or point DATABASE_URL elsewhere.`,
    );
  }
  for (const { name, checksum } of rows) {
    const now = known.get(name)?.checksum;
    if (checksum === null) await noteChecksum(client, name, now);
    else if (checksum !== now) throw new Error(changed(name));
  }
  const done = new Set(rows.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

/** Applied before checksums were kept: it counts as unchanged. */
async function noteChecksum(client: PoolClient, name: string, checksum?: string): Promise<void> {
  await client.query('update migration set checksum = $2 where name = $1', [name, checksum]);
}

const changed = (name: string) =>
  `The file of migration ${name} has changed since this database applied it, so the schema may differ from what this Usher expects. Install an unchanged release; a change to the schema belongs in a new migration.`;

/** In the order in which they are applied. */
async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, directory), 'utf8');
      // Git may write lines with a carriage return on Windows.
      const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
      return { name, text, checksum };
    }),
  );
}

async function applyMigration(
  client: PoolClient,
  { name, text, checksum }: Migration,
): Promise<void> {
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
