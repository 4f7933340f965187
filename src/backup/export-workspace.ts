// Writes one workspace into one file, as it is at one moment, without anything that lets somebody in.
import type { Client } from 'pg';
import { keepTables, type TableShape, withOwnConnection } from '../store/copy-tables.ts';
import { listAppliedMigrations } from '../store/migrate.ts';
import {
  copyWorkspaceOut,
  countUnmade,
  findMovingWorkspace,
  listMovingShapes,
  listNeededSecrets,
} from '../store/move-workspace.ts';
import type { WorkspaceHead } from './archive-lines.ts';
import { type ArchiveWriter, writeArchive } from './write-archive.ts';

/** Of the file; another number is another format. */
export const WORKSPACE_FORMAT = 1;

export interface ExportOptions {
  connectionString: string;
  path: string;
  /** The workspace's word or id. */
  named: string;
  /** Of this Usher. */
  version: string;
  takenAt: Date;
}

export interface ExportFigures {
  head: WorkspaceHead;
  tables: number;
  rows: number;
  bytes: number;
}

/** The server may run on: it is held up by nothing, except a migration, which waits. */
export async function exportWorkspace(options: ExportOptions): Promise<ExportFigures> {
  const archive = await writeArchive(options.path);
  try {
    const figures = await withOwnConnection(options.connectionString, (client) =>
      writeWorkspace(client, archive, options),
    );
    return { ...figures, bytes: await archive.finish() };
  } catch (error) {
    await archive.giveUp();
    throw error;
  }
}

async function writeWorkspace(
  client: Client,
  archive: ArchiveWriter,
  { named, version, takenAt }: ExportOptions,
): Promise<Omit<ExportFigures, 'bytes'>> {
  await client.query('begin isolation level repeatable read read only');
  const workspace = await findMovingWorkspace(client, named);
  if (workspace === null) throw new Error(`There is no workspace ${named}.`);
  const shapes = await listMovingShapes(client);
  await keepTables(client, shapes);
  const head: WorkspaceHead = {
    ...{ usherWorkspace: WORKSPACE_FORMAT, takenAt: takenAt.toISOString(), version },
    migrations: await listAppliedMigrations(client),
    workspace,
    secrets: await listNeededSecrets(client, workspace.id),
    unmade: await countUnmade(client, workspace.id),
  };
  await archive.line(head);
  let rows = 0;
  for (const shape of shapes) rows += await writeTable(client, archive, { shape, workspace });
  await client.query('commit');
  return { head, tables: shapes.length, rows };
}

async function writeTable(
  client: Client,
  archive: ArchiveWriter,
  { shape, workspace }: { shape: TableShape; workspace: { id: string } },
): Promise<number> {
  await archive.line(shape);
  const copied = copyWorkspaceOut(client, shape, workspace.id);
  await archive.rows(copied.rows);
  await archive.line({ rows: copied.count() });
  return copied.count();
}
