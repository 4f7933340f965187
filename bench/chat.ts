// Measures web chat: messages stored and shown a second, their latency, and the memory of an idle client.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Crowd, gatherBareCrowd, gatherCrowd, type Party } from './chat-crowd.ts';
import { startServer } from './http-server.ts';
import { measureLatency } from './measure-latency.ts';
import { startChild } from './start-child.ts';
import { median, percentile } from './statistics.ts';
import { ms, percent, report, type Section, say, target, targetColumns, whole } from './table.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '2000' },
    agents: { type: 'string', default: '40' },
    messages: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '4' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '20' },
  },
});
const agents = Number(values.agents);
const visitors = Number(values.clients) - agents;
const [messages, rounds] = [Number(values.messages), Number(values.rounds)];
const load = { rate: Number(values.rate), seconds: Number(values.seconds) };
/** How many have said something that is not acknowledged yet. */
const AT_ONCE = 64;
const REST_MS = 11_000;

let said = 0;

/** Messages a second, from the first word until an agent was shown the last. */
async function measureRate(crowd: Crowd, count: number): Promise<number> {
  let left = count;
  const before = crowd.arrived.size;
  const began = performance.now();
  const everything = crowd.count(before + count);
  const speaker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      said += 1;
      await (crowd.visitors[said % crowd.visitors.length] as Party).publish(`message ${said}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, speaker));
  await everything;
  return count / ((performance.now() - began) / 1000);
}

const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
const usher = await startServer('usher', {
  PORT: '0',
  USHER_DATA_DIR: dataDir,
  USHER_ADMIN_TOKEN: 'bench-admin-token-0123456789',
  LOG_LEVEL: 'silent',
  USHER_SWEEP_MS: '2000',
});
const memory = () => usher.memory.at(-1)?.megabytes ?? 0;
await new Promise((done) => setTimeout(done, 3000));
const empty = memory();
say('gathering visitors and agents');
const crowd = await gatherCrowd(usher.url, { visitors, agents });
await new Promise((done) => setTimeout(done, REST_MS));
const idle = memory();
const broker = startChild('bare-broker-child.ts');
const { url: bareUrl } = await broker.next<{ url: string }>();
const bare = await gatherBareCrowd(bareUrl, { visitors, agents });

say('measuring how soon');
const { latencies, late } = await measureLatency(crowd, load, () => {
  said += 1;
  return {
    content: `message ${said}`,
    party: crowd.visitors[said % crowd.visitors.length] as Party,
  };
});
await new Promise((done) => setTimeout(done, REST_MS));
say('measuring how many');
const rates = { usher: [] as number[], bare: [] as number[] };
for (let round = 0; round <= rounds; round += 1) {
  const mine = await measureRate(crowd, messages);
  const theirs = await measureRate(bare, messages);
  say(`  ${whole(mine)}/s, bare ${whole(theirs)}/s${round === 0 ? ' (warm-up)' : ''}`);
  if (round > 0) {
    rates.usher.push(mine);
    rates.bare.push(theirs);
  }
}
crowd.close();
bare.close();
await broker.stop().catch(() => {});
await usher.stop();
await rm(dataDir, { recursive: true, force: true });

const share = median(rates.usher) / median(rates.bare);
const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((at) => percentile(latencies, at));
const lost = latencies.filter((one) => !Number.isFinite(one)).length;
const sections: Section[] = [
  {
    title: 'Throughput',
    how: `${whole(visitors)} visitors, each assigned to one of ${agents} agents, say ${whole(messages)} messages a round at QoS 1, ${AT_ONCE} at a time; measured until the agents were shown the last. Usher on its embedded database stores each and shows it to both sides. Yardstick: aedes without any check over the same transport, the same topology and the same client, in turns, ${rounds} rounds after one of warm-up.`,
    columns: targetColumns,
    rows: [
      target('share of the bare broker', '>= 25 %', percent(share), share >= 0.25),
      ['stored and shown/s', '', whole(median(rates.usher)), ''],
      ['bare broker, shown/s', '', whole(median(rates.bare)), ''],
    ],
  },
  {
    title: 'Latency',
    how: `${load.rate} messages a second (open loop, exponential gaps) for ${load.seconds} s with ${whole(visitors + agents)} connected clients, from the visitor’s publish until the agent’s client has it. ${whole(latencies.length)} messages; starts were late by ${ms(percentile(late, 0.99))} at the 99th percentile. All clients share one process.`,
    columns: targetColumns,
    rows: [
      ['visitor to agent, p50', '', ms(p50), ''],
      ['visitor to agent, p95', '', ms(p95), ''],
      target('visitor to agent, p99', '<= 50 ms', ms(p99), p99 <= 50),
      target('not shown', '0', whole(lost), lost === 0),
    ],
  },
  {
    title: 'Memory',
    how: 'Resident memory of the server process before anybody connected, and with everybody connected, in a conversation and silent.',
    columns: ['measured', 'is'],
    rows: [
      ['before', `${whole(empty)} MB`],
      [`with ${whole(visitors + agents)} clients`, `${whole(idle)} MB`],
      ['each idle client', `${(((idle - empty) * 1024) / (visitors + agents)).toFixed(1)} kB`],
    ],
  },
];
await report('chat', sections);
process.exit();
