// Measures one, two and four processes on one database: what they accept, give and deliver, and who of them did it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { caller, inTurns, TOKEN } from './chat-crowd.ts';
import { type Server, startServer } from './http-server.ts';
import type { ReceiverAnswers, ReceiverOrder } from './receiver-child.ts';
import { median, percentile, sum } from './statistics.ts';
import { ms, report, say, target, times, whole } from './table.ts';
import { openWorld, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
  },
});
const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
const SIZES = [1, 2, 4];
const CONNECTIONS = 48;
const [AGENTS, CAPACITY] = [200, 1000];
const WARM_UP_SECONDS = 3;
/** More nodes on the same cores may not cost more than this. */
const WANTED = 0.8;

interface Outcome {
  accepted: number;
  refused: number;
  rate: number;
  latencies: number[];
  /** Milliseconds from the queue to an agent. */
  waits: number[];
  /** From the first request until the endpoint had the last event. */
  deliveredRate: number;
  /** By node. */
  given: number[];
  delivered: number[];
}

interface Receiver {
  url: string;
  ask(order: ReceiverOrder): Promise<Partial<ReceiverAnswers>>;
}

async function startReceiver(): Promise<Receiver & { stop(): Promise<void> }> {
  const child = fork(join(import.meta.dirname, 'receiver-child.ts'), { stdio: 'inherit' });
  const [{ urls }] = (await once(child, 'message')) as [Pick<ReceiverAnswers, 'urls'>];
  const ask = async (order: ReceiverOrder) => {
    child.send(order);
    const [answer] = (await once(child, 'message')) as [Partial<ReceiverAnswers>];
    return answer;
  };
  return {
    url: urls.well,
    ask,
    stop: async () => {
      child.send('stop');
      await once(child, 'exit');
    },
  };
}

async function startNodes(world: World, count: number): Promise<Server[]> {
  const start = () =>
    startServer('usher', {
      DATABASE_URL: world.connectionString,
      ...{ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent', USHER_ADMIN_TOKEN: TOKEN },
      USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    });
  // The schema is made by one, before the others look.
  const first = await start();
  const others = await Promise.all(Array.from({ length: count - 1 }, start));
  return [first, ...others];
}

/** Answers the path of the channel. */
async function fillHouse(url: string, receiver: string): Promise<string> {
  const call = caller(url);
  await inTurns(AGENTS, (nth) =>
    call(
      'POST',
      '/api/v1/agents',
      { name: `Desk ${nth}`, capacity: CAPACITY, availability: 'online' },
      TOKEN,
    ),
  );
  const endpoint = { url: receiver, events: ['conversation.assigned'] };
  await call('POST', '/api/v1/endpoints', endpoint, TOKEN);
  const channel = { kind: 'api', name: 'Bench' };
  const { id } = (await call('POST', '/api/v1/channels', channel, TOKEN)) as { id: string };
  return `/api/v1/channels/${id}/conversations`;
}

/** Each connection goes to one node and opens the next conversation when the last was answered. */
async function openAll(
  nodes: readonly Server[],
  { path, forSeconds, from }: { path: string; forSeconds: number; from: string },
) {
  const pools = nodes.map(
    ({ url }) => new Pool(url, { connections: CONNECTIONS / nodes.length, pipelining: 1 }),
  );
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const latencies: number[] = [];
  let [nth, refused] = [0, 0];
  const until = performance.now() + forSeconds * 1000;
  const open = async (pool: Pool): Promise<void> => {
    while (performance.now() < until) {
      const externalId = `${from}-${nth++}`;
      const began = performance.now();
      const { statusCode, body } = await pool.request({
        ...{ method: 'POST', path, headers },
        body: JSON.stringify({ externalId, contact: { externalId } }),
      });
      await body.dump();
      if (statusCode === 201) latencies.push(performance.now() - began);
      else refused += 1;
    }
  };
  const connections = Array.from({ length: CONNECTIONS }, (_, index) =>
    open(pools[index % pools.length] as Pool),
  );
  await Promise.all(connections);
  await Promise.all(pools.map((pool) => pool.close()));
  return { latencies, refused };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const late = performance.now() + 120_000;
  while (!(await holds())) {
    if (performance.now() > late) throw new Error('Not all was given and delivered in time.');
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** The sum of a metric's lines whose labels match. */
async function readMetric({ url }: Server, name: RegExp): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  return sum(
    text
      .split('\n')
      .filter((line) => name.test(line))
      .map((line) => Number(line.split(' ').at(-1))),
  );
}

const readWork = (nodes: readonly Server[]) =>
  Promise.all(
    nodes.map(async (node) => ({
      given: await readMetric(node, /^usher_assignments_total /),
      delivered: await readMetric(node, /^usher_delivery_seconds_count\{/),
    })),
  );

async function measure(count: number, receiver: Receiver): Promise<Outcome> {
  const world = await openWorld();
  const nodes = await startNodes(world, count);
  try {
    const path = await fillHouse((nodes[0] as Server).url, receiver.url);
    const isCalm = (opened: number) => async () => {
      const { rows } = await world.db.query<{ given: number }>(
        `select count(*)::int as given from conversation where state = 'assigned'`,
      );
      return rows[0]?.given === opened && (await receiver.ask('count')).count === opened;
    };
    await receiver.ask('forget');
    const warm = await openAll(nodes, { path, forSeconds: WARM_UP_SECONDS, from: 'warm' });
    await until(isCalm(warm.latencies.length));
    const before = await readWork(nodes);
    const began = performance.now();
    const { latencies, refused } = await openAll(nodes, { path, forSeconds: seconds, from: 'c' });
    const took = (performance.now() - began) / 1000;
    await until(isCalm(warm.latencies.length + latencies.length));
    const calmAfter = (performance.now() - began) / 1000;
    const after = await readWork(nodes);
    const { rows } = await world.db.query<{ wait: number }>(
      `select extract(epoch from assigned_at - queued_at)::float8 * 1000 as wait from conversation
       where external_id like 'c-%'`,
    );
    const more = (of: 'given' | 'delivered') =>
      after.map((work, nth) => work[of] - (before[nth]?.[of] ?? 0));
    return {
      ...{ accepted: latencies.length, refused, rate: latencies.length / took, latencies },
      waits: rows.map(({ wait }) => wait),
      deliveredRate: latencies.length / calmAfter,
      ...{ given: more('given'), delivered: more('delivered') },
    };
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    await world.close();
  }
}

const outcomes = new Map<number, Outcome[]>(SIZES.map((size) => [size, []]));
const receiver = await startReceiver();
for (let round = 0; round < rounds; round += 1) {
  for (const size of round % 2 === 0 ? SIZES : SIZES.toReversed()) {
    const outcome = await measure(size, receiver);
    outcomes.get(size)?.push(outcome);
    say(`  ${size}: ${whole(outcome.rate)}/s, given by ${outcome.given.map(whole).join(', ')}`);
  }
}
await receiver.stop();

const of = (size: number, read: (outcome: Outcome) => number) =>
  median((outcomes.get(size) ?? []).map(read));
const alone = of(1, ({ rate }) => rate);
const both = (read: (outcome: Outcome) => number[]) => (outcome: Outcome, at: number) =>
  percentile(read(outcome), at);
const [answer, wait] = [both(({ latencies }) => latencies), both(({ waits }) => waits)];
const shares = (size: number, read: (outcome: Outcome) => number[]) => {
  const [last] = (outcomes.get(size) ?? []).slice(-1);
  const all = last === undefined ? [] : read(last);
  return all.map((part) => `${Math.round((100 * part) / Math.max(1, sum(all)))} %`).join(', ');
};
const refused = sum([...outcomes.values()].flat().map((outcome) => outcome.refused));

await report('nodes', [
  {
    title: 'One, two and four processes on one database',
    how: `Conversations are opened on an API channel over ${CONNECTIONS} kept-alive connections, shared out among the processes, for ${seconds} s after ${WARM_UP_SECONDS} s of warm-up; ${whole(AGENTS)} agents have room for all, and each assignment is told to an endpoint. ${rounds} rounds in turns, medians; each on a fresh database. Delivered/s: until the endpoint had the last. Work: of the last round. Processes, database, load and endpoint share the cores, so more processes cannot do more here: this shows what their company costs.`,
    columns: [
      ...['processes', 'accepted/s', 'against one', 'needed', 'verdict', 'answer p50 / p99'],
      ...['queue to agent p50 / p99', 'delivered/s', 'given by', 'delivered by'],
    ],
    rows: SIZES.map((size) => {
      const rate = of(size, (outcome) => outcome.rate);
      const pair = (read: (outcome: Outcome, at: number) => number) =>
        [0.5, 0.99].map((at) => ms(of(size, (outcome) => read(outcome, at)))).join(' / ');
      const [, , ...judged] = target('', `>= ${WANTED} ×`, '', rate / alone >= WANTED);
      return [
        ...[String(size), whole(rate), times(rate / alone)],
        ...(size === 1 ? ['', ''] : [`>= ${WANTED} ×`, judged.at(-1) ?? '']),
        ...[pair(answer), pair(wait), whole(of(size, (outcome) => outcome.deliveredRate))],
        shares(size, (outcome) => outcome.given),
        shares(size, (outcome) => outcome.delivered),
      ];
    }),
  },
  {
    title: 'What was refused',
    how: 'Answers other than 201, over all rounds.',
    columns: ['measured', 'needed', 'is', 'verdict'],
    rows: [target('refused', '0', whole(refused), refused === 0)],
  },
]);
