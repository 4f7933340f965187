// Measures the time from Qiscus' allocation webhook to our assign_agent call.
import { parseArgs } from 'node:util';
import { type QiscusEmulator, startQiscusEmulator } from '../sandbox/qiscus/emulator.ts';
import { type Server, startServer } from './http-server.ts';
import { openLoop } from './open-loop.ts';
import { percentile } from './statistics.ts';
import { ms, report, type Section, say, times, whole } from './table.ts';
import { openWorld, type World } from './world.ts';
import { insertBareRow, makeBareTable } from './yardsticks.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '30' },
    /** Another checkout is measured with the same load. */
    folder: { type: 'string' },
    name: { type: 'string', default: 'qiscus' },
  },
});
const load = { rate: Number(values.rate), seconds: Number(values.seconds) };

const AGENTS = 50;
const WARM_UP_SECONDS = 4;
const MOST = 20;
const SECRET = 'bench-webhook-secret';
/** What the remote takes to answer. */
const REMOTE_MS = { min: 2, max: 6 };
/** What has not been assigned by then counts as never. */
const STRAGGLE_MS = 3000;

/** Milliseconds since 1970; a room that never got so far has none. */
interface Moments {
  posted: number;
  accepted: number;
  claimed: number;
  firstCall: number;
  assignCall: number;
}

async function measure(world: World): Promise<Section> {
  const qiscus = await startQiscusEmulator({ switches: { latencyMs: REMOTE_MS } });
  for (let n = 1; n <= AGENTS; n += 1) qiscus.addAgent({ name: `Agent ${n}` });
  const server = await startServer('usher', environment(world, qiscus), values.folder);
  try {
    await meet(server, qiscus);
    await makeBareTable(world.db);
    await measureBare(world, 1);
    await send(qiscus, WARM_UP_SECONDS);
    await world.db.query('analyze');
    say('  warm');
    const before = await measureBare(world, load.seconds / 3);
    const first = qiscus.hooks().length;
    await send(qiscus, load.seconds);
    await new Promise((done) => setTimeout(done, STRAGGLE_MS));
    const after = await measureBare(world, load.seconds / 3);
    const rooms = new Set(
      qiscus
        .hooks()
        .slice(first)
        .map(({ roomId }) => roomId),
    );
    return describe([...before, ...after], await collect(world, qiscus, rooms));
  } finally {
    await server.stop();
    await qiscus.close();
  }
}

function environment(world: World, qiscus: QiscusEmulator): Record<string, string> {
  return {
    PORT: '0',
    DATABASE_URL: world.connectionString,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    LOG_LEVEL: 'silent',
    QISCUS_BASE_URL: qiscus.url,
    QISCUS_APP_ID: qiscus.app.appId,
    QISCUS_SECRET: qiscus.app.secretKey,
    QISCUS_EMAIL: qiscus.app.adminEmail,
    QISCUS_PASSWORD: qiscus.app.adminPassword,
    QISCUS_WEBHOOK_SECRET: SECRET,
    QISCUS_MAX_CUSTOMER: '1000',
  };
}

/** Returns once the agents are known, which a room that is given away tells. */
async function meet({ url }: Server, qiscus: QiscusEmulator): Promise<void> {
  qiscus.setWebhooks({
    allocateAgentUrl: `${url}/api/v1/webhook/agent_allocation/${SECRET}`,
    markAsResolvedUrl: `${url}/api/v1/webhook/mark_as_resolved?secret=${SECRET}`,
  });
  const met = new Promise<void>((resolve) => qiscus.onAssigned(() => resolve()));
  qiscus.customerMessage({ userId: 'first', name: 'First', text: 'Hello' });
  await met;
}

let customers = 0;

async function send(qiscus: QiscusEmulator, seconds: number): Promise<void> {
  await openLoop({ ...load, seconds }, async () => {
    customers += 1;
    const userId = `customer-${customers}@example.com`;
    qiscus.customerMessage({ userId, name: 'Customer', text: 'Hello' });
  });
  await qiscus.idle();
}

async function measureBare({ db }: World, seconds: number): Promise<number[]> {
  const latencies: number[] = [];
  await openLoop({ ...load, seconds }, async () => {
    const began = performance.now();
    await insertBareRow(db);
    latencies.push(performance.now() - began);
  });
  return latencies;
}

async function collect(
  { db }: World,
  qiscus: QiscusEmulator,
  rooms: ReadonlySet<string>,
): Promise<Moments[]> {
  const all = new Map<string, Moments>();
  for (const { roomId, kind, at, answeredMs } of qiscus.hooks()) {
    if (!rooms.has(roomId) || kind !== 'agent_allocation' || all.has(roomId)) continue;
    const none = Number.NaN;
    const later = { claimed: none, firstCall: none, assignCall: none };
    all.set(roomId, { posted: at, accepted: at + (answeredMs ?? none), ...later });
  }
  noteCalls(qiscus, all);
  const { rows } = await db.query<{ id: string; at: number }>(
    `select c.external_id as id, extract(epoch from min(a.assigned_at))::float8 * 1000 as at
    from conversation c join assignment a using (workspace_id, conversation_id) group by 1`,
  );
  for (const { id, at } of rows) {
    const room = all.get(id);
    if (room !== undefined) room.claimed = at;
  }
  return [...all.values()];
}

function noteCalls(qiscus: QiscusEmulator, rooms: ReadonlyMap<string, Moments>): void {
  for (const { path, at, query, body } of qiscus.calls()) {
    const named = { ...query, ...(body as object | null) } as Record<string, unknown>;
    const room = rooms.get(String(named.room_id));
    if (room === undefined) continue;
    if (Number.isNaN(room.firstCall)) room.firstCall = at;
    if (path.endsWith('/assign_agent') && Number.isNaN(room.assignCall)) room.assignCall = at;
  }
}

function describe(bare: number[], rooms: Moments[]): Section {
  const done = rooms.filter(({ assignCall }) => !Number.isNaN(assignCall));
  const never = rooms.length - done.length;
  const spread = (from: keyof Moments, to: keyof Moments) =>
    done.map((room) => Math.max(0, room[to] - room[from]));
  const row = (name: string, part: number[]) => [
    name,
    ...[0.5, 0.95, 0.99].map((at) => ms(percentile(part, at))),
    '',
    '',
  ];
  const whole_ = spread('accepted', 'assignCall');
  const against = (at: number) => percentile(whole_, at) / percentile(bare, at);
  const met = (at: number) => (against(at) <= MOST ? 'met' : 'MISSED');
  return {
    title: 'From webhook to assign_agent',
    how: `${whole(load.rate)} new rooms a second (open loop, exponential gaps) for ${load.seconds} s after ${WARM_UP_SECONDS} s of warm-up and an ANALYZE; the emulated Qiscus posts its webhook for each and answers calls after ${REMOTE_MS.min} to ${REMOTE_MS.max} ms. ${AGENTS} agents with room for all. The server is a process of its own; Qiscus, load and yardstick share another. Accepted: our 200 was read; asked: the first call about the room came, which asks whom its channel suits where nobody has told; times of two processes on one machine, to the millisecond. Yardstick: one row inserted and committed at the same rate, before and after. ${whole(rooms.length)} rooms.`,
    columns: ['measured', 'p50', 'p95', 'p99', 'needed', 'verdict'],
    rows: [
      row('accepted to assign_agent', whole_),
      row('– posted to accepted', spread('posted', 'accepted')),
      row('– accepted to claimed', spread('accepted', 'claimed')),
      row('– claimed to asked', spread('claimed', 'firstCall')),
      row('– asked to assign_agent', spread('firstCall', 'assignCall')),
      row('yardstick: one row, one commit', bare),
      [
        'against the yardstick',
        times(against(0.5)),
        times(against(0.95)),
        times(against(0.99)),
        `p50, p99 <= ${MOST} ×`,
        met(0.5) === 'met' ? met(0.99) : 'MISSED',
      ],
      ['never assigned', whole(never), '', '', '0', never === 0 ? 'met' : 'MISSED'],
    ],
  };
}

const world = await openWorld();
try {
  await report(values.name, [await measure(world)]);
} finally {
  await world.close();
}
