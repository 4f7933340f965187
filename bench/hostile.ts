// Measures the latency between innocent visitors and agents while others attack.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Attacks, Done } from './hostile-attacks.ts';
import type { Measured } from './hostile-pairs-child.ts';
import { startServer } from './http-server.ts';
import { startChild } from './start-child.ts';
import { percentile } from './statistics.ts';
import { ms, report, type Section, say, times, whole } from './table.ts';

const { values } = parseArgs({
  options: {
    visitors: { type: 'string', default: '50' },
    agents: { type: 'string', default: '2' },
    rate: { type: 'string', default: '50' },
    calm: { type: 'string', default: '1.5' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    attacks: { type: 'string', default: 'mutated,oversize,flood,deaf' },
  },
});
const [visitors, agents, rate] = [values.visitors, values.agents, values.rate].map(Number) as [
  number,
  number,
  number,
];
const [calmSeconds, seconds] = [Number(values.calm), Number(values.seconds)];
const rounds = Number(values.rounds);
/** The attack is under way when the measurement begins. */
const LEAD_MS = 500;
const REST_MS = 500;
const WARM_UP_SECONDS = 6;
const MOST = 2;

const names: Record<keyof Attacks, string> = {
  mutated: 'mutated packets',
  oversize: 'oversize topics and payloads',
  flood: 'connect floods',
  deaf: 'readers that never read',
};
const attacks = values.attacks.split(',') as (keyof Attacks)[];

const busyBefore = loadavg()[0] ?? 0;
const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
const usher = await startServer('usher', {
  PORT: '0',
  USHER_DATA_DIR: dataDir,
  USHER_ADMIN_TOKEN: 'bench-admin-token-0123456789',
  LOG_LEVEL: 'silent',
});
const pairs = startChild('hostile-pairs-child.ts');
const attacker = startChild('hostile-child.ts');

const measure = async (forSeconds: number): Promise<number[]> => {
  const { latencies } = await pairs.ask<Measured>({ rate, seconds: forSeconds });
  return latencies.map((one) => one ?? Number.POSITIVE_INFINITY);
};
const calm: number[] = [];
const under = attacks.map((attack) => ({
  attack,
  latencies: [] as number[],
  what: [] as string[],
  isUp: true,
}));
try {
  await pairs.ask({ url: usher.url, visitors, agents });
  await attacker.ask({ prepare: usher.url });
  say('warming up');
  await measure(WARM_UP_SECONDS);
  await sleep(REST_MS);
  // Taking turns, so that other load on the machine affects all of them alike.
  for (const one of Array.from({ length: rounds }, () => under).flat()) {
    calm.push(...(await measure(calmSeconds)));
    say(names[one.attack]);
    const forSeconds = seconds + LEAD_MS / 1000;
    const attacking = attacker.ask<Done>({ attack: one.attack, seconds: forSeconds });
    await sleep(LEAD_MS);
    one.latencies.push(...(await measure(seconds)));
    one.what.push((await attacking).what);
    one.isUp &&= await fetch(new URL('/livez', usher.url)).then(
      ({ ok }) => ok,
      () => false,
    );
    await sleep(REST_MS);
  }
  await Promise.all([pairs.stop(), attacker.stop()]);
} finally {
  // The other processes end with this one.
  await usher.stop();
  await rm(dataDir, { recursive: true, force: true });
}
const highest = Math.max(...usher.memory.map(({ megabytes }) => megabytes));

const at = (latencies: readonly number[], share: number) => ms(percentile(latencies, share));
const lost = (latencies: readonly number[]) =>
  latencies.filter((one) => !Number.isFinite(one)).length;
const calmP99 = percentile(calm, 0.99);
const rows = under.map(({ attack, latencies, isUp }) => {
  const ratio = percentile(latencies, 0.99) / calmP99;
  const isMet = ratio <= MOST && lost(latencies) === 0 && isUp;
  return [
    names[attack],
    at(latencies, 0.5),
    at(latencies, 0.99),
    times(ratio),
    `<= ${MOST} ×`,
    whole(lost(latencies)),
    isMet ? 'met' : 'MISSED',
  ];
});
const sections: Section[] = [
  {
    title: 'Talk under attack',
    how: `${visitors} visitors talk to ${agents} agents, ${rate} messages a second in all (open loop, exponential gaps), after ${WARM_UP_SECONDS} s of warm-up, from a visitor’s publish until the agent’s client has it; measured ${calmSeconds} s before each attack and ${seconds} s during it, all in turns, ${rounds} rounds. Server, those who talk and the attacker are a process each, all over WebSocket, the attacker from many addresses. ${whole(calm.length)} messages while it is calm, ${whole(under[0]?.latencies.length ?? 0)} or so under each attack. Needed as well: none not shown, and a server that answers afterwards. The machine’s load average was ${busyBefore.toFixed(1)} before this began: above its cores, others’ work is in these figures.`,
    columns: ['', 'p50', 'p99', 'p99 to calm', 'needed', 'not shown', 'verdict'],
    rows: [['calm', at(calm, 0.5), at(calm, 0.99), '', '', whole(lost(calm)), ''], ...rows],
  },
  {
    title: 'The attacks',
    how: `What the attacker did in ${seconds + LEAD_MS / 1000} s, of the first round. The server process held ${highest.toFixed(0)} MB at most.`,
    columns: ['attack', 'what it was'],
    rows: under.map(({ attack, what }) => [names[attack], what[0] ?? '']),
  },
];
await report('hostile', sections, ['Files misused', 'What was done with files']);
process.exit();
