// Agents with several browsers each on two nodes, whose lines break, fall silent and come back; and what that allows, told by itself.
import { onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startUsher } from '../../src/main.ts';
import { withRoutingLock } from '../../src/store/tx.ts';
import { eventually, startTestUsher, type TestUsher, TOKEN } from '../makers/start-test-usher.ts';
import { watchErrors } from '../makers/watch-errors.ts';
import { connectWeb, type WebClient } from '../makers/web-client.ts';

export const LEASE_MS = 30_000;
/** After the last browser of an agent is gone. */
export const GRACE_MS = 10_000;
export const LEAVE_GRACE_MS = 45_000;
/** Of a phone, whether its line is there or not. */
export const ASLEEP_MS = 70_000;
const BEAT_EVERY_MS = LEASE_MS / 2;
const BREAKS_PER_STEP = 1 / 30;
/** All lines of an agent at once. */
const OUTAGES_PER_STEP = 1 / 75;
const MOST_BREAK_MS = 60_000;
export const MOST_OUTAGE_MS = 150_000;
/** As exactly as a node knows the time of the database; the record has whole milliseconds. */
export const CLOCK_MS = 5;

/** What happened at one moment between `from` and `to`, by the database's clock. */
type Moment = { from: number; to: number };
export type Fact = Moment & { kind: 'beat' | 'left' };

export interface Browser {
  node: 0 | 1;
  isPhone: boolean;
  /** In the order in which they happened. */
  facts: Fact[];
  client: WebClient | null;
  /** Connected, and nothing arrives. */
  isSilent: boolean;
  beatsAt: number;
  /** Until then it does not try to connect. */
  backAt: number;
}

export interface Worker {
  agentId: string;
  token: string;
  browsers: Browser[];
}

export type PresenceWorld = Awaited<ReturnType<typeof makePresenceWorld>>;

export async function makePresenceWorld(options: {
  agents: number;
  browsers: number;
  random: () => number;
}) {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: String(LEASE_MS) });
  const urls = [usher.url, await startPeer(usher)] as const;
  const policy = {
    whenAgentLeaves: 'requeue',
    ...{ leaveGraceSeconds: LEAVE_GRACE_MS / 1000, asleepSeconds: ASLEEP_MS / 1000 },
  };
  const now = (await usher.call('GET', '/api/v1/policy')).body as { policy: object };
  const put = await usher.call('PUT', '/api/v1/policy', { body: { ...now.policy, ...policy } });
  if (put.status !== 200) throw new Error(put.text);
  const workers: Worker[] = [];
  for (let nth = 0; nth < options.agents; nth += 1) {
    const [name, hasPhone] = [`Agent ${nth}`, nth % 2 === 0];
    workers.push(await hire(usher, { name, hasPhone, browsers: options.browsers }));
  }
  const { rows } = await usher.database.pool.query('select workspace_id as id from workspace');
  return {
    ...{ usher, workers, random: options.random, workspaceId: rows[0].id as string },
    instant: () => readInstant(usher),
    connect: (worker: Worker, browser: Browser) => connect(urls, worker, browser),
  };
}

/** A second node on the same database and the same clock. */
async function startPeer(usher: TestUsher): Promise<string> {
  const errors = watchErrors();
  const config = readConfig({
    ...{ USHER_DATA_DIR: usher.dataDir, PORT: '0', DATABASE_URL: usher.database.url },
    ...{ USHER_ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'silent', USHER_SWEEP_MS: '60000' },
    ATTENDANT_KEEP_ALIVE_TIME: String(LEASE_MS),
  });
  const peer = await startUsher(config, errors.log, { clock: usher.clock });
  onTestFinished(async () => {
    await peer.stop();
    errors.check();
  });
  return peer.url;
}

async function hire(
  { call }: TestUsher,
  { name, hasPhone, browsers }: { name: string; hasPhone: boolean; browsers: number },
): Promise<Worker> {
  const made = await call('POST', '/api/v1/agents', { body: { name, capacity: 3 } });
  const { id: agentId } = made.body as { id: string };
  const body = { name, role: 'agent', agentId };
  const { token } = (await call('POST', '/api/v1/tokens', { body })).body as { token: string };
  const fresh = { client: null, isSilent: false, beatsAt: 0, backAt: 0 };
  const open = (_: unknown, nth: number): Browser => ({
    ...{ ...fresh, node: nth % 2 === 0 ? 0 : 1, isPhone: hasPhone && nth === 0, facts: [] },
  });
  return { agentId, token, browsers: Array.from({ length: browsers }, open) };
}

async function readInstant({ database }: TestUsher): Promise<number> {
  const { rows } = await database.pool.query(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as now',
  );
  return rows[0].now;
}

async function connect(
  urls: readonly [string, string],
  { token }: Worker,
  browser: Browser,
): Promise<void> {
  const answer = await fetch(new URL('/api/v1/session/mqtt', urls[browser.node]), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  const login = (await answer.json()) as { url: string; clientId: string };
  const url = login.url.replace(new URL(login.url).host, new URL(urls[browser.node]).host);
  browser.client = await connectWeb({ ...login, url });
  browser.isSilent = false;
}

/** Those lines break, fall silent or come back whose turn it is, and whoever is due sends a sign of life. */
export async function takeStep(world: PresenceWorld, { calm }: { calm: boolean }): Promise<void> {
  const from = await world.instant();
  const turns = world.workers.flatMap((worker) => {
    const isOutage = !calm && world.random() < OUTAGES_PER_STEP;
    const outageMs = isOutage ? world.random() * MOST_OUTAGE_MS : null;
    return worker.browsers.map((browser) => {
      const breaks = !calm && world.random() < BREAKS_PER_STEP;
      const breaksForMs = outageMs ?? (breaks ? world.random() * MOST_BREAK_MS : null);
      return turn(world, { worker, browser, from, breaksForMs });
    });
  });
  await Promise.all(turns);
}

async function turn(
  world: PresenceWorld,
  args: Turn & { breaksForMs: number | null },
): Promise<void> {
  const { worker, browser, from, breaksForMs } = args;
  if (browser.client === null) {
    if (browser.backAt > from) return;
    await world.connect(worker, browser);
    return beat(world, args);
  }
  // The page notices that its line is dead, and makes a new one.
  if (browser.isSilent) return browser.backAt <= from ? hangUp(world, args) : undefined;
  if (breaksForMs !== null) return breakLine(world, args, breaksForMs);
  if (browser.beatsAt <= from) await beat(world, args);
}

type Turn = { worker: Worker; browser: Browser; from: number };

async function beat(world: PresenceWorld, { worker, browser, from }: Turn): Promise<void> {
  const isFirst = worker.browsers.every(({ facts }) => facts.length === 0);
  const { isPhone: sleeps } = browser;
  const said = { attendantInfo: { id: worker.agentId }, renews: !isFirst, sleeps };
  await browser.client?.say('server/attendants/online', said);
  await untilHeard(world, { worker, from });
  const to = await world.instant();
  browser.facts.push({ kind: 'beat', from, to });
  browser.beatsAt = to + BEAT_EVERY_MS;
}

/**
 * It is acknowledged before it is written, and time that is moved in between would look like a node that hung. A browser
 * that leaves meanwhile may take from the lease, but those that were heard of give it back.
 */
async function untilHeard(
  { usher }: PresenceWorld,
  { worker, from }: Pick<Turn, 'worker' | 'from'>,
) {
  const sql = `select from agent where agent_id = $1 and lease_until >= to_timestamp($2 / 1000.0)`;
  const values = [worker.agentId, from + LEASE_MS - CLOCK_MS];
  await eventually(
    () => usher.database.pool.query(sql, values),
    ({ rowCount }) => rowCount === 1,
  );
}

/** Not in the midst of a pass or of a sign of life: it would look as if the node had hung. */
export async function passTime({ usher, workspaceId }: PresenceWorld, ms: number): Promise<void> {
  await withRoutingLock(usher.database.pool, workspaceId, () => usher.clock.advance(ms));
}

/** Closed, which the server sees, or silent, which it does not. */
async function breakLine(world: PresenceWorld, args: Turn, forMs: number): Promise<void> {
  const { browser, from } = args;
  browser.backAt = from + forMs;
  if (world.random() < 0.5) browser.isSilent = true;
  else await hangUp(world, args);
}

async function hangUp({ instant }: PresenceWorld, { browser, from }: Turn): Promise<void> {
  await browser.client?.close();
  browser.client = null;
  browser.isSilent = false;
  browser.facts.push({ kind: 'left', from, to: await instant() });
}
