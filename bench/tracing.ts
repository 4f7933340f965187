// Measures what traces cost the webhook door: servers without them, with a tenth and with all, under the same load in turns.
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countFamilyCpu, countOwnCpu } from './count-cpu.ts';
import { postWebhooks } from './http-load.ts';
import { type Server, startServer } from './http-server.ts';
import { startChild } from './start-child.ts';
import { median, percentile, sum } from './statistics.ts';
import { ms, percent, report, type Section, say, target, targetColumns, whole } from './table.ts';
import type { TraceReceiverAnswers } from './trace-receiver-child.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    seconds: { type: 'string', default: '1.5' },
    connections: { type: 'string', default: '48' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const APP_ID = 'bench-app';
const MOST = 0.05;
const WARM_UP_SECONDS = 4;

interface Side {
  name: string;
  environment: Record<string, string>;
  /** The least of what it must accept beside the side without traces; null: no figure is asked for. */
  needed: number | null;
}

const receiver = startChild('trace-receiver-child.ts');
const { url } = await receiver.next<TraceReceiverAnswers>();
const sides: Side[] = [
  { name: 'without traces', environment: {}, needed: null },
  {
    name: 'a tenth recorded',
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
    },
    needed: 1 - MOST,
  },
  { name: 'all recorded', environment: { OTEL_EXPORTER_OTLP_ENDPOINT: url }, needed: null },
];

interface Running extends Side {
  server: Server;
  dataDir: string;
  startedInMs: number;
  idleMb: number;
  sent: number;
  /** By round. */
  accepted: number[];
  /** Seconds of processor time for a webhook, by round: of the server, and of its database. */
  cpu: { server: number[]; database: number[] };
  latencies: number[];
  troubled: number;
}

async function start(side: Side): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  const environment = {
    ...{ PORT: '0', USHER_DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    ...{ QISCUS_APP_ID: APP_ID, QISCUS_SECRET: 'bench-secret' },
    // Nobody listens there: no agents are known, and everything waits.
    QISCUS_BASE_URL: 'http://127.0.0.1:9',
    ...side.environment,
  };
  // The first start makes the database.
  await (await startServer('usher', environment)).stop();
  const began = performance.now();
  const server = await startServer('usher', environment);
  const startedInMs = performance.now() - began;
  await new Promise((done) => setTimeout(done, 2000));
  const idleMb = server.memory.at(-1)?.megabytes ?? 0;
  const cpu = { server: [], database: [] };
  const counts = { sent: 0, accepted: [], cpu, latencies: [], troubled: 0 };
  return { ...side, server, dataDir, startedInMs, idleMb, ...counts };
}

async function post(side: Running, forSeconds: number, counts: boolean): Promise<void> {
  const load = { url: side.server.url, appId: APP_ID, connections };
  const before = await countCpu(side);
  const outcome = await postWebhooks({ ...load, seconds: forSeconds, from: side.sent });
  side.sent += outcome.sent;
  if (!counts) return;
  const after = await countCpu(side);
  const { length } = outcome.accepted;
  side.accepted.push(length / outcome.seconds);
  side.cpu.server.push((after.server - before.server) / length);
  side.cpu.database.push((after.database - before.database) / length);
  side.latencies.push(...outcome.latencies);
  side.troubled += outcome.refused + outcome.failed;
}

async function countCpu({ server, dataDir }: Running) {
  return {
    server: await countOwnCpu(server.processId),
    database: await countFamilyCpu(await findPostmaster(dataDir)),
  };
}

/** The process whose children serve the database. */
async function findPostmaster(dataDir: string): Promise<number> {
  for await (const file of glob('**/postmaster.pid', { cwd: dataDir })) {
    const [processId] = (await readFile(join(dataDir, file), 'utf8')).split('\n');
    return Number(processId);
  }
  throw new Error('The database of the server is not found.');
}

const running: Running[] = [];
try {
  for (const side of sides) running.push(await start(side));
  for (const side of running) await post(side, WARM_UP_SECONDS, false);
  for (let round = 0; round < rounds; round += 1) {
    // Who begins takes turns.
    const first = round % running.length;
    for (const side of [...running.slice(first), ...running.slice(0, first)]) {
      await post(side, seconds, true);
    }
    say(
      `  round ${round + 1}: ${running.map((one) => whole(one.accepted.at(-1) ?? 0)).join(', ')}`,
    );
  }
} finally {
  for (const { server, dataDir } of running) {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
const { spans } = await receiver.ask<TraceReceiverAnswers>('count');
await receiver.stop();
await report('tracing', [describeRates(), describeSize()]);

/** The median of the rounds, each beside the same round without traces. */
function beside(side: Running, of: (one: Running) => readonly number[]): number {
  const [bare] = running as [Running];
  return median(of(side).map((value, round) => value / (of(bare)[round] ?? 1)));
}

function describeRates(): Section {
  const rows = running.flatMap((side) => {
    const { name, accepted, latencies, troubled, needed, cpu } = side;
    const latency = [0.5, 0.99].map((at) => ms(percentile(latencies, at))).join(' / ');
    const processor = [cpu.server, cpu.database].map((one) => ms(1000 * median(one))).join(' + ');
    const own = [
      [`${name}: accepted/s`, '', whole(sum(accepted) / accepted.length), ''],
      [`${name}: latency p50 / p99`, '', latency, ''],
      [`${name}: processor time for one, server + database`, '', processor, ''],
      target(`${name}: refused or failed`, '0', whole(troubled), troubled === 0),
    ];
    return side === running[0] ? own : [...own, ...compare(side, needed)];
  });
  return {
    title: 'Webhooks',
    how: `Distinct agent_allocation webhooks over ${connections} kept-alive connections to three servers with a database each, ${whole(rounds)} rounds of ${seconds} s for each server in turns after ${WARM_UP_SECONDS} s of warm-up. Compared are rounds, and the median of that is shown. No agents are known, so everything waits. The receiver of traces and the load share the cores with the servers. Recorded is the request and its commit, and the commit is kept for the pass; ${whole(spans)} spans arrived.`,
    columns: targetColumns,
    rows,
  };
}

function compare(side: Running, needed: number | null): string[][] {
  const rate = beside(side, ({ accepted }) => accepted);
  const server = beside(side, ({ cpu }) => cpu.server);
  const database = beside(side, ({ cpu }) => cpu.database);
  const name = `${side.name}: accepted, of what is accepted without`;
  return [
    needed === null
      ? [name, '', percent(rate), '']
      : target(name, `>= ${percent(needed)}`, percent(rate), rate >= needed),
    [`${side.name}: processor time of the server, beside without`, '', percent(server), ''],
    [`${side.name}: processor time of the database, beside without`, '', percent(database), ''],
  ];
}

function describeSize(): Section {
  return {
    title: 'Start and memory',
    how: 'A start on a database that is there, until it serves; resident memory of the server process two seconds later, before any load, and the highest under it.',
    columns: ['side', 'start', 'idle', 'highest'],
    rows: running.map(({ name, startedInMs, idleMb, server }) => [
      ...[name, ms(startedInMs), `${idleMb.toFixed(0)} MB`],
      `${Math.max(...server.memory.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
    ]),
  };
}
