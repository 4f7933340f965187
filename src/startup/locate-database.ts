// Where a command finds the database: the one of DATABASE_URL, the embedded server that runs, or one that it starts for itself.
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { findRunning } from '../embedded-postgres/find-running.ts';
import { startEmbeddedPostgres } from '../embedded-postgres/start-embedded-postgres.ts';
import { refuseUnfinishedRestore } from './mark-restore.ts';

export interface LocatedDatabase {
  connectionString: string;
  /** Ends what was started here. */
  leave(): Promise<void>;
}

const NOTHING = async () => {};

/** Beside a server that runs, or without one. */
export async function locateDatabase(
  config: Partial<Pick<Config, 'DATABASE_URL'>> & Pick<Config, 'USHER_DATA_DIR'>,
): Promise<LocatedDatabase> {
  const { DATABASE_URL: connectionString, USHER_DATA_DIR: dataDir } = config;
  if (connectionString !== undefined) return { connectionString, leave: NOTHING };
  await access(join(dataDir, 'postgres')).catch(() => {
    throw new Error(
      `There is no database in ${resolve(dataDir)}. Set USHER_DATA_DIR or DATABASE_URL as for the server.`,
    );
  });
  await refuseUnfinishedRestore(dataDir);
  const running = await findRunning(dataDir);
  if (running !== null) return { connectionString: running, leave: NOTHING };
  const server = await startEmbeddedPostgres({ dataDir });
  return { connectionString: server.connectionString, leave: server.stop };
}
