// Measures what idle workspaces cost the busy ones: processor time, transactions, and waiting times.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Pool as Database } from 'pg';
import { Pool } from 'undici';
import { startEmbeddedPostgres } from '../src/embedded-postgres/start-embedded-postgres.ts';
import { openPool } from '../src/store/pool.ts';
import { countFamilyCpu, countOwnCpu } from './count-cpu.ts';
import { startServer } from './http-server.ts';
import { type Busy, makeWorkspaces } from './many-workspaces.ts';
import { openLoop } from './open-loop.ts';
import { median, percentile } from './statistics.ts';
import { ms, report, type Section, say, times, whole } from './table.ts';

const { values } = parseArgs({
  options: {
    busy: { type: 'string', default: '100' },
    idle: { type: 'string', default: '10000' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    /** A checkout of another commit, measured beside this one. */
    folder: { type: 'string' },
  },
});
const [busy, idle, rate, seconds, rounds] = [
  Number(values.busy),
  Number(values.idle),
  Number(values.rate),
  Number(values.seconds),
  Number(values.rounds),
];
const WARM_UP_SECONDS = 5;
const MOST = 1.2;

interface Measured {
  serverCpu: number;
  databaseCpu: number;
  transactions: number;
  waits: readonly number[];
  unassigned: number;
  /** Transactions a second with nothing to do at all. */
  atRest: number;
}

interface Place {
  db: Database;
  connectionString: string;
  postmasterId: number;
}

async function withDatabase<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  try {
    const server = await startEmbeddedPostgres({ dataDir });
    const { connectionString } = server;
    const db = openPool({ connectionString, maxConnections: 4, onIdleError: () => {} });
    try {
      return await work({ db, connectionString, postmasterId: await readPostmaster(dataDir) });
    } finally {
      await db.end();
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function readPostmaster(dataDir: string): Promise<number> {
  const files = await readdir(dataDir, { recursive: true });
  const file = files.find((name) => name.endsWith('postmaster.pid'));
  if (file === undefined) throw new Error('PostgreSQL keeps no postmaster.pid.');
  return Number((await readFile(join(dataDir, file), 'utf8')).split('\n')[0]);
}

async function measure(folder: string | undefined, idleOnes: number): Promise<Measured> {
  return withDatabase(async (place) => {
    const environment = {
      PORT: '0',
      DATABASE_URL: place.connectionString,
      USHER_DATA_DIR: await mkdtemp(join(tmpdir(), 'usher-bench-')),
      LOG_LEVEL: 'silent',
    };
    // The other checkout makes the schema of its own version.
    await (await startServer('usher', environment, folder)).stop();
    const places = await makeWorkspaces(place.db, { busy, idle: idleOnes });
    const server = await startServer('usher', environment, folder);
    try {
      return await load(place, { ...server, places });
    } finally {
      await server.stop();
      await rm(environment.USHER_DATA_DIR, { recursive: true, force: true });
    }
  });
}

async function load(
  { db, postmasterId }: Place,
  { url, processId, places }: { url: string; processId: number; places: Busy[] },
): Promise<Measured> {
  const client = new Pool(url, { connections: 16 });
  const open = (name: string) => async (index: number) => {
    const { token, channelId } = places[index % places.length] as Busy;
    const { statusCode, body } = await client.request({
      method: 'POST',
      path: `/api/v1/channels/${channelId}/conversations`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        externalId: `${name}-${index}`,
        contact: { externalId: `c-${index}` },
      }),
    });
    await body.dump();
    if (statusCode !== 201) throw new Error(`A conversation was answered ${statusCode}.`);
  };
  await openLoop({ rate, seconds: WARM_UP_SECONDS }, open('warm'));
  await sleep(2000);
  const before = await countTransactions(db);
  await sleep(seconds * 500);
  const atRest = ((await countTransactions(db)) - before) / (seconds / 2);
  const count = async () => ({
    server: await countOwnCpu(processId),
    database: await countFamilyCpu(postmasterId),
    transactions: await countTransactions(db),
  });
  const first = await count();
  await openLoop({ rate, seconds }, open('conversation'));
  await sleep(1000);
  const last = await count();
  await client.close();
  return { ...(await readWaits(db)), ...subtract(last, first), atRest };
}

type Counts = Record<'server' | 'database' | 'transactions', number>;

function subtract(last: Counts, first: Counts) {
  return {
    serverCpu: last.server - first.server,
    databaseCpu: last.database - first.database,
    transactions: (last.transactions - first.transactions) / seconds,
  };
}

async function countTransactions(db: Database): Promise<number> {
  // PostgreSQL publishes a connection's counters up to a second late.
  await sleep(1100);
  const { rows } = await db.query(
    'select (xact_commit + xact_rollback)::float8 as n from pg_stat_database where datname = current_database()',
  );
  return rows[0].n;
}

/** By the stamps of the database: when the opening was written, and when the pass gave it to somebody. */
async function readWaits(db: Database): Promise<{ waits: number[]; unassigned: number }> {
  const { rows } = await db.query<{ wait: number | null }>(
    `select (extract(epoch from assigned_at - queued_at) * 1000)::float8 as wait from conversation
    where external_id like 'conversation-%'`,
  );
  const waits = rows.flatMap(({ wait }) => (wait === null ? [] : [wait]));
  return { waits, unassigned: rows.length - waits.length };
}

/** Alone and beside the idle ones in turn, so that both meet the same machine. */
async function measurePair(folder?: string): Promise<{ alone: Measured[]; beside: Measured[] }> {
  const found = { alone: [] as Measured[], beside: [] as Measured[] };
  for (let round = 0; round < rounds; round += 1) {
    found.alone.push(await measure(folder, 0));
    found.beside.push(await measure(folder, idle));
    say(`  round ${round + 1} of ${rounds}${folder === undefined ? '' : ', before'}`);
  }
  return found;
}

function describe(
  title: string,
  how: string,
  pair: Awaited<ReturnType<typeof measurePair>>,
): Section {
  const row = (name: string, read: (one: Measured) => number, write: (value: number) => string) => {
    const [alone, beside] = [median(pair.alone.map(read)), median(pair.beside.map(read))];
    const ratio = beside / alone;
    const verdict = ratio <= MOST ? 'met' : 'MISSED';
    return [name, write(alone), write(beside), times(ratio), `<= ${MOST} ×`, verdict];
  };
  const inSeconds = (value: number) => `${value.toFixed(2)} s`;
  const unassigned = [pair.alone, pair.beside].map((all) =>
    whole(all.reduce((total, one) => total + one.unassigned, 0)),
  );
  return {
    title,
    how,
    columns: ['measured', 'alone', 'beside idle ones', 'ratio', 'needed', 'verdict'],
    rows: [
      row('processor of the server', ({ serverCpu }) => serverCpu, inSeconds),
      row('processor of PostgreSQL', ({ databaseCpu }) => databaseCpu, inSeconds),
      row('both together', (one) => one.serverCpu + one.databaseCpu, inSeconds),
      row('transactions a second', ({ transactions }) => transactions, whole),
      row('queued to assigned, p50', ({ waits }) => percentile(waits, 0.5), ms),
      row('queued to assigned, p99', ({ waits }) => percentile(waits, 0.99), ms),
      row(
        'transactions a second at rest',
        ({ atRest }) => atRest,
        (value) => value.toFixed(1),
      ),
      [
        'never assigned',
        ...unassigned,
        '',
        '0',
        unassigned.every((n) => n === '0') ? 'met' : 'MISSED',
      ],
    ],
  };
}

const loadOf = () => (loadavg()[0] ?? 0).toFixed(1);
const loadBefore = loadOf();
const pair = await measurePair();
const how = `${whole(rate)} conversations a second are opened over HTTP in ${whole(busy)} workspaces of 10 agents (open loop, exponential gaps) for ${seconds} s after ${WARM_UP_SECONDS} s of warm-up, alone and beside ${whole(idle)} workspaces in which nobody does anything: 3 agents of whom one is online, a channel, an endpoint, 20 conversations and deliveries that are over. Medians of ${rounds} rounds, each on a new database, in turn. Processor: what the server’s process and all of PostgreSQL’s have used meanwhile. Queued to assigned: by the database’s stamps, from the statement that wrote the opening, before its commit, to the pass. At rest: half as long, with nothing to do. Load average of the machine: ${loadBefore} before, ${loadOf()} after; above its number of cores others took part, and waits say little.`;
const sections = [describe('Idle workspaces', how, pair)];
if (values.folder !== undefined) {
  const title = 'The same with the commit before';
  sections.push(describe(title, 'As above.', await measurePair(values.folder)));
}
await report('workspaces', sections);
