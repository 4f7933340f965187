// What bounds files: the bytes that may be sent in a day, and the room that is left for the database.
import type { Pool } from 'pg';
import type { Config } from '../config.ts';
import type { UploadBudgets } from '../desk/limit-uploads.ts';
import { type DiskWatch, readFreeBytes, watchDisk } from '../housekeeping/watch-disk.ts';
import { databaseBytes } from '../store/database-size.ts';

const MB = 1024 * 1024;

export function readUploadBudgets(config: Config): UploadBudgets {
  return {
    session: config.USHER_UPLOADS_PER_SESSION_MB * MB,
    address: config.USHER_UPLOADS_PER_ADDRESS_MB * MB,
    workspace: config.USHER_UPLOADS_PER_WORKSPACE_MB * MB,
    person: config.USHER_UPLOADS_PER_PERSON_MB * MB,
    staff: config.USHER_UPLOADS_BY_STAFF_MB * MB,
  };
}

export function watchRoom(
  config: Config,
  {
    filesDb,
    ...watch
  }: { filesDb: Pool } & Pick<Parameters<typeof watchDisk>[0], 'log' | 'note' | 'onTurn'>,
): Promise<DiskWatch> {
  const reserveBytes = config.USHER_DISK_RESERVE_MB * MB;
  return watchDisk({ readFree: () => readRoom(config, filesDb), reserveBytes, ...watch });
}

/** null: the database is elsewhere, and nothing says how large it may be. */
export async function readRoom(
  { DATABASE_URL, USHER_DATA_DIR, USHER_DATABASE_MOST_MB: most }: Config,
  db: Pool,
): Promise<number | null> {
  if (DATABASE_URL === undefined) return readFreeBytes(USHER_DATA_DIR);
  return most === undefined ? null : Math.max(0, most * MB - (await databaseBytes(db)));
}
