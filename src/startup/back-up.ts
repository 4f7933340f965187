// What `usher backup` and `usher restore` do with a database, wherever it is, and with the data directory.
import { access } from 'node:fs/promises';
import { type BackupContents, checkBackup, restoreDatabase } from '../backup/restore-backup.ts';
import { type BackupFigures, takeBackup } from '../backup/take-backup.ts';
import type { Config } from '../config.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { startEmbeddedPostgres } from '../embedded-postgres/start-embedded-postgres.ts';
import { version } from '../program/version.ts';
import { openPool } from '../store/pool.ts';
import { findPrimary } from '../store/primary.ts';
import { noteBackup } from '../store/status.ts';
import { checkDatabase } from './explain-database.ts';
import { putBack, readKept } from './keep-secrets.ts';
import { locateDatabase } from './locate-database.ts';
import { beginRestore, endRestore } from './mark-restore.ts';
import { readSecretBox } from './prepare-installation.ts';

export async function backUp(config: Config, path: string): Promise<BackupFigures> {
  await refuseExisting(path);
  if (config.DATABASE_URL !== undefined) {
    await checkOwn(config.DATABASE_URL, { standbyWillDo: true });
  }
  const { connectionString, leave } = await locateDatabase(config);
  try {
    const files = await readKept(config.USHER_DATA_DIR);
    const takenAt = new Date();
    const figures = await takeBackup({ connectionString, path, version, takenAt, files });
    await note(connectionString, takenAt);
    return figures;
  } finally {
    await leave();
  }
}

/** For the page of the status. The backup is good without: a standby, from which one may be taken, keeps no note. */
async function note(connectionString: string, takenAt: Date): Promise<void> {
  const pool = openPool({ connectionString, maxConnections: 1, onIdleError: () => {} });
  await noteBackup(pool, { workspaceId: DEFAULT_WORKSPACE, takenAt }).catch(() => {});
  await pool.end();
}

export async function refuseExisting(path: string): Promise<void> {
  for (const one of [path, `${path}.unfinished`]) {
    const isThere = await access(one).then(
      () => true,
      () => false,
    );
    if (isThere) throw new Error(`${one} is there already. Name another file, or remove that one.`);
  }
}

export interface Restored extends BackupContents {
  /** Ids of keys that seal secrets in it and are not set here. */
  missingKeys: string[];
  /** Files of the data directory that were there, and were left as they are. */
  kept: string[];
}

/** Reads all of it, and writes nothing. */
export async function inspect(config: Config, path: string): Promise<Restored> {
  const contents = await checkBackup(path);
  return { ...contents, missingKeys: findMissingKeys(config, contents.head.secrets), kept: [] };
}

/** Nothing is written before all of the backup has been read. */
export async function restore(config: Config, path: string): Promise<Restored> {
  const inspected = await inspect(config, path);
  const { head, files } = inspected;
  if (config.DATABASE_URL === undefined) {
    await restoreEmbedded(config, { path, ...inspected });
    return inspected;
  }
  await checkOwn(config.DATABASE_URL);
  await restoreDatabase({ path, head, connectionString: config.DATABASE_URL });
  return { ...inspected, kept: await putBack(config, files) };
}

async function restoreEmbedded(
  config: Config,
  { path, head, files }: BackupContents & { path: string },
): Promise<void> {
  const { USHER_DATA_DIR: dataDir } = config;
  await beginRestore(dataDir);
  const { connectionString, stop } = await startEmbeddedPostgres({ dataDir });
  try {
    await restoreDatabase({ path, head, connectionString });
    await putBack(config, files);
  } finally {
    await stop();
  }
  await endRestore(dataDir);
}

export async function checkOwn(
  connectionString: string,
  { standbyWillDo = false } = {},
): Promise<void> {
  const means = { connectionString, standbyWillDo };
  await findPrimary(connectionString);
  const pool = openPool({ ...means, maxConnections: 2, onIdleError: () => {} });
  await checkDatabase(pool, connectionString).finally(() => pool.end());
}

function findMissingKeys(config: Config, secrets: Record<string, number>): string[] {
  const box = readSecretBox(config);
  return Object.keys(secrets).filter((keyId) => keyId !== '' && !box.has(keyId));
}
