// Whether the versions fit: Node, PostgreSQL, and the schema of the database with this Usher.
import type { Pool } from 'pg';
import { version } from '../program/version.ts';
import { compareMigrations, listAppliedMigrations } from '../store/migrate.ts';
import { countNodes } from '../store/peers.ts';
import type { Check } from './check.ts';

const OLDEST_NODE = 20;
/** The newest with which the tests run. */
const NEWEST_POSTGRES = 18;

export function checkNode(running: string): Check {
  const name = 'Node.js';
  const major = Number(running.split('.')[0]);
  if (major >= OLDEST_NODE) return { name, state: 'ok', says: running };
  return { name, state: 'failed', says: `${running} is too old; use ${OLDEST_NODE} or later` };
}

/** Older ones are refused at connecting. */
export function judgePostgres(major: number): Omit<Check, 'name'> {
  if (major <= NEWEST_POSTGRES) return { state: 'ok', says: `PostgreSQL ${major}` };
  const says = `PostgreSQL ${major}: Usher was tried with ${NEWEST_POSTGRES} at the newest; try it before you rely on it`;
  return { state: 'warning', says };
}

/** The database is there, and may hold nothing yet. */
export async function checkSchema(pool: Pool): Promise<Check[]> {
  const name = 'schema';
  const client = await pool.connect();
  try {
    const applied = await listAppliedMigrations(client).catch(() => []);
    const { missing, unknown } = await compareMigrations(applied);
    const nodes = await countNodes(pool);
    return [
      { name, ...judgeSchema({ missing, unknown, nodes }) },
      { name: 'processes', state: 'ok', says: `${nodes} on this database` },
    ];
  } finally {
    client.release();
  }
}

export function judgeSchema({
  missing,
  unknown,
  nodes,
}: {
  missing: readonly string[];
  unknown: readonly string[];
  nodes: number;
}): Omit<Check, 'name'> {
  if (unknown.length > 0) {
    const says = `a newer Usher than this ${version} has made it (${unknown.at(-1)}); bring this installation to that version`;
    return { state: 'warning', says };
  }
  if (missing.length === 0) return { state: 'ok', says: `of this Usher, ${version}` };
  const last = missing.at(-1);
  if (nodes === 0) {
    return { state: 'ok', says: `the next start brings it to ${last} (${missing.length} steps)` };
  }
  const says = `${nodes} running processes are of an older version than this ${version} (${last} is missing); start this version beside them`;
  return { state: 'warning', says };
}
