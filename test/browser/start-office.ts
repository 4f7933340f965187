// A whole Usher with a workspace full of life, for the browser's tests and for the gallery of screens.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { startMailroom } from '../../sandbox/rapidpro/start-mailroom.ts';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import type { NodeClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/start-embedded-postgres.ts';
import { startUsher } from '../../src/main.ts';
import { openPool } from '../../src/store/pool.ts';
import { type ErrorWatch, watchErrors } from '../makers/watch-errors.ts';

const TOKEN = 'office-admin-token-0123456789';
export const ADMIN = { email: 'ana@example.com', password: 'a good long password' };

export type Call = <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;
export interface Office {
  url: string;
  call: Call;
  pool: Pool;
  organisation: ReturnType<Awaited<ReturnType<typeof startMailroom>>['addOrganisation']>;
  mailroom: Awaited<ReturnType<typeof startMailroom>>;
  receiver: Awaited<ReturnType<typeof startReceiver>>;
  firstRunCode: string | null;
  expectErrors: ErrorWatch['expectErrors'];
  /** Where time stands still: moves it on by a little. Elsewhere it does so by itself. */
  tick(): Promise<void>;
  /** Fails for each error line that was not expected. */
  stop(): Promise<void>;
}

export interface OfficeOptions {
  /** False: as on the first visit, nobody can sign in yet. */
  admin?: boolean;
  /** More of it. */
  environment?: Record<string, string>;
  /** Of the server. */
  clock?: NodeClock;
}

/** `openDatabase`: one with the schema or an empty one; left out: that of a server of its own. */
export async function startOffice({
  admin = true,
  environment = {},
  clock,
  openDatabase = openOwnDatabase,
}: OfficeOptions & { openDatabase?: typeof openOwnDatabase } = {}): Promise<Office> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-office-'));
  const database = await openDatabase(dataDir);
  const mailroom = await startMailroom({ allowPrivateHosts: true, pace: 0.01 });
  const receiver = await startReceiver();
  const config = readConfig({
    PORT: '0',
    USHER_DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    USHER_ADMIN_TOKEN: TOKEN,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    ...environment,
    ...(admin ? { USHER_ADMIN_EMAIL: ADMIN.email, USHER_ADMIN_PASSWORD: ADMIN.password } : {}),
  });
  const { log, expectErrors, check } = watchErrors();
  const usher = await startUsher(config, log, clock && { clock });
  const pool = openPool({
    connectionString: database.url,
    maxConnections: 2,
    onIdleError: () => {},
  });
  const call = makeCall(
    usher.url,
    admin ? await signIn(usher.url) : { authorization: `Bearer ${TOKEN}` },
  );
  return {
    url: usher.url,
    call,
    pool,
    mailroom,
    receiver,
    firstRunCode: usher.firstRunCode,
    expectErrors,
    tick: async () => {},
    organisation: mailroom.addOrganisation(),
    stop: async () => {
      await pool.end();
      await usher.stop();
      await mailroom.stop();
      await receiver.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
      check();
    },
  };
}

async function openOwnDatabase(dataDir: string): Promise<{ url: string; drop(): Promise<void> }> {
  const server = await startEmbeddedPostgres({ dataDir });
  return { url: server.connectionString, drop: server.stop };
}

/** As a person, so that what was done bears a name. */
async function signIn(url: string): Promise<Record<string, string>> {
  const response = await fetch(new URL('/api/v1/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(ADMIN),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { cookie, origin: url };
}

function makeCall(url: string, identity: Record<string, string>): Call {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        ...identity,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  };
}
