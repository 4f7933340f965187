// Fills an empty database from a backup, in one transaction: all of it or nothing.
import type { Client } from 'pg';
import {
  copyTableIn,
  isEmptyDatabase,
  listTableShapes,
  loadBare,
  placeSequences,
  type SequencePlace,
  type TableShape,
  withOwnConnection,
} from '../store/copy-tables.ts';
import { applyMigrations, judgeMigrations } from '../store/migrate.ts';
import type { Head } from './archive-lines.ts';
import { type ArchiveFigures, readArchive } from './read-archive.ts';

export interface BackupContents extends ArchiveFigures {
  /** Of the data directory, by their names. */
  files: Map<string, string>;
}

/** Reads all of it and writes nothing. Throws a sentence when this Usher cannot restore it. */
export async function checkBackup(path: string): Promise<BackupContents> {
  const files = new Map<string, string>();
  const figures = await readArchive(path, {
    head: async ({ migrations, version }) => {
      const says = await judgeMigrations(migrations);
      if (says === null) return;
      throw new Error(
        `This Usher cannot restore ${path}. ${says} Restore it with Usher ${version}, which took it.`,
      );
    },
    file: async ({ file, text }) => void files.set(file, text),
    table: async (_, rows) => {
      for await (const _some of rows);
      return null;
    },
  });
  return { ...figures, files };
}

/** Of a backup that has been checked. */
export async function restoreDatabase(options: {
  path: string;
  head: Head;
  connectionString: string;
}): Promise<void> {
  const { path, head, connectionString } = options;
  await withOwnConnection(connectionString, async (client) => {
    await client.query('begin');
    if (!(await isEmptyDatabase(client))) {
      throw new Error(
        'The database is not empty. Restore into an empty one: make another (createdb) and name it in DATABASE_URL.',
      );
    }
    await applyMigrations(client, head.migrations);
    await loadBare(client, () => loadTables(client, path));
    await client.query('commit');
    // The first plans would be made for empty tables.
    await client.query('analyze');
  });
}

async function loadTables(client: Client, path: string): Promise<void> {
  const known = new Set((await listTableShapes(client)).map(({ table }) => table));
  const load = async (shape: TableShape, rows: AsyncIterable<Buffer>): Promise<number> => {
    if (!known.has(shape.table)) {
      throw new Error(
        `The table ${shape.table} of ${path} is none of Usher's. Take a backup of a database that holds Usher alone.`,
      );
    }
    return copyTableIn(client, shape, rows);
  };
  await readArchive(path, {
    table: load,
    sequences: (places: SequencePlace[]) => placeSequences(client, places),
  });
}
