// Conversations that go to and fro while servers die, receivers misbehave and the clock runs ahead.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { request } from 'undici';
import { makeRandom, type Random } from '../../sandbox/qiscus/random.ts';
import type { Behaviour } from '../../sandbox/receiver/behaviour.ts';
import type { ReceivedRequest } from '../../sandbox/receiver/received-request.ts';
import type { Receiver } from '../../sandbox/receiver/start-receiver.ts';
import { TOKEN } from '../makers/start-test-usher.ts';
import type { ServerProcess } from './server-process.ts';

export interface Storm {
  /** Verbs that were answered. */
  told: number;
  /** All kills. */
  struck: number;
  /** Kills after which something was left half sent. */
  kills: number;
  /** How often a receiver was away. */
  outages: number;
}

export interface StormOptions {
  pool: Pool;
  servers: ServerProcess[];
  receivers: Receiver[];
  /** Those that refuse connections now. */
  away: Set<Receiver>;
  agentIds: readonly [string, string];
  /** Opens a conversation and answers its id. */
  open: () => Promise<string>;
  conversations: number;
  /** How often each goes back to the queue. */
  requeues: number;
  kills: number;
  seed: number;
  withinMs: number;
  /** Something else that breaks half-way, while all servers live. */
  halfWay: () => Promise<void>;
}

const TELLERS = 12;
const AGAIN_AFTER_MS = 40;
const SLOWLY_MS = 300;

export async function raiseStorm(options: StormOptions): Promise<Storm> {
  const storm: Storm = { told: 0, struck: 0, kills: 0, outages: 0 };
  const random = makeRandom(options.seed);
  const over = new AbortController();
  const isOver = () => over.signal.aborted;
  const all = Promise.all([
    tellAll(options, { storm, random }),
    killAndRestart(options, { storm, random }),
  ]).finally(() => over.abort());
  const outages = comeAndGo(options, { storm, random, isOver });
  const late = sleep(options.withinMs, 'late', { ref: false });
  if ((await Promise.race([all, late])) === 'late') {
    over.abort();
    throw new Error(`It took longer than ${options.withinMs} ms: ${JSON.stringify(storm)}`);
  }
  await outages;
  return storm;
}

function verbsOf({ requeues, agentIds }: StormOptions, n: number): [string, object][] {
  const transfer: [string, object] = ['transfer', { agentId: agentIds[n % 2 === 0 ? 0 : 1] }];
  const requeue: [string, object] = ['requeue', { reason: 'not mine' }];
  return [...Array<typeof requeue>(requeues).fill(requeue), transfer, ['close', { note: 'Bye.' }]];
}

/** Slower past each mark until the server has been killed that is due there, but never silent. */
async function tellAll(
  options: StormOptions,
  { storm, random }: { storm: Storm; random: Random },
): Promise<void> {
  const total = options.conversations * (options.requeues + 2);
  const stretch = total / (options.kills + 1);
  let begun = 0;
  const teller = async (): Promise<void> => {
    while (begun < options.conversations) {
      const n = ++begun;
      const id = await options.open();
      for (const [verb, body] of verbsOf(options, n)) {
        if (storm.told > (storm.struck + 1.5) * stretch) await sleep(SLOWLY_MS);
        await act(options, random, { id, verb, body });
        storm.told += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: TELLERS }, teller));
}

/** To any of the servers, again and again until one takes it; an answer may get lost. */
async function act(
  { servers }: StormOptions,
  random: Random,
  { id, verb, body }: { id: string; verb: string; body: object },
): Promise<void> {
  for (;;) {
    const path = `/api/v1/conversations/${id}/${verb}`;
    const status = await post(`${random.pick(servers)?.url}${path}`, body).catch(() => null);
    // 409: nobody has it yet, or it was closed by a call whose answer was lost.
    if (status === 200 || (status === 409 && verb === 'close')) return;
    if (status !== null && status < 500 && status !== 409) throw new Error(`${verb}: ${status}`);
    await sleep(random.between(1, AGAIN_AFTER_MS));
  }
}

async function post(url: string, body: object): Promise<number> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(body),
    headersTimeout: 15_000,
  });
  await answer.body.dump();
  return answer.statusCode;
}

async function killAndRestart(
  options: StormOptions,
  { storm, random }: { storm: Storm; random: Random },
): Promise<void> {
  const { servers, kills, conversations, requeues } = options;
  const total = conversations * (requeues + 2);
  for (let next = 1; next <= kills; next += 1) {
    while (storm.told < (next * total) / (kills + 1)) await sleep(5);
    // All must live through the other thing: a server that starts without a database ends again.
    await Promise.all(servers.map((server) => server.ready()));
    if (next === Math.ceil(kills / 2)) {
      await options.halfWay();
      await Promise.all(servers.map((server) => server.ready()));
    }
    await sleep(random.between(0, 150));
    await whileAllSend(options);
    const server = random.pick(servers);
    await server?.kill();
    storm.struck += 1;
    if (await isAnythingOrphaned(options.pool)) storm.kills += 1;
    await sleep(random.between(0, 300));
    server?.start();
  }
  await Promise.all(servers.map((server) => server.ready()));
}

/** Waits a moment for each server to be sending something, so that a kill finds it at work. */
async function whileAllSend({ pool, servers }: StormOptions): Promise<void> {
  const until = Date.now() + 5000;
  while (Date.now() < until) {
    const { rows } = await pool.query<{ node_id: string }>(
      `select distinct c.node_id from delivery_claim c, unnest(c.delivery_ids, c.attempts)
        as u(delivery_id, attempts) join delivery d using (delivery_id, attempts)
      where d.state = 'pending'`,
    );
    if (rows.length >= servers.length) return;
    await sleep(1);
  }
}

/** Whether somebody who is dead was sending something. */
async function isAnythingOrphaned(pool: Pool): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from delivery_claim c, unnest(c.delivery_ids, c.attempts) as u(delivery_id, attempts)
    join delivery d using (delivery_id, attempts)
    where d.state = 'pending' and not exists (select from pg_locks l
      where l.locktype = 'advisory' and (l.classid::bigint << 32 | l.objid::bigint) = c.node_id) limit 1`,
  );
  return (rowCount ?? 0) > 0;
}

/** One of the receivers after the other refuses connections for a moment. */
async function comeAndGo(
  { receivers, away }: StormOptions,
  { storm, random, isOver }: { storm: Storm; random: Random; isOver: () => boolean },
): Promise<void> {
  while (!isOver()) {
    await sleep(random.between(1000, 3000));
    const receiver = random.pick(receivers);
    if (receiver === undefined) return;
    away.add(receiver);
    await receiver.goDown();
    storm.outages += 1;
    await sleep(random.between(100, 700));
    await receiver.comeBack();
    away.delete(receiver);
  }
}

/**
 * Lets what waits for its retry come due at once. It stands still while somebody is away: ten attempts
 * in one outage, which nobody's real clock allows, would be the end of a delivery.
 */
export function runClock(pool: Pool, away: ReadonlySet<Receiver>): { stop(): Promise<void> } {
  let stopped = false;
  const run = async (): Promise<void> => {
    while (!stopped) {
      await sleep(250);
      if (away.size > 0) continue;
      // Cut connections and deadlocks are part of the weather.
      await pool
        .query(
          `update delivery set due_at = due_at - interval '25 hours', behind_until = null
          where state = 'pending' and event_id is not null
            and greatest(due_at, behind_until) > clock_timestamp() + interval '1 second'`,
        )
        .catch(() => {});
    }
  };
  const running = run();
  return {
    stop: () => {
      stopped = true;
      return running;
    },
  };
}

const faults: Behaviour[] = [
  { status: 500 },
  { status: 302 },
  { status: 429, retryAfter: 2 },
  { status: 503 },
  { fault: 'reset' },
  { fault: 'half-headers' },
  { fault: 'half-body' },
];

/** Fails a fifth of the requests in every way there is, and hangs on each `hangEvery`th. */
export function makeMoods({ seed, hangEvery }: { seed: number; hangEvery: number }) {
  const random = makeRandom(seed);
  let requests = 0;
  return ({ time }: ReceivedRequest): Behaviour => {
    requests += 1;
    if (requests % hangEvery === Math.floor(hangEvery / 2)) return { fault: 'hang' };
    // Once only: four refusals of one event would take it out of the order.
    if (time === 1 && random.chance(0.02)) return { status: 400 };
    if (random.chance(0.2)) return random.pick(faults) ?? { status: 500 };
    if (random.chance(0.05)) return { status: 200, afterMs: random.between(50, 400) };
    if (random.chance(0.02)) return { fault: 'trickle', everyMs: 5, bytes: 20 };
    return { status: 200 };
  };
}
