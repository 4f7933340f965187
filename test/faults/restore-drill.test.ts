// A server under load is backed up, dies with its database, and goes on from the backup in another directory.
import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { afterAll, afterEach, expect, onTestFinished, test } from 'vitest';
import { type Receiver, startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { deliveredId } from '../../src/contract/delivered-id.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import {
  endAll,
  endTemplate,
  makeDataDir,
  makeUsedDataDir,
} from '../../src/embedded-postgres/test-servers.ts';
import { locateDatabase } from '../../src/startup/locate-database.ts';
import { openPool } from '../../src/store/pool.ts';
import { type Call, callOf, eventually } from '../makers/start-test-usher.ts';
import { SECRET } from '../makers/start-with-receiver.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';
import { checkState, noBreaches } from './check-history.ts';
import { runClock } from './delivery-world.ts';
import { endProgram, startProgram } from './run-program.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const program = new URL('../../src/cli/usher.ts', import.meta.url);

const CAPACITY = 3;
const AGENTS = 5;
const EVENTS = ['conversation.opened', 'conversation.assigned', 'conversation.closed'];

afterEach(endAll);
afterAll(endTemplate);

test('conversations, assignments, loads and deliveries go on from a backup that was taken under load', async () => {
  const dataDir = await makeUsedDataDir();
  const server = await startServer(dataDir);
  const { receiver, load, opened } = await startCompany(server);
  await load.until(() => opened.length >= 20);
  await eventually(
    async () => receiver.requests.length,
    (taken) => taken >= 40,
    60_000,
  );
  receiver.setBehaviour({ status: 503 });
  await load.until((was) => opened.length >= was + 15);

  const before = [...opened];
  const file = join(await makeDataDir(), 'usher.backup');
  await runUsher(['backup', file], { USHER_DATA_DIR: dataDir });
  expect(opened.length, 'opened during the backup').toBeGreaterThan(before.length);
  await load.until((was) => opened.length >= was + 5);
  await server.kill();
  await killDatabase(dataDir);
  await load.stop();

  const restored = join(await makeDataDir(), 'restored');
  await runUsher(['restore', file], { USHER_DATA_DIR: restored });
  const found = await readRestored(restored);
  expect(found.breaches).toEqual(noBreaches(found.breaches));
  expect(found.externalIds).toEqual(expect.arrayContaining(before));
  expect(found.externalIds.length).toBeLessThan(opened.length);
  expect(found.done.length).toBeGreaterThan(0);
  expect(found.pending.length).toBeGreaterThan(0);

  receiver.forget();
  receiver.setBehaviour({ status: 200 });
  const next = await startServer(restored);
  await withDatabase(restored, async (pool) => {
    const clock = runClock(pool, new Set());
    await drained(pool);
    await clock.stop();
    const taken = receiver.requests.map(({ id }) => id);
    expect(taken).toEqual(expect.arrayContaining(found.pending));
    expect(taken.filter((id) => found.done.includes(id))).toEqual([]);
    const breaches = await checkState(pool, DEFAULT_WORKSPACE);
    expect(breaches).toEqual(noBreaches(breaches));
    expect(await findOverloaded(pool)).toEqual([]);
  });
  await expectNewWork(next);
  await next.stop();
}, 400_000);

test('a restore that is killed leaves a directory that says what to do, and that nothing starts on', async () => {
  const dataDir = await makeUsedDataDir();
  const server = await startServer(dataDir);
  const file = join(await makeDataDir(), 'usher.backup');
  await runUsher(['backup', file], { USHER_DATA_DIR: dataDir });
  await server.stop();
  const half = await makeDataDir();
  const restoring = startProgram(program, ['restore', file], { USHER_DATA_DIR: half });
  await eventually(
    () =>
      access(join(half, 'postgres', 'cluster', 'data', 'postmaster.pid')).then(
        () => true,
        () => false,
      ),
    (isThere) => isThere,
    60_000,
  );
  await endProgram(restoring);

  const says =
    /was cut short, so what lies there is not whole. Delete everything in that directory and restore again/;
  expect(await readFile(join(half, 'RESTORE-UNFINISHED'), 'utf8')).toMatch(says);
  for (const words of [['serve'], ['backup', `${file}.2`], ['restore', file]]) {
    await expect(runUsher(words, { USHER_DATA_DIR: half, PORT: '0' })).rejects.toThrow(says);
  }
}, 240_000);

async function startServer(dataDir: string): Promise<ServerProcess> {
  const server = await startServerProcess({
    USHER_DATA_DIR: dataDir,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    QISCUS_APP_ID: '',
  });
  server.expectErrors(LOST_DATABASE);
  // A database is made or recovered first: on a busy machine that takes longer than a start.
  await server.ready().catch(() => server.ready());
  return server;
}

interface Load {
  /** `was`: how many had been opened when the waiting began. */
  until(isEnough: (was: number) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Agents, an endpoint, and contacts who keep coming; some conversations end, so that others get their place. */
async function startCompany(
  server: ServerProcess,
): Promise<{ receiver: Receiver; load: Load; opened: string[] }> {
  const call = callOf(server.url);
  const receiver = await startReceiver({ secrets: [SECRET] });
  onTestFinished(() => receiver.stop());
  await make(call, 'endpoints', { url: `${receiver.url}/hook`, secret: SECRET, events: EVENTS });
  for (let n = 0; n < AGENTS; n += 1) {
    await make(call, 'agents', { name: `Ana ${n}`, availability: 'online', capacity: CAPACITY });
  }
  const channel = await make(call, 'channels', { kind: 'api', name: 'Shop' });
  const opened: string[] = [];
  let stopped = false;
  let begun = 0;
  const work = async (): Promise<void> => {
    while (!stopped) {
      begun += 1;
      const externalId = `case-${begun}`;
      const body = { externalId, contact: { externalId } };
      const path = `channels/${channel.id}/conversations`;
      // Once the server is dead nothing answers.
      const made = await make(call, path, body).catch(() => null);
      if (made === null) await sleep(50);
      else opened.push(externalId);
      if (made !== null && begun % 2 === 0)
        await make(call, `conversations/${made.id}/close`, {}).catch(() => null);
    }
  };
  const working = Promise.all([work(), work(), work()]);
  const stop = async (): Promise<void> => {
    stopped = true;
    await working;
  };
  onTestFinished(stop);
  const until = async (isEnough: (was: number) => boolean): Promise<void> => {
    const was = opened.length;
    await eventually(
      async () => isEnough(was),
      (enough) => enough,
      60_000,
    );
  };
  return { receiver, opened, load: { until, stop } };
}

async function make(call: Call, path: string, body: object): Promise<{ id: string }> {
  const made = await call('POST', `/api/v1/${path}`, { body });
  if (made.status >= 300) throw new Error(`${path}: ${made.status} ${made.text}`);
  return made.body as { id: string };
}

/** The way a machine dies. */
async function killDatabase(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postgres', 'cluster', 'data', 'postmaster.pid');
  const [pid] = (await readFile(pidFile, 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
}

/** Fails with what it said. */
async function runUsher(words: string[], environment: Record<string, string>): Promise<void> {
  const child = startProgram(program, words, { LOG_LEVEL: 'silent', ...environment });
  const ended = once(child, 'exit');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  if (code !== 0) throw new Error(`usher ${words.join(' ')} ended with ${code}:\n${out}${err}`);
}

async function withDatabase<T>(dataDir: string, look: (pool: Pool) => Promise<T>): Promise<T> {
  const { connectionString, leave } = await locateDatabase({ USHER_DATA_DIR: dataDir });
  const pool = openPool({ connectionString, onIdleError: () => {} });
  try {
    return await look(pool);
  } finally {
    await pool.end();
    await leave();
  }
}

interface Restored {
  externalIds: string[];
  done: string[];
  pending: string[];
  breaches: Awaited<ReturnType<typeof checkState>>;
}

/** Before a server has seen it. */
function readRestored(dataDir: string): Promise<Restored> {
  return withDatabase(dataDir, async (pool) => {
    const conversations = await pool.query<{ id: string }>(
      'select external_id as id from conversation',
    );
    const { rows } = await pool.query<{ eventId: string; type: string; state: string }>(
      'select event_id as "eventId", type, state from delivery where event_id is not null',
    );
    const of = (...states: string[]) =>
      rows.filter(({ state }) => states.includes(state)).map(deliveredId);
    return {
      externalIds: conversations.rows.map(({ id }) => id),
      done: of('done'),
      pending: of('pending', 'held'),
      breaches: await checkState(pool, DEFAULT_WORKSPACE),
    };
  });
}

async function drained(pool: Pool): Promise<void> {
  await eventually(
    async () =>
      (
        await pool.query(
          `select state, count(*) from delivery where state in ('pending', 'held') group by 1`,
        )
      ).rows,
    (rows) => rows.length === 0,
    120_000,
  );
}

async function findOverloaded(pool: Pool): Promise<unknown[]> {
  const { rows } = await pool.query(
    `select agent_id, count(*) from conversation where state = 'assigned' group by 1 having count(*) > $1`,
    [CAPACITY],
  );
  return rows;
}

async function expectNewWork(server: ServerProcess): Promise<void> {
  const call = callOf(server.url);
  const { body } = await call('GET', '/api/v1/channels');
  const channel = (body as { items: { id: string; kind: string }[] }).items.find(
    ({ kind }) => kind === 'api',
  );
  const contact = { externalId: 'after' };
  await make(call, `channels/${channel?.id}/conversations`, { externalId: 'after', contact });
}
