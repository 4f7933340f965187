// Measures what traces cost the webhook door: servers without them, with a tenth and with all, under the same load in turns.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { postWebhooks } from './http-load.ts';
import { type Server, startServer } from './http-server.ts';
import { startChild } from './start-child.ts';
import { median, percentile, sum } from './statistics.ts';
import { ms, percent, report, type Section, say, target, targetColumns, whole } from './table.ts';
import type { TraceReceiverAnswers } from './trace-receiver-child.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '12' },
    seconds: { type: 'string', default: '4' },
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
  accepted: number[];
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
  const counts = { sent: 0, accepted: [], latencies: [], troubled: 0 };
  return { ...side, server, dataDir, startedInMs, idleMb, ...counts };
}

async function post(side: Running, forSeconds: number, counts: boolean): Promise<void> {
  const load = { url: side.server.url, appId: APP_ID, connections };
  const outcome = await postWebhooks({ ...load, seconds: forSeconds, from: side.sent });
  side.sent += outcome.sent;
  if (!counts) return;
  side.accepted.push(outcome.accepted.length / outcome.seconds);
  side.latencies.push(...outcome.latencies);
  side.troubled += outcome.refused + outcome.failed;
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

function ratioOf(side: Running): number {
  const [bare] = running as [Running];
  return median(side.accepted.map((rate, round) => rate / (bare.accepted[round] ?? 1)));
}

function describeRates(): Section {
  const rows = running.flatMap((side) => {
    const { name, accepted, latencies, troubled, needed } = side;
    const latency = [0.5, 0.99].map((at) => ms(percentile(latencies, at))).join(' / ');
    const ratio = ratioOf(side);
    const beside = `${name}: share of the rate without, median of the rounds`;
    return [
      [`${name}: accepted/s`, '', whole(sum(accepted) / accepted.length), ''],
      [`${name}: latency p50 / p99`, '', latency, ''],
      target(`${name}: refused or failed`, '0', whole(troubled), troubled === 0),
      ...(side === running[0]
        ? []
        : needed === null
          ? [[beside, '', percent(ratio), '']]
          : [target(beside, `>= ${percent(needed)}`, percent(ratio), ratio >= needed)]),
    ];
  });
  return {
    title: 'Webhooks',
    how: `Distinct agent_allocation webhooks over ${connections} kept-alive connections to three servers with a database each, ${whole(rounds)} rounds of ${whole(seconds)} s for each server in turns after ${WARM_UP_SECONDS} s of warm-up. No agents are known, so everything waits. The receiver of traces and the load share the cores with the servers. Recorded is the request and its commit, and the commit is kept for the pass; ${whole(spans)} spans arrived.`,
    columns: targetColumns,
    rows,
  };
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
