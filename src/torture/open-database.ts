// The database of a torture: one that is thrown away, or a given one that holds nothing. The judge reads it past all faults.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type QueryResultRow, types } from 'pg';
import { openOwnDatabase } from './open-own-database.ts';
import type { Target } from './open-proxy.ts';

export interface Judge {
  /** Asks again while the database is away. Int8 and numeric are numbers. */
  read<T extends QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
}

export interface TortureDatabase extends Judge {
  /** Where it is now. */
  target(): Target;
  /** Its address, by a proxy on this port of this machine. */
  urlBy(port: number): string;
  /** What only a database of one's own can suffer; null: it is a given one. */
  own: { crash(): Promise<void>; delayCommits(ms: number): Promise<void> } | null;
  /** Something is being done to it: no second thing may begin. */
  isStruck: boolean;
  /** Takes away all that is in it. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** Says what to do instead. */
export class NoDatabase extends Error {}

const AWAY_MS = 60_000;
const AGAIN_MS = 200;
const DEFAULT_PORT = 5432;

/** `url` undefined: a new one in `folder`. */
export async function openDatabase(
  url: string | undefined,
  folder: string,
): Promise<TortureDatabase> {
  if (url !== undefined) refuseAddress(url);
  const own = url === undefined ? await openOwnDatabase(folder) : null;
  const address = () => new URL(own?.url() ?? url ?? '');
  const judge = openJudge(() => address().href);
  const database: TortureDatabase = {
    ...{ read: judge.read, own, isStruck: false },
    target: () => ({
      host: address().hostname.replace(/^\[|\]$/g, ''),
      port: Number(address().port) || DEFAULT_PORT,
    }),
    urlBy: (port) => {
      const by = address();
      by.hostname = '127.0.0.1';
      by.port = String(port);
      return by.href;
    },
    empty: () => empty(judge),
    close: async () => {
      await judge.close();
      await own?.close();
    },
  };
  try {
    if (url !== undefined) await refuseUsed(judge.readOnce, address());
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function refuseAddress(url: string): void {
  // Of several servers, URL itself refuses the commas between their ports.
  if (URL.canParse(url) && !new URL(url).host.includes(',')) return;
  throw new NoDatabase(
    '--database: give the address of one server, as in postgresql://user:password@host:5432/name. Proxies are put in front of it, and of several they would hide which takes writes.',
  );
}

async function refuseUsed(readOnce: Judge['read'], address: URL): Promise<void> {
  const name = `The database "${address.pathname.slice(1)}"`;
  const rest =
    'It is filled with thousands of conversations and emptied again: give it an empty database, or leave out --database.';
  const tables = await readOnce<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  ).catch((error: unknown) => {
    throw new NoDatabase(
      `${name} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  });
  if (tables.length === 0) return;
  const isUsher = tables.some((table) => table.name === 'workspace');
  if (!isUsher) throw new NoDatabase(`${name} holds tables that are not Usher's. ${rest}`);
  const [used] = await readOnce('select 1 from workspace limit 1');
  if (used !== undefined) throw new NoDatabase(`${name} holds a workspace already. ${rest}`);
}

async function empty(judge: Judge): Promise<void> {
  await judge.read('drop schema if exists public cascade');
  await judge.read('create schema public authorization pg_database_owner');
  await judge.read('grant usage on schema public to public');
}

const INT8 = 20;
const NUMERIC = 1700;
const readTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC
      ? Number
      : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};

/** It has moved, when it has crashed. */
function openJudge(url: () => string): Judge & { readOnce: Judge['read']; close(): Promise<void> } {
  let known = '';
  let pool: Pool | null = null;
  const current = async (): Promise<Pool> => {
    if (pool !== null && known === url()) return pool;
    await pool?.end();
    known = url();
    pool = new Pool({ connectionString: known, max: 3, types: readTypes });
    // The next statement fails as well.
    pool.on('error', () => {});
    return pool;
  };
  const readOnce = async <T extends QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await (await current()).query<T>(sql, values)).rows;
  const read = async <T extends QueryResultRow>(sql: string, values: unknown[] = []) => {
    const until = performance.now() + AWAY_MS;
    for (;;) {
      try {
        return await readOnce<T>(sql, values);
      } catch (error) {
        if (!isAway(error) || performance.now() > until) throw error;
        await sleep(AGAIN_MS);
      }
    }
  };
  return { read, readOnce, close: async () => pool?.end() };
}

/** Not there, shutting down, starting, or cut: but no mistake in the statement, and no wrong password. */
function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (/^(57P0|08|40)/.test(code)) return true;
  return /^E[A-Z]+$/.test(code) || /terminated|Connection ended|timeout/i.test(message);
}
