// `usher migrate`: brings the schema up to date, as the start of a server does, and nothing else.
import { readConfig } from '../config.ts';
import { startEmbeddedPostgres } from '../store/embedded/start-embedded-postgres.ts';
import { migrate } from '../store/migrate.ts';
import { openPool } from '../store/pool.ts';

/** Answers what was applied. */
export async function migrateOnly(environment: NodeJS.ProcessEnv): Promise<string[]> {
  const config = readConfig(environment);
  const embedded =
    config.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ dataDir: config.USHER_DATA_DIR })
      : null;
  const connectionString = embedded?.connectionString ?? config.DATABASE_URL ?? '';
  const pool = openPool({ connectionString, maxConnections: 3, onIdleError: () => {} });
  try {
    return await migrate(pool);
  } finally {
    await pool.end();
    await embedded?.stop();
  }
}
