// Measures the webhook door: how many webhooks it stores a second, and how much memory it uses.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countKept, type Kept } from './count-kept.ts';
import { type Outcome, postWebhooks } from './http-load.ts';
import { type Sample, startServer } from './http-server.ts';
import { median, percentile, slope } from './statistics.ts';
import { ms, percent, report, type Section, say, target, targetColumns, whole } from './table.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    connections: { type: 'string', default: '48' },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const APP_ID = 'bench-app';
const WARM_UP_SECONDS = 5;
const load = { appId: APP_ID, connections };

interface Run {
  outcome: Outcome;
  memory: readonly Sample[];
}

async function measureBare(): Promise<Outcome> {
  const server = await startServer('bare');
  const { url } = server;
  await postWebhooks({ url, ...load, seconds: 2, from: 0 });
  const outcome = await postWebhooks({ url, ...load, seconds: Math.min(seconds, 10), from: 0 });
  await server.stop();
  return outcome;
}

async function measureUsher(): Promise<Run & { kept: Kept }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  try {
    const server = await startServer('usher', {
      PORT: '0',
      USHER_DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      QISCUS_APP_ID: APP_ID,
      QISCUS_SECRET: 'bench-secret',
      QISCUS_BASE_URL: `http://127.0.0.1:${await findClosedPort()}`,
    });
    const { url, memory } = server;
    const warm = await postWebhooks({ url, ...load, seconds: WARM_UP_SECONDS, from: 0 });
    const before = memory.length;
    const outcome = await postWebhooks({ url, ...load, seconds, from: warm.sent });
    const during = memory.slice(before);
    await server.stop();
    const kept = await countKept(dataDir, [...warm.accepted, ...outcome.accepted]);
    const surplus = kept.conversations - warm.accepted.length - outcome.accepted.length;
    say(
      `  ${whole(kept.conversations)} conversations kept, ${whole(surplus)} beyond those accepted`,
    );
    return { outcome, memory: during, kept };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** A port that nothing listens on: the outside system is away. */
async function findClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 1;
}

function rateOf({ accepted, seconds: took }: Outcome): number {
  return accepted.length / took;
}

/** Whether it slows down as the queue grows. */
function fifths({ acceptedAt, seconds: took }: Outcome): string {
  const fifth = took / 5;
  const first = acceptedAt.filter((at) => at < fifth).length;
  const last = acceptedAt.filter((at) => at >= took - fifth).length;
  return `${whole(first / fifth)}, ${whole(last / fifth)}`;
}

function describeLoad(usher: Run & { kept: Kept }, bare: Outcome): Section {
  const { outcome, kept } = usher;
  const rate = rateOf(outcome);
  const share = rate / rateOf(bare);
  const latency = ({ latencies }: Outcome) =>
    [0.5, 0.99].map((at) => ms(percentile(latencies, at))).join(' / ');
  const troubled = outcome.refused + outcome.failed;
  return {
    title: 'Webhooks',
    how: `Distinct agent_allocation webhooks over ${connections} kept-alive connections, each sending its next when the last was answered, for ${whole(seconds)} s after ${WARM_UP_SECONDS} s of warm-up. Server and load are two processes. The outside system is away, so no agents are known and everything waits. Afterwards Usher is stopped and its database opened: every webhook answered with 200 must be there exactly once. Yardstick: a bare fastify route that answers 200 to the same requests.`,
    columns: targetColumns,
    rows: [
      target('accepted/s', '>= 1,500', whole(rate), rate >= 1500),
      ['yardstick, answered/s', '', whole(rateOf(bare)), ''],
      ['share of the yardstick', '', percent(share), ''],
      ['accepted/s in the first and the last fifth', '', fifths(outcome), ''],
      ['latency p50 / p99', '', latency(outcome), ''],
      ['yardstick, latency p50 / p99', '', latency(bare), ''],
      ['accepted', '', whole(outcome.accepted.length), ''],
      target('refused or failed', '0', whole(troubled), troubled === 0),
      target('accepted but lost', '0', whole(kept.lost), kept.lost === 0),
      target('kept twice', '0', whole(kept.doubled), kept.doubled === 0),
    ],
  };
}

function describeMemory({ memory }: Run): Section {
  const tenth = Math.max(1, Math.floor(memory.length / 10));
  const rss = memory.map(({ megabytes }) => megabytes);
  const half = memory.slice(Math.floor(memory.length / 2));
  const perMinute = (samples: readonly Sample[]) =>
    `${(60 * slope(samples.map(({ seconds: x, megabytes: y }) => ({ x, y })))).toFixed(1)} MB/min`;
  const size = (part: number[]) => `${median(part).toFixed(0)} MB`;
  return {
    title: 'Memory of the server process',
    how: 'Resident memory, read twice a second after the warm-up; the database runs in processes of its own. Start and end are the medians of the first and last tenth.',
    columns: ['measured', 'is'],
    rows: [
      ['start', size(rss.slice(0, tenth))],
      ['end', size(rss.slice(-tenth))],
      ['highest', `${Math.max(...rss).toFixed(0)} MB`],
      ['slope', perMinute(memory)],
      ['slope of the second half', perMinute(half)],
    ],
  };
}

say('measuring the yardstick');
const bare = await measureBare();
say('measuring Usher');
const usher = await measureUsher();
await report('http', [describeLoad(usher, bare), describeMemory(usher)]);
