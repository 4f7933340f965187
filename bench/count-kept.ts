// Opens the database of a stopped Usher, and counts how much of what it accepted is stored.
import { startEmbeddedPostgres } from '../src/embedded-postgres/start-embedded-postgres.ts';
import { openPool } from '../src/store/pool.ts';

export interface Kept {
  conversations: number;
  /** Accepted, but not there. */
  lost: number;
  /** There more than once. */
  doubled: number;
}

export async function countKept(dataDir: string, accepted: readonly number[]): Promise<Kept> {
  const server = await startEmbeddedPostgres({ dataDir });
  const { connectionString } = server;
  const db = openPool({ connectionString, maxConnections: 3, onIdleError: () => {} });
  try {
    const sql =
      'select external_id as room, count(*) as times from conversation group by external_id';
    const { rows } = await db.query<{ room: string; times: number }>(sql);
    const times = new Map(rows.map((row) => [Number(row.room), row.times]));
    return {
      conversations: rows.length,
      lost: accepted.filter((room) => !times.has(room)).length,
      doubled: [...times.values()].filter((count) => count > 1).length,
    };
  } finally {
    await db.end();
    await server.stop();
  }
}
