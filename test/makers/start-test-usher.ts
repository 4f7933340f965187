// A whole Usher on a database of its own, entered through its doors.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Desk } from '../../src/desk/context.ts';
import { startUsher } from '../../src/main.ts';
import { makeDatabase, type TestDatabase } from './make-database.ts';
import { makeTestClock, type TestClock } from './test-clock.ts';
import { type ErrorWatch, watchErrors } from './watch-errors.ts';

/** Sends JSON, or the body as it is when it is a string; without a token if that is null. */
export type Call = (
  method: string,
  path: string,
  options?: { body?: unknown; token?: string | null; headers?: Record<string, string> },
) => Promise<{ status: number; body: unknown; text: string }>;

export interface TestUsher {
  url: string;
  token: string;
  firstRunCode: string | null;
  dataDir: string;
  database: TestDatabase;
  /** The server's own. */
  desk: Desk;
  /** Of the server and its database. */
  clock: TestClock;
  call: Call;
  conversations(state?: string): Promise<Conversation[]>;
  /** Says which error lines this test may cause. */
  expectErrors: ErrorWatch['expectErrors'];
  /** Fails where the sweep has found what no news had told, and for each unexpected line of error. */
  stop(): Promise<void>;
}

export const TOKEN = 'test-admin-token-0123456789';

/** Takes away the Qiscus channel, whose server is nowhere: that raises an alarm sooner or later. */
export const NO_QISCUS = { QISCUS_APP_ID: '', QISCUS_SECRET: '' };

export async function startTestUsher(
  environment: Record<string, string> = {},
  { skewMs = 0, onLine }: { skewMs?: number; onLine?: (line: string) => void } = {},
): Promise<TestUsher> {
  const database = await makeDatabase();
  const clock = makeTestClock(database.pool, { skewMs });
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-test-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const config = readConfig({
    USHER_DATA_DIR: dataDir,
    PORT: '0',
    DATABASE_URL: database.url,
    // Each connection costs PostgreSQL as much as ten short tests' statements, and few tests use more.
    DATABASE_POOL_SIZE: '4',
    USHER_ADMIN_TOKEN: TOKEN,
    LOG_LEVEL: 'silent',
    QISCUS_APP_ID: 'test-app',
    QISCUS_SECRET: 'test-secret-key',
    // Nobody listens there: a test that needs Qiscus says where it is.
    QISCUS_BASE_URL: 'http://127.0.0.1:9',
    // So seldom that a test waits in vain for what is not told.
    USHER_SWEEP_MS: '60000',
    ...environment,
  });
  const errors = watchErrors(onLine);
  const usher = await startUsher(config, errors.log, { clock });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    const found = await readFoundBySweep(usher.url);
    await usher.stop();
    // Whoever sweeps more often writes behind the server's back.
    if (environment.USHER_SWEEP_MS === undefined) expect(found, 'found by a sweep').toBe(0);
    errors.check();
  };
  onTestFinished(stop);
  const call = callOf(usher.url);
  const conversations: TestUsher['conversations'] = async (state) => {
    const query = state === undefined ? '' : `&state=${state}`;
    const { body } = await call('GET', `/api/v1/conversations?limit=200${query}`);
    return (body as { items: Conversation[] }).items;
  };
  const { url, firstRunCode, desk } = usher;
  const { expectErrors } = errors;
  const known = { url, token: TOKEN, firstRunCode, dataDir, database, desk, clock };
  return { ...known, expectErrors, call, conversations, stop };
}

/** How many assignments no news had announced; 0 where it cannot say. */
async function readFoundBySweep(url: string): Promise<number> {
  const text = await fetch(`${url}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  return Number(/^usher_found_by_sweep_total (\d+)/m.exec(text)?.[1] ?? 0);
}

/** The calls of the Usher there, in the name of its admin unless told otherwise. */
export function callOf(url: string): Call {
  return async (method, path, { body, token = TOKEN, headers } = {}) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json/.test(
      response.headers.get('content-type') ?? '',
    );
    return { status: response.status, body: isJson ? JSON.parse(text) : null, text };
  };
}

/** Looks again and again until the value is as wanted; fails with the last look. */
export async function eventually<T>(
  look: () => Promise<T> | T,
  wanted: (value: T) => boolean,
  withinMs = 30_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (wanted(value)) return value;
    if (Date.now() > until) {
      throw new Error(`It did not become so within ${withinMs} ms: ${JSON.stringify(value)}`);
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}
