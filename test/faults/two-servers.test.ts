// Two servers on one database: they start together, and one takes over what the other was sending when it died.
import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { startQiscusEmulator } from '../../sandbox/qiscus/emulator.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';
import { qiscusEnvironment, sendAllocation } from './qiscus-world.ts';
import { startServerProcess } from './server-process.ts';

for (const given of ['with', 'without']) {
  test(`two servers that start at the same moment on a fresh database both come up, ${given} a token in the environment`, async () => {
    const { pool, url } = await makeDatabase({ empty: true });
    const environment = {
      DATABASE_URL: url,
      QISCUS_APP_ID: 'test-app',
      QISCUS_SECRET: 'test-secret-key',
      QISCUS_BASE_URL: 'http://127.0.0.1:9',
      ...(given === 'without' ? { USHER_ADMIN_TOKEN: '' } : {}),
    };
    const servers = await Promise.all([
      startServerProcess(environment),
      startServerProcess(environment),
    ]);
    await Promise.all(servers.map((server) => server.ready()));

    const count = async (table: string) =>
      (await pool.query<{ count: number }>(`select count(*) from ${table}`)).rows[0]?.count;
    // The channel of the environment, and the web chat that is always there.
    const counts = { workspace: 1, policy: 1, channel: 2, token: 1 };
    for (const [table, expected] of Object.entries(counts)) {
      expect(await count(table), table).toBe(expected);
    }
  }, 120_000);
}

test('a server comes up while others tell it news all the time', async () => {
  const { pool, url } = await makeDatabase();
  const tell = () =>
    pool.query(`select pg_notify('usher_wake', $1) from generate_series(1, 20)`, [
      JSON.stringify({ workspaceId: DEFAULT_WORKSPACE, what: 'routing', from: Math.random() }),
    ]);
  let over = false;
  const telling = (async () => {
    while (!over) await tell();
  })();
  const server = await startServerProcess({ DATABASE_URL: url });
  await server.ready().finally(() => {
    over = true;
  });
  await telling;
  expect(server.isAlive()).toBe(true);
}, 120_000);

/** Which server is sending, counted in the order of their starts, and when its claim would end by itself. */
const SENDING = `select n.place::integer, c.claimed_until as until from delivery_claim c
  cross join unnest(c.delivery_ids, c.attempts) as u(delivery_id, attempts)
  join delivery d on d.delivery_id = u.delivery_id and d.attempts = u.attempts
  join pg_locks l on l.locktype = 'advisory' and l.granted and (l.classid::bigint << 32 | l.objid::bigint) = c.node_id
  join (select pid, row_number() over (order by backend_start) - 1 as place from pg_stat_activity
    where application_name = 'usher-node' and datname = current_database()) n on n.pid = l.pid`;
const MOMENT_MS = 10_000;

test('what a killed server was sending is taken over by the other long before the claim ends, and done once', async () => {
  const { pool, url } = await makeDatabase();
  // The call takes effect, and nobody ever learns of it: for ten seconds, which is how long it is waited for.
  const qiscus = await startQiscusEmulator({
    switches: { applyThenHang: 1, faultPaths: ['assign_agent'] },
  });
  onTestFinished(() => qiscus.close());
  qiscus.addAgent({ name: 'Ana' });
  const environment = qiscusEnvironment(qiscus, url);
  const first = await startServerProcess(environment);
  await first.ready();
  const second = await startServerProcess(environment);
  await second.ready();
  const known = async () => (await pool.query('select from agent_identity')).rowCount;
  await eventually(known, (count) => count === 1);
  const { roomId } = qiscus.customerMessage({ userId: 'c1', name: 'C', text: 'Hi' });
  expect(await sendAllocation(first.url, qiscus, roomId)).toBe(200);
  const assignments = () => qiscus.assignments().length;
  await eventually(assignments, (count) => count === 1);

  // While its sender lives, the delivery is its own.
  await new Promise((done) => setTimeout(done, 1500));
  const { rows: sending } = await pool.query<{ place: number; until: Date }>(SENDING);
  expect(sending).toHaveLength(1);
  const { place = 0, until = new Date(0) } = sending[0] ?? {};
  const [sender, other] = place === 0 ? [first, second] : [second, first];
  await sender.kill();
  qiscus.switches.applyThenHang = 0;

  const delivery = async () => (await pool.query('select state, outcome from delivery')).rows[0];
  await eventually(delivery, ({ state, outcome }) => state === 'done' && outcome === 'confirmed');
  const { rows: again } = await pool.query<{ at: Date }>(
    'select started_at as at from delivery_attempt',
  );
  expect(again).toHaveLength(1);
  expect(until.getTime() - (again[0]?.at.getTime() ?? 0)).toBeGreaterThan(MOMENT_MS);
  expect(assignments()).toBe(1);
  const { statusCode, body } = await request(`${other.url}/livez`);
  await body.dump();
  expect(statusCode).toBe(200);
}, 120_000);

test('a server that hangs with the routing lock in its hand, and wants it again, holds up the other for about five seconds', async () => {
  const { pool, url } = await makeDatabase();
  const qiscus = await startQiscusEmulator();
  onTestFinished(() => qiscus.close());
  qiscus.addAgent({ name: 'Ana' });
  const start = (name: string) =>
    startServerProcess(qiscusEnvironment(qiscus, `${url}?application_name=${name}`));
  const [hung, other] = [await start('hung'), await start('other')];
  // PostgreSQL ends the session that holds the lock, and one that a pause caught in a transaction.
  for (const { expectErrors } of [hung, other]) expectErrors(LOST_DATABASE);
  for (const server of [hung, other]) await server.ready();
  const agents = async () =>
    (await pool.query<{ id: string }>('select agent_id as id from agent')).rows;
  const [ana] = await eventually(agents, ({ length }) => length === 1);
  const setCapacity = async (capacity: number): Promise<void> => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ capacity });
    await fetch(`${hung.url}/api/v1/agents/${ana?.id}`, { method: 'PATCH', headers, body });
  };
  await setCapacity(0);
  const { roomId } = qiscus.customerMessage({ userId: 'c1', name: 'C', text: 'Hi' });
  expect(await sendAllocation(hung.url, qiscus, roomId)).toBe(200);

  // The pass that begins when there is room waits for the conversation's row, and has the lock.
  const holder = await pool.connect();
  const hold = 'begin; set local idle_in_transaction_session_timeout = 0';
  await holder.query(`${hold}; select from conversation for update`);
  other.pause();
  await setCapacity(1);
  const passing = `select from pg_stat_activity join pg_locks l using (pid) where datname = current_database()
    and application_name = 'hung' and wait_event in ('transactionid', 'tuple') and query like '%assignment%'
    and l.locktype = 'advisory' and l.granted`;
  const isPassing = async () => (await pool.query(passing)).rowCount === 1;
  const changes: Promise<void>[] = [];
  // It lets go of the lock after half a second, and may have done so at the moment of the pause.
  for (let holds = false; !holds; ) {
    hung.resume();
    await eventually(isPassing, Boolean);
    // What else it wants the lock for, before the other asks for it.
    changes.push(...[5, 6, 7, 8].map((capacity) => setCapacity(capacity).catch(() => {})));
    for (let n = 0; n < 3; n += 1) await fetch(`${hung.url}/readyz`);
    hung.pause();
    holds = await isPassing();
  }
  other.resume();
  const { rows: paused } = await holder.query('select clock_timestamp() as at');
  await holder.query('rollback');
  holder.release();

  await eventually(
    () => qiscus.room(roomId)?.agentIds,
    (ids) => ids?.length === 1,
  );
  const { rows: given } = await pool.query('select assigned_at as at from assignment');
  expect(given).toHaveLength(1);
  // Less than twice: it does not get the lock again before the other has had it.
  expect(given[0].at.getTime() - paused[0].at.getTime()).toBeLessThan(9000);
  hung.resume();
  await hung.ready();
  await Promise.all(changes);
  expect((await pool.query('select load from agent')).rows).toEqual([{ load: 1 }]);
}, 120_000);
