// Writes a backup: everything in the database as it was at one moment, and the files beside it.
import type { Client } from 'pg';
import {
  copyTableOut,
  keepTables,
  listTableShapes,
  readSequences,
  type TableShape,
  withOwnConnection,
} from '../store/copy-tables.ts';
import { listAppliedMigrations } from '../store/migrate.ts';
import { countByKey } from '../store/sealed-secrets.ts';
import { type ArchiveWriter, writeArchive } from './write-archive.ts';

export interface BackupFigures {
  tables: number;
  rows: number;
  bytes: number;
}

export interface BackupOptions {
  connectionString: string;
  path: string;
  /** Of this Usher. */
  version: string;
  takenAt: Date;
  /** Of the data directory, by their names. */
  files: ReadonlyMap<string, string>;
}

/** The server may run on: it is held up by nothing, except a migration, which waits. */
export async function takeBackup(options: BackupOptions): Promise<BackupFigures> {
  const archive = await writeArchive(options.path);
  try {
    const figures = await withOwnConnection(options.connectionString, (client) =>
      writeDatabase(client, archive, options),
    );
    return { ...figures, bytes: await archive.finish() };
  } catch (error) {
    await archive.giveUp();
    throw error;
  }
}

async function writeDatabase(
  client: Client,
  archive: ArchiveWriter,
  { version, takenAt, files }: BackupOptions,
): Promise<{ tables: number; rows: number }> {
  await client.query('begin isolation level repeatable read read only');
  const shapes = await listTableShapes(client);
  if (!shapes.some(({ table }) => table === 'migration')) {
    throw new Error('The database holds nothing of Usher yet: there is nothing to back up.');
  }
  await keepTables(client, shapes);
  await archive.line({
    usherBackup: 1,
    takenAt: takenAt.toISOString(),
    version,
    migrations: await listAppliedMigrations(client),
    secrets: Object.fromEntries(await countByKey(client)),
  });
  for (const [file, text] of files) await archive.line({ file, text });
  let rows = 0;
  for (const shape of shapes) rows += await writeTable(client, archive, shape);
  await archive.line({ sequences: await readSequences(client) });
  await client.query('commit');
  return { tables: shapes.length, rows };
}

async function writeTable(
  client: Client,
  archive: ArchiveWriter,
  shape: TableShape,
): Promise<number> {
  await archive.line(shape);
  const copied = copyTableOut(client, shape);
  await archive.rows(copied.rows);
  await archive.line({ rows: copied.count() });
  return copied.count();
}
