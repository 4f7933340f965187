// Servers and databases that die at any moment: what was answered 200 exists once, and Qiscus agrees.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { countOverCapacity } from '../../sandbox/qiscus/count-over-capacity.ts';
import { type QiscusEmulator, startQiscusEmulator } from '../../sandbox/qiscus/emulator.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { findFreePort, type ServerProcess, spawnUsher } from '../makers/spawn-usher.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const SIZE = long ? { rooms: 5000, kills: 50, agents: 60 } : { rooms: 400, kills: 5, agents: 20 };
const CAPACITY = 4;
const SECRET = 'webhook-secret';

function environmentFor(qiscus: QiscusEmulator): Record<string, string> {
  return {
    USHER_ADMIN_TOKEN: TOKEN,
    QISCUS_BASE_URL: qiscus.url,
    QISCUS_APP_ID: qiscus.app.appId,
    QISCUS_SECRET: qiscus.app.secretKey,
    QISCUS_WEBHOOK_SECRET: SECRET,
    QISCUS_MAX_CUSTOMER: String(CAPACITY),
    QISCUS_SYNC_BUSY_MS: '1000',
    QISCUS_SYNC_CALM_MS: '1000',
    USHER_SWEEP_MS: '300',
  };
}

type Post = (path: string, body: object) => Promise<void>;

/** Posts until somebody answers 200, as Qiscus does with the customer's next message. */
function makePoster(urls: () => string[]) {
  let inFlight = 0;
  const post = async (path: string, body: object): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      const all = urls();
      const url = all[attempt % all.length];
      inFlight += 1;
      const answer = await fetch(`${url}/api/v1/webhook/${path}/${SECRET}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(5000),
      }).catch(() => null);
      inFlight -= 1;
      if (answer?.status === 200) return;
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  return { post, inFlight: () => inFlight };
}

function startResolving(
  qiscus: QiscusEmulator,
  post: (path: string, body: object) => Promise<void>,
) {
  const pending: Promise<void>[] = [];
  qiscus.onAssigned(({ roomId, agentId }) => {
    const resolve = async () => {
      await new Promise((done) => setTimeout(done, 20 + Math.random() * 100));
      qiscus.resolveByHand({ roomId, by: agentId });
      const id = qiscus.room(roomId)?.services.at(-1)?.id;
      const service = { id, room_id: roomId, is_resolved: true, source: 'qiscus', notes: null };
      const person = { id: agentId, name: 'Agent', type: 'agent' };
      await post('mark_as_resolved', { customer: { user_id: 'c' }, resolved_by: person, service });
    };
    pending.push(resolve());
  });
  return pending;
}

/** Sixteen at a time, but never further than `allowed`: the kills are to fall among them. */
async function sendRooms(
  qiscus: QiscusEmulator,
  args: { post: Post; count: number; allowed: () => number },
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < args.count) {
      if (next >= args.allowed()) {
        await new Promise((done) => setTimeout(done, 5));
        continue;
      }
      next += 1;
      const customer = { userId: `c${next}@example.com`, name: `Customer ${next}` };
      const { roomId } = qiscus.customerMessage({ ...customer, text: 'Hi' });
      const body = {
        app_id: qiscus.app.appId,
        room_id: roomId,
        source: 'qiscus',
        email: customer.userId,
      };
      await args.post('agent_allocation', body);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

test(`${SIZE.kills} servers killed during ${SIZE.rooms} webhooks: nothing is lost, doubled or over capacity`, async () => {
  const { url, pool } = await makeDatabase();
  const qiscus = await startQiscusEmulator({ switches: { latencyMs: { min: 2, max: 30 } } });
  onTestFinished(() => qiscus.close());
  for (let n = 1; n <= SIZE.agents; n += 1) qiscus.addAgent({ name: `Agent ${n}` });
  const environment = { ...environmentFor(qiscus), DATABASE_URL: url };
  const servers: ServerProcess[] = [];
  for (let n = 0; n < 2; n += 1) servers.push(await spawnUsher(await findFreePort(), environment));
  onTestFinished(async () => {
    await Promise.all(servers.map((server) => server.kill()));
  });
  const poster = makePoster(() => servers.map((server) => server.url));
  const resolving = startResolving(qiscus, poster.post);

  let hits = 0;
  let released = 0;
  const allowed = () => released;
  const sent = sendRooms(qiscus, { post: poster.post, count: SIZE.rooms, allowed });
  for (let kill = 0; kill < SIZE.kills; kill += 1) {
    released += Math.floor(SIZE.rooms / SIZE.kills);
    await new Promise((done) => setTimeout(done, Math.random() * 40));
    const index = Math.floor(Math.random() * servers.length);
    const victim = servers[index] as ServerProcess;
    if (poster.inFlight() > 0 && victim.alive()) hits += 1;
    await victim.kill();
    servers[index] = await spawnUsher(victim.port, environment);
  }
  released = SIZE.rooms;
  await sent;
  // A run in which no kill met a request would show nothing.
  expect(hits).toBeGreaterThanOrEqual(SIZE.kills / 2);

  await eventually(
    () => qiscus.rooms().filter(({ isResolved }) => !isResolved).length,
    (open) => open === 0,
    60_000,
  );
  await Promise.all(resolving);
  // A webhook sent again after the room was resolved makes a conversation that Qiscus never accepts
  // an agent for, and that is closed.
  const { rows } = await pool.query<{ room: string; state: string; count: number }>(
    `select external_id as room, min(state) as state,
      (count(*) filter (where confirmed_at is not null))::integer as count
    from conversation group by external_id`,
  );
  expect(rows.length).toBe(SIZE.rooms);
  expect(rows.filter(({ state, count }) => state !== 'closed' || count > 1)).toEqual([]);
  expect(qiscus.assignments().filter(({ replaced }) => replaced !== null)).toEqual([]);
  const perRoom = new Set(qiscus.assignments().map(({ roomId }) => roomId));
  expect([perRoom.size, qiscus.assignments().length]).toEqual([SIZE.rooms, SIZE.rooms]);
  expect(countOverCapacity(qiscus, CAPACITY)).toBe(0);
  const load = async () =>
    (
      await pool.query<{ load: number }>(
        'select coalesce(sum(load), 0)::integer as load from agent',
      )
    ).rows[0]?.load;
  await eventually(load, (sum) => sum === 0);
}, 1_200_000);

test('a database that crashes takes nothing with it that was answered', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-crash-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const qiscus = await startQiscusEmulator();
  onTestFinished(() => qiscus.close());
  qiscus.addAgent({ name: 'Agent' });
  const environment = { ...environmentFor(qiscus), USHER_DATA_DIR: dataDir };
  let server = await spawnUsher(await findFreePort(), environment);
  onTestFinished(async () => {
    await server.stop();
  });
  const answered: string[] = [];
  let crashed = false;
  const send = async () => {
    for (let n = 0; !crashed; n += 1) {
      const body = { app_id: qiscus.app.appId, room_id: `room-${n}`, source: 'qiscus' };
      const path = `${server.url}/api/v1/webhook/agent_allocation/${SECRET}`;
      const request = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
      const answer = await fetch(path, request).catch(() => null);
      if (answer?.status === 200) answered.push(`room-${n}`);
    }
  };
  const sending = send();
  await eventually(
    () => answered.length,
    (count) => count > 50,
  );
  const pidFile = join(dataDir, 'postgres', 'cluster', 'data', 'postmaster.pid');
  const [pid] = (await readFile(pidFile, 'utf8')).split('\n');
  // What pg_ctl stop -m immediate sends: the server goes without a word and without a checkpoint.
  process.kill(Number(pid), 'SIGQUIT');

  expect(await server.ended).toBe(1);
  crashed = true;
  await sending;
  server = await spawnUsher(server.port, environment);

  const known = new Set<string>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const answer: Response = await fetch(
      `${server.url}/api/v1/conversations?limit=200&cursor=${cursor}`,
      {
        headers: { authorization: `Bearer ${TOKEN}` },
      },
    );
    const page = (await answer.json()) as {
      items: { externalId: string }[];
      nextCursor: string | null;
    };
    for (const { externalId } of page.items) known.add(externalId);
    cursor = page.nextCursor;
  }
  expect(answered.filter((room) => !known.has(room))).toEqual([]);
}, 60_000);
