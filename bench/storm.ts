// Measures what one workspace's storm does to the others: how long they wait for an answer, an agent and a delivery.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Pool as Database } from 'pg';
import { Pool } from 'undici';
import { startEmbeddedPostgres } from '../src/embedded-postgres/start-embedded-postgres.ts';
import { openPool } from '../src/store/pool.ts';
import { startServer } from './http-server.ts';
import { type Busy, makeWorkspaces } from './many-workspaces.ts';
import { openLoop } from './open-loop.ts';
import type { ReceiverAnswers } from './receiver-child.ts';
import { type BenchChild, startChild } from './start-child.ts';
import { median, percentile } from './statistics.ts';
import type { StormAnswer, StormOrder } from './storm-child.ts';
import { ms, report, say, times, whole } from './table.ts';

const { values } = parseArgs({
  options: {
    busy: { type: 'string', default: '100' },
    idle: { type: 'string', default: '10000' },
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '64' },
    /** A checkout of another commit, measured instead of this one. */
    folder: { type: 'string' },
  },
});
const [busy, idle, rate, seconds, rounds, connections] = [
  Number(values.busy),
  Number(values.idle),
  Number(values.rate),
  Number(values.seconds),
  Number(values.rounds),
  Number(values.connections),
];
const WARM_UP_SECONDS = 5;
const MOST = 1.5;

interface Span {
  /** From the moment at which it was to be sent. */
  answered: readonly number[];
  assigned: readonly number[];
  delivered: readonly number[];
  unfinished: number;
  storm: StormAnswer | null;
}

interface House {
  db: Database;
  url: string;
  client: Pool;
  others: readonly Busy[];
  stormy: Busy;
  storm: BenchChild;
}

/** The others open conversations at their rate; `storm`: beside the storm. */
async function measure(house: House, name: string, isStormy: boolean): Promise<Span> {
  const { storm, stormy, url } = house;
  const order: StormOrder = { url, ...stormy, connections, seconds, name: `storm-${name}` };
  const blown = isStormy ? storm.ask<StormAnswer>(order) : null;
  const answered: number[] = [];
  await openLoop({ rate, seconds }, async (index) => {
    const began = performance.now();
    await open(house, `${name}-${index}`, index);
    answered.push(performance.now() - began);
  });
  const stormAnswer = await blown;
  await sleep(3000);
  return { answered, storm: stormAnswer, ...(await readTimes(house.db, `${name}-%`)) };
}

async function open({ client, others }: House, externalId: string, index: number): Promise<void> {
  const { token, channelId } = others[index % others.length] as Busy;
  const { statusCode, body } = await client.request({
    method: 'POST',
    path: `/api/v1/channels/${channelId}/conversations`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ externalId, contact: { externalId: `c-${index}` } }),
  });
  await body.dump();
  if (statusCode !== 201) throw new Error(`One of the others was answered ${statusCode}.`);
}

/** By the stamps of the database. */
async function readTimes(db: Database, like: string) {
  const { rows } = await db.query<{ assigned: number | null; delivered: number | null }>(
    `select (extract(epoch from c.assigned_at - c.queued_at) * 1000)::float8 as assigned,
      (extract(epoch from d.done_at - d.created_at) * 1000)::float8 as delivered
    from conversation c left join delivery d on d.workspace_id = c.workspace_id and d.stream_id = c.conversation_id
      and d.type = 'conversation.opened' and d.state = 'done'
    where c.external_id like $1`,
    [like],
  );
  const present = (values: (number | null)[]) => values.filter((value) => value !== null);
  const assigned = present(rows.map((row) => row.assigned));
  const delivered = present(rows.map((row) => row.delivered));
  return { assigned, delivered, unfinished: 2 * rows.length - assigned.length - delivered.length };
}

async function bindEndpoint(url: string, { token }: Busy, receiver: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/endpoints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      url: receiver,
      events: ['conversation.opened', 'conversation.assigned'],
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

async function run(): Promise<{ calm: Span[]; stormy: Span[] }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  const receiver = startChild('receiver-child.ts');
  const storm = startChild('storm-child.ts');
  const { urls } = await receiver.next<ReceiverAnswers>();
  const database = await startEmbeddedPostgres({ dataDir: join(dataDir, 'database') });
  const { connectionString } = database;
  const db = openPool({ connectionString, maxConnections: 4, onIdleError: () => {} });
  const environment = {
    PORT: '0',
    DATABASE_URL: connectionString,
    USHER_DATA_DIR: join(dataDir, 'data'),
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    LOG_LEVEL: 'silent',
  };
  try {
    await (await startServer('usher', environment, values.folder)).stop();
    const places = await makeWorkspaces(db, { busy: busy + 1, idle });
    const server = await startServer('usher', environment, values.folder);
    const { url } = server;
    const [stormy, ...others] = places as [Busy, ...Busy[]];
    for (const place of others) await bindEndpoint(url, place, urls.well);
    await bindEndpoint(url, stormy, urls.hanging);
    const client = new Pool(url, { connections: 32 });
    const house: House = { db, url, client, others, stormy, storm };
    try {
      return await measureInTurn(house);
    } finally {
      await client.close();
      await server.stop();
    }
  } finally {
    await db.end();
    await Promise.all([storm.stop(), receiver.stop()]);
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measureInTurn(house: House) {
  await openLoop({ rate, seconds: WARM_UP_SECONDS }, (index) =>
    open(house, `warm-${index}`, index),
  );
  const found = { calm: [] as Span[], stormy: [] as Span[] };
  for (let round = 0; round < rounds; round += 1) {
    found.calm.push(await measure(house, `calm-${round}`, false));
    found.stormy.push(await measure(house, `beside-${round}`, true));
    const { taken, refused } = found.stormy.at(-1)?.storm ?? { taken: 0, refused: 0 };
    say(`  round ${round + 1} of ${rounds}: the storm got in ${taken} times, ${refused} refused`);
  }
  return found;
}

const loadOf = () => (loadavg()[0] ?? 0).toFixed(1);
const loadBefore = loadOf();
const { calm, stormy } = await run();
const rows = (['answered', 'assigned', 'delivered'] as const).flatMap((what) => {
  const names = {
    answered: 'sent to answered',
    assigned: 'accepted to assigned',
    delivered: 'event to delivered',
  };
  return [0.5, 0.99].map((share) => {
    const of = (spans: Span[]) => median(spans.map((span) => percentile(span[what], share)));
    const [before, beside] = [of(calm), of(stormy)];
    const ratio = beside / before;
    return [
      `${names[what]}, p${share * 100}`,
      ms(before),
      ms(beside),
      times(ratio),
      share === 0.99 ? `<= ${MOST} ×` : '',
      share === 0.99 ? (ratio <= MOST ? 'met' : 'MISSED') : '',
    ];
  });
});
const left = [calm, stormy].map((spans) =>
  spans.reduce((all, { unfinished }) => all + unfinished, 0),
);
rows.push([
  'not assigned or delivered',
  ...left.map(whole),
  '',
  '0',
  left.every((n) => n === 0) ? 'met' : 'MISSED',
]);
const perSecond = (read: (storm: StormAnswer) => number) =>
  whole(median(stormy.map(({ storm }) => (storm === null ? 0 : read(storm) / seconds))));
rows.push(['of the storm: taken a second', '', perSecond(({ taken }) => taken), '', '', '']);
rows.push(['of the storm: refused a second', '', perSecond(({ refused }) => refused), '', '', '']);
await report('storm', [
  {
    title: 'One workspace’s storm beside the others',
    how: `${whole(rate)} conversations a second are opened over HTTP in ${whole(busy)} workspaces of 10 agents, each with an endpoint that answers (open loop, exponential gaps), beside ${whole(idle)} idle workspaces: for ${seconds} s without, and for ${seconds} s with one more workspace that opens conversations over ${connections} connections, each as soon as the one before is answered, with an endpoint that never answers. ${rounds} rounds in turn on one database; medians over the rounds. Load average of the machine: ${loadBefore} before, ${loadOf()} after.`,
    columns: ['of the others', 'without', 'beside the storm', 'ratio', 'needed', 'verdict'],
    rows,
  },
]);
