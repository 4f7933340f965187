// Measures how long RapidPro waits for a room while the router drains a long queue.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from './http-server.ts';
import { openLoop } from './open-loop.ts';
import { type Caller, makeCaller, startEngine } from './rapidpro-client.ts';
import { percentile } from './statistics.ts';
import { ms, report, type Section, say, target, whole } from './table.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '45' },
    waiting: { type: 'string', default: '10000' },
    closings: { type: 'string', default: '350' },
  },
});
const load = { rate: Number(values.rate), seconds: Number(values.seconds) };
const waiting = Number(values.waiting);
const closingsPerSecond = Number(values.closings);

const TOKEN = 'bench-admin-token-0123456789';
const SECRET = 'PMgASmAH4ktSXG97PMgASmAH4ktSXG97';
const AGENTS = 200;
const CAPACITY = 5;
const AT_ONCE = 16;
const QUIET_SECONDS = 5;
const PAGE = 200;
const CLOSERS = 24;

/** RapidPro's and the admin's roads into one Usher. */
interface Place {
  engine: Caller;
  admin: Caller;
}

interface Measured {
  room: number[];
  check: number[];
  late: number[];
  wrong: number;
}

let tickets = 0;

async function openRoom({ engine }: Pick<Place, 'engine'>): Promise<number> {
  tickets += 1;
  const { status } = await engine.call('GET', '/room', {
    visitor: {
      token: String(10_000 + tickets),
      contactUUID: randomUUID(),
      name: 'Ryan Lewis',
      phone: '+12024561111',
    },
    ticketID: randomUUID(),
  });
  return status;
}

async function connect(url: string, webhookUrl: string): Promise<Place> {
  const admin = makeCaller(url, `Bearer ${TOKEN}`);
  const made = await admin.call('POST', '/api/v1/channels', {
    kind: 'rapidpro',
    name: 'RapidPro',
    secrets: { secret: SECRET },
  });
  if (made.status !== 201) throw new Error(`The channel was not made: ${made.status}`);
  const { id } = made.body as { id: string };
  const engine = makeCaller(`${url}/api/apps/public/${id}`, `Token ${SECRET}`);
  const settings = await engine.call('PUT', '/settings', { webhook: { url: webhookUrl } });
  if (settings.status !== 204) throw new Error(`It was not connected: ${settings.status}`);
  return { engine, admin };
}

async function inParallel(count: number, act: () => Promise<void>): Promise<void> {
  let left = count;
  const work = async () => {
    while (left-- > 0) await act();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function callAgents({ admin }: Place): Promise<void> {
  await inParallel(AGENTS, async () => {
    const body = { name: 'Agent', capacity: CAPACITY, availability: 'online' };
    const { status } = await admin.call('POST', '/api/v1/agents', body);
    if (status !== 201) throw new Error(`An agent was not made: ${status}`);
  });
}

/** Agents end what they hold, at a steady pace; answers how many, once told to stop. */
function startClosing({ admin }: Place): { stop(): Promise<number> } {
  let [stopped, closed] = [false, 0];
  const closeList = async (ids: string[]): Promise<void> => {
    const closer = async () => {
      for (let id = ids.pop(); id !== undefined && !stopped; id = ids.pop()) {
        const began = performance.now();
        const { status } = await admin.call('POST', `/api/v1/conversations/${id}/close`, {});
        if (status === 200) closed += 1;
        const left = (CLOSERS / closingsPerSecond) * 1000 - (performance.now() - began);
        if (left > 0) await new Promise((done) => setTimeout(done, left));
      }
    };
    await Promise.all(Array.from({ length: CLOSERS }, closer));
  };
  const run = async () => {
    while (!stopped) {
      const path = `/api/v1/conversations?state=assigned&limit=${PAGE}`;
      const { items } = (await admin.call('GET', path)).body as { items: { id: string }[] };
      await closeList(items.map(({ id }) => id));
      if (items.length === 0) await new Promise((done) => setTimeout(done, 20));
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      await running;
      return closed;
    },
  };
}

async function measure(place: Place, seconds: number): Promise<Measured> {
  const measured: Measured = { room: [], check: [], late: [], wrong: 0 };
  const timed = async (into: number[], call: () => Promise<number>, wanted: number) => {
    const began = performance.now();
    const status = await call().catch(() => 0);
    into.push(performance.now() - began);
    if (status !== wanted) measured.wrong += 1;
  };
  const check = async () => (await place.engine.call('GET', '/secret.check')).status;
  const timing = { rate: load.rate, seconds };
  const [{ late }] = await Promise.all([
    openLoop(timing, () => timed(measured.room, () => openRoom(place), 200)),
    openLoop(timing, () => timed(measured.check, check, 204)),
  ]);
  return { ...measured, late };
}

async function readFigure({ admin }: Place, name: string): Promise<number> {
  const { body } = await admin.call('GET', '/metrics');
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)`, 'm').exec(String(body))?.[1]);
}

async function measureAll() {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  const engine = await startEngine();
  const server = await startServer('usher', {
    PORT: '0',
    USHER_DATA_DIR: dataDir,
    USHER_ADMIN_TOKEN: TOKEN,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    LOG_LEVEL: 'silent',
  });
  try {
    const place = await connect(server.url, engine.url);
    say('filling the queue');
    await inParallel(waiting, async () => {
      const status = await openRoom(place);
      if (status !== 200) throw new Error(`A room was not opened: ${status}`);
    });
    say('measuring while nothing is routed');
    const quiet = await measure(place, QUIET_SECONDS);
    await callAgents(place);
    const closing = startClosing(place);
    const before = await readFigure(place, 'usher_waiting');
    const assignedBefore = await readFigure(place, 'usher_assignments_total');
    say('measuring while the queue drains');
    const draining = await measure(place, load.seconds);
    const after = await readFigure(place, 'usher_waiting');
    const assigned = (await readFigure(place, 'usher_assignments_total')) - assignedBefore;
    const closed = await closing.stop();
    const told = engine.events();
    place.engine.close();
    place.admin.close();
    return { quiet, draining, before, after, assigned, closed, told };
  } finally {
    await server.stop();
    engine.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function describe(found: Awaited<ReturnType<typeof measureAll>>): Section {
  const { quiet, draining, before, after, assigned, closed, told } = found;
  const spread = (all: number[]) => [0.5, 0.95, 0.99, 1].map((at) => ms(percentile(all, at)));
  const p99 = percentile(draining.room, 0.99);
  const wrong = quiet.wrong + draining.wrong;
  const drained = assigned >= load.rate * load.seconds * 1.5;
  const none = ['', '', ''];
  return {
    title: 'Opening tickets while a queue drains',
    how: `${whole(load.rate)} \`/room\` a second (open loop, exponential gaps; GET with a body over kept-alive connections, each of a contact of its own) for ${load.seconds} s, while ${AGENTS} agents of capacity ${CAPACITY} come to a queue of ${whole(waiting)} and end what they hold by the API, ${whole(closingsPerSecond)} a second at most; each end is told to RapidPro, which answers at once. Usher on its embedded database is a process of its own. Yardstick: \`/secret.check\`, which touches no database, at the same rate at the same time. Quiet: both for ${QUIET_SECONDS} s before any agent comes. ${whole(closed)} conversations were closed and ${whole(told)} closings told; starts were late by ${ms(percentile(draining.late, 0.99))} at the 99th percentile. The machine’s load average was ${(loadavg()[0] ?? 0).toFixed(1)} at the end; a room takes five round trips to the database.`,
    columns: ['measured', 'p50', 'p95', 'p99', 'longest', 'needed', 'verdict'],
    rows: [
      ['/room, draining', ...spread(draining.room), 'p99 <= 50 ms', p99 <= 50 ? 'met' : 'MISSED'],
      ['yardstick, draining', ...spread(draining.check), '', ''],
      ['/room, quiet', ...spread(quiet.room), '', ''],
      ['yardstick, quiet', ...spread(quiet.check), '', ''],
      row('rooms opened meanwhile', whole(draining.room.length)),
      row('other answers', whole(wrong), '0', wrong === 0),
      row('waiting at the start', whole(before)),
      row('waiting at the end', whole(after), 'fewer', after < before),
      row('assigned a second', whole(assigned / load.seconds), 'faster than they come', drained),
    ],
  };

  function row(name: string, measured: string, needed = '', met: boolean | null = null): string[] {
    const [, , , verdict = ''] = met === null ? [] : target(name, needed, measured, met);
    return [name, measured, ...none, needed, verdict];
  }
}

await report('rapidpro', [describe(await measureAll())]);
