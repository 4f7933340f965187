// What `usher import-from` does: reads another desk's database in one snapshot, and brings what it holds.
import { Client, type ClientBase } from 'pg';
import type { Config } from '../config.ts';
import type { SourceDesk } from '../contract/source-desk.ts';
import { nobodyListens } from '../desk/commit.ts';
import { type ImportedPast, importPast } from '../desk/import-past.ts';
import { type ImportedPeople, importPeople } from '../desk/import-people.ts';
import { makeChatwoot } from '../other-desks/chatwoot/make-chatwoot.ts';
import { makeLibredesk } from '../other-desks/libredesk/make-libredesk.ts';
import { openPool } from '../store/pool.ts';
import { findWorkspaceId } from '../store/workspaces.ts';
import { checkOwn } from './back-up.ts';
import { locateDatabase } from './locate-database.ts';

export const otherDesks = ['chatwoot', 'libredesk'] as const;
export type OtherDesk = (typeof otherDesks)[number];

export interface ImportWish {
  desk: OtherDesk;
  /** The address of its PostgreSQL. */
  from: string;
  /** Where its tables are. */
  schema: string;
  /** Of Chatwoot, where it has several. */
  account: number | null;
  workspace: string;
  label: string;
  dryRun: boolean;
}

export interface Imported extends Omit<ImportedPast, 'counts'> {
  name: string;
  counts: ImportedPeople['counts'] & ImportedPast['counts'];
}

/** Rows of the whole past are read for as long as that takes. */
const SETTINGS = [
  'set statement_timeout = 0',
  'set idle_in_transaction_session_timeout = 0',
  'set timezone = utc',
];

const CONNECT_WITHIN_MS = 10_000;

export async function importFrom(config: Config, wish: ImportWish): Promise<Imported> {
  if (config.DATABASE_URL !== undefined) await checkOwn(config.DATABASE_URL);
  const { connectionString, leave } = await locateDatabase(config);
  try {
    return await withSource(wish, async (source) => {
      const db = openPool({ connectionString, maxConnections: 2, onIdleError: () => {} });
      try {
        const workspaceId = await findWorkspaceId(db, wish.workspace);
        if (workspaceId === null) throw new Error(`There is no workspace ${wish.workspace}.`);
        const { label, dryRun } = wish;
        const means = { desk: { db, ...nobodyListens }, workspaceId, source, dryRun };
        const actor = `import:${label}`;
        const people = await importPeople({ ...means, actor });
        const past = await importPast({ ...means, actor, people, label });
        return { ...past, name: source.name, counts: { ...people.counts, ...past.counts } };
      } finally {
        await db.end();
      }
    });
  } finally {
    await leave();
  }
}

/** All of it as it is at one moment; nothing can be written there. */
async function withSource<T>(
  wish: ImportWish,
  work: (source: SourceDesk) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: wish.from,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  });
  client.on('error', () => {});
  await client.connect().catch((error: unknown) => {
    const { message } = error as Error;
    throw new Error(`The database of --from does not answer: ${message}`);
  });
  try {
    for (const setting of SETTINGS) await client.query(setting);
    await client.query(`set search_path = ${client.escapeIdentifier(wish.schema)}`);
    await client.query('begin isolation level repeatable read read only');
    return await work(await makeSource(client, wish));
  } catch (error) {
    throw explain(error, wish);
  } finally {
    await client.end().catch(() => {});
  }
}

async function makeSource(client: ClientBase, { desk, account }: ImportWish): Promise<SourceDesk> {
  return desk === 'chatwoot' ? makeChatwoot(client, account) : makeLibredesk(client);
}

const NO_SUCH = new Set(['42P01', '42703']);

/** A table or a column is not there. */
function explain(error: unknown, { desk, schema }: ImportWish): unknown {
  const { code = '', message } = error as { code?: string; message: string };
  if (!NO_SUCH.has(code)) return error;
  return new Error(
    `The schema ${schema} is none of a ${desk} that can be read: ${message}. Name another with --schema.`,
  );
}
