// Brings the schema up to date: numbered SQL files, forward only, each in its own transaction.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { ClientBase, Pool, PoolClient } from 'pg';

const directory = new URL('./migrations/', import.meta.url);

// Any constant will do; it is the lock under which nodes that start together take turns.
const MIGRATION_LOCK = 7_283_645_120;

const MIGRATION_TABLE = `create table if not exists migration
    (name text primary key, applied_at timestamptz not null default now(), checksum text);
  alter table migration add column if not exists checksum text;
  alter table migration add column if not exists runs_under text`;

/**
 * Returns the names of the migrations it applied. Two nodes may call it at the same moment.
 *
 * @param onNewer hears the migrations of a newer Usher that this one does not know, and runs with all the same.
 */
export async function migrate(
  pool: Pool,
  { onNewer = () => {} }: { onNewer?: (names: readonly string[]) => void } = {},
): Promise<string[]> {
  const client = await pool.connect();
  try {
    // A large table takes its time, and so does waiting for the node that migrates: a limit would
    // make it fail again at each start.
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const { pending, newer } = await findPending(client);
    for (const migration of pending) await applyMigration(client, migration);
    if (newer.length > 0) onNewer(newer);
    return pending.map(({ name }) => name);
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

/** `missing`: what the next start applies. `unknown`: what a newer Usher has applied. */
export async function compareMigrations(
  applied: readonly AppliedMigration[],
): Promise<{ missing: string[]; unknown: string[] }> {
  const own = (await readMigrations()).map(({ name }) => name);
  const done = applied.map(({ name }) => name);
  return {
    missing: own.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !own.includes(name)),
  };
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
  /**
   * The newest migration that a server must know to run with this one: its first line says
   * `-- runs under: 072-passes-uncompressed.sql`. null: each server must know this one itself.
   */
  runsUnder: string | null;
}

interface DoneMigration extends AppliedMigration {
  runsUnder: string | null;
}

async function findPending(client: PoolClient): Promise<{ pending: Migration[]; newer: string[] }> {
  await client.query(MIGRATION_TABLE);
  const { rows } = await client.query<DoneMigration>(
    'select name, checksum, runs_under as "runsUnder" from migration order by name',
  );
  const migrations = await readMigrations();
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const done = new Set(rows.map(({ name }) => name));
  const pending = migrations.filter(({ name }) => !done.has(name));
  const newer = rows.filter(({ name }) => !known.has(name));
  const newest = migrations.at(-1)?.name ?? '';
  const mayRun = ({ runsUnder }: DoneMigration) => runsUnder !== null && runsUnder <= newest;
  if (newer.length > 0 && (pending.length > 0 || !newer.every(mayRun))) {
    const names = newer.map(({ name }) => name);
    throw new Error(
      `The database was migrated by a newer Usher (${names.join(', ')}). Run that version, or point DATABASE_URL elsewhere.`,
    );
  }
  for (const { name, checksum } of rows) {
    const now = known.get(name)?.checksum;
    if (now === undefined) continue;
    if (checksum === null) await noteChecksum(client, name, now);
    else if (checksum !== now) throw new Error(changed(name));
  }
  return { pending, newer: newer.map(({ name }) => name) };
}

/** Applied before checksums were kept: it counts as unchanged. */
async function noteChecksum(client: PoolClient, name: string, checksum: string): Promise<void> {
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
      const runsUnder = /^-- runs under: (\S+)$/m.exec(text)?.[1] ?? null;
      return { name, text, checksum, runsUnder };
    }),
  );
}

async function applyMigration(
  client: PoolClient,
  { name, text, checksum, runsUnder }: Migration,
): Promise<void> {
  await client.query('begin');
  try {
    await client.query(text);
    const note = 'insert into migration (name, checksum, runs_under) values ($1, $2, $3)';
    await client.query(note, [name, checksum, runsUnder]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
