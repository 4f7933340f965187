// Makes a workspace of an exported one, in one transaction: all of it or nothing.
import type { Client } from 'pg';
import { validate as isUuid, v7 as uuid } from 'uuid';
import { type TableShape, withOwnConnection } from '../store/copy-tables.ts';
import { judgeMigrations, listAppliedMigrations } from '../store/migrate.ts';
import {
  type Arrived,
  admitArrived,
  countForeign,
  hasTakenChannel,
  isSlugTaken,
  listMovingShapes,
  listTakenChannels,
  listTakenFiles,
  markEarlyDays,
  readArrived,
  renameFiles,
  storeRows,
  takeRows,
} from '../store/move-workspace.ts';
import type { WorkspaceHead } from './archive-lines.ts';
import { WORKSPACE_FORMAT } from './export-workspace.ts';
import { type ArchiveFigures, Damaged, readWorkspaceArchive } from './read-archive.ts';
import { renameIds } from './rename-ids.ts';

/** More than a company has; their ids are held in memory. */
const MOST_CHANNELS = 10_000;

export interface WorkspaceContents extends ArchiveFigures<WorkspaceHead> {
  channelIds: string[];
}

/** Reads all of it and writes nothing. Throws a sentence when this Usher cannot import it. */
export async function checkWorkspace(path: string, largest: number): Promise<WorkspaceContents> {
  const channelIds: string[] = [];
  const figures = await readWorkspaceArchive(
    path,
    {
      head: async ({ usherWorkspace, migrations, version }) => {
        const says =
          usherWorkspace === WORKSPACE_FORMAT
            ? await judgeMigrations(migrations)
            : 'A newer Usher has written it.';
        if (says !== null) {
          throw new Error(
            `This Usher cannot import ${path}. ${says} Import it with Usher ${version}, which wrote it.`,
          );
        }
      },
      table: async ({ table, columns }, rows) => {
        if (table === 'channel') await readIds(rows, columns.indexOf('channel_id'), channelIds);
        else for await (const _some of rows);
        return null;
      },
    },
    largest,
  );
  return { ...figures, channelIds };
}

/** Of one column of a table. */
async function readIds(rows: AsyncIterable<Buffer>, at: number, ids: string[]): Promise<void> {
  let rest = '';
  for await (const piece of rows) {
    const lines = (rest + piece.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const id = line.split('\t')[at] ?? '';
      if (!isUuid(id)) throw new Damaged('a channel has no id');
      ids.push(id);
    }
    if (ids.length > MOST_CHANNELS) throw new Damaged(`it has more than ${MOST_CHANNELS} channels`);
  }
}

export interface ImportOptions {
  connectionString: string;
  path: string;
  contents: WorkspaceContents;
  largest: number;
  /** Its word here; absent: as it was. */
  slug: string | undefined;
  /** Says what is wrong with it; null: nothing. */
  judge(arrived: Arrived): string | null;
  /** In the transaction, before its end. */
  finish(client: Client, workspaceId: string): Promise<void>;
}

export interface ImportFigures extends Arrived {
  workspaceId: string;
  slug: string;
  rows: number;
  /** Channels and files whose id was taken here. */
  renamed: number;
}

/** Of a file that has been checked. The server may run on. */
export function importWorkspace(options: ImportOptions): Promise<ImportFigures> {
  return withOwnConnection(options.connectionString, async (client) => {
    await client.query('begin');
    await requireSameSchema(client, options);
    const imported = await load(client, options);
    await client.query('commit');
    return imported;
  });
}

async function requireSameSchema(client: Client, { path, contents }: ImportOptions): Promise<void> {
  const { migrations, version } = contents.head;
  const here = (await listAppliedMigrations(client)).map(({ name }) => name);
  const there = new Set(migrations.map(({ name }) => name));
  const newer = here.filter((name) => !there.has(name));
  if (newer.length > 0) {
    throw new Error(
      `${path} was written by Usher ${version}, which does not know ${newer.join(', ')}. Update the installation that it comes from, and export it again.`,
    );
  }
  if (here.length < there.size) {
    throw new Error('The database is of an earlier Usher. Start the server once, then import.');
  }
}

async function load(client: Client, options: ImportOptions): Promise<ImportFigures> {
  const { path, contents, judge, largest } = options;
  const { workspace } = contents.head;
  const workspaceId = uuid();
  const names = new Map([[workspace.id, workspaceId]]);
  for (const id of await listTakenChannels(client, contents.channelIds)) names.set(id, uuid());
  const loader = await makeLoader(client, { workspaceId, names });
  const { rows, digest } = await readWorkspaceArchive(path, { table: loader.table }, largest);
  if (digest !== contents.digest) throw new Error(`${path} was changed while it was read.`);
  loader.refuseMissing();
  await markEarlyDays(client, workspaceId);
  const arrived = await readArrived(client, workspaceId);
  const slug = options.slug ?? workspace.slug;
  const fault = judge({ ...arrived, slug });
  if (fault !== null) throw new Error(`${path} is damaged: ${fault}`);
  await options.finish(client, workspaceId);
  // At the end, because nobody else can name a workspace until then.
  if (await isSlugTaken(client, slug)) {
    throw new Error(
      `A workspace is called ${slug} here already. Give this one another word: --slug`,
    );
  }
  await admitArrived(client, { workspaceId, slug });
  return { ...arrived, workspaceId, slug, rows, renamed: names.size - 1 };
}

interface Loader {
  table(shape: TableShape, rows: AsyncIterable<Buffer>): Promise<number>;
  refuseMissing(): void;
}

async function makeLoader(
  client: Client,
  { workspaceId, names }: { workspaceId: string; names: Map<string, string> },
): Promise<Loader> {
  const known = await listMovingShapes(client);
  let next = 0;
  const table: Loader['table'] = async (shape, rows) => {
    const expected = known[next];
    next += 1;
    refuseOther(shape, expected);
    const count = await takeRows(client, expected as TableShape, renameIds(rows, names)).catch(
      (error) => {
        throw misfit(shape.table, error);
      },
    );
    if ((await countForeign(client, workspaceId)) > 0) {
      throw new Damaged(`the table ${shape.table} holds rows of another workspace`);
    }
    if (shape.table === 'channel' && (await hasTakenChannel(client))) {
      throw new Damaged('it holds a channel of this installation');
    }
    if (shape.table === 'workspace' && count !== 1) throw new Damaged('it is not one workspace');
    if (shape.table === 'attachment') await giveFilesNames(client, names);
    await storeRows(client, expected as TableShape).catch((error) => {
      throw misfit(shape.table, error);
    });
    return count;
  };
  const refuseMissing = () => {
    const missing = known[next];
    if (missing !== undefined) throw new Damaged(`the table ${missing.table} is missing`);
  };
  return { table, refuseMissing };
}

/** Each table once, in our order, with our columns. */
function refuseOther(found: TableShape, expected: TableShape | undefined): void {
  if (found.table !== expected?.table) {
    throw new Damaged(`the table ${found.table} does not belong there`);
  }
  if (found.columns.join() !== expected.columns.join()) {
    throw new Damaged(`the table ${found.table} has other columns`);
  }
}

async function giveFilesNames(client: Client, names: Map<string, string>): Promise<void> {
  const taken = new Map((await listTakenFiles(client)).map((id) => [id, uuid()]));
  if (taken.size === 0) return;
  await renameFiles(client, taken);
  for (const [old, fresh] of taken) names.set(old, fresh);
}

/** What PostgreSQL says of values that it does not take: classes 22 and 23. */
function misfit(table: string, error: unknown): unknown {
  const { code = '', message } = error as { code?: string; message: string };
  const isMisfit = /^2[23]/.test(code);
  return isMisfit ? new Damaged(`the table ${table} does not fit: ${message}`) : error;
}
