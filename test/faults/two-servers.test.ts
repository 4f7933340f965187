// Two servers on one database: they start together, and one takes over what the other was sending when it died.
import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { startQiscusEmulator } from '../../sandbox/qiscus/emulator.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { eventually } from '../makers/start-test-usher.ts';
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

test('what a killed server was sending is taken over by the other within seconds, and done once', async () => {
  const { pool, url } = await makeDatabase();
  // The call takes effect, and nobody ever learns of it.
  const qiscus = await startQiscusEmulator({
    switches: { applyThenHang: 1, faultPaths: ['assign_agent'] },
  });
  onTestFinished(() => qiscus.close());
  qiscus.addAgent({ name: 'Ana' });
  const environment = qiscusEnvironment(qiscus, url);
  const first = await startServerProcess(environment);
  await first.ready();
  await eventually(
    async () => (await pool.query('select 1 from agent_identity')).rowCount,
    (known) => known === 1,
  );
  const { roomId } = qiscus.customerMessage({ userId: 'c1', name: 'C', text: 'Hi' });
  expect(await sendAllocation(first.url, qiscus, roomId)).toBe(200);
  await eventually(
    () => qiscus.assignments().length,
    (taken) => taken === 1,
  );
  const second = await startServerProcess(environment);
  await second.ready();

  // While the first lives, what it sends is its own.
  await new Promise((done) => setTimeout(done, 1500));
  const sending = `select node_id from delivery_claim c, unnest(c.delivery_ids, c.attempts) as u(delivery_id, attempts)
    join delivery using (delivery_id, attempts)`;
  expect((await pool.query(sending)).rowCount).toBe(1);
  await first.kill();
  qiscus.switches.applyThenHang = 0;

  await eventually(
    async () => (await pool.query('select state, outcome, attempts from delivery')).rows,
    ([delivery]) =>
      delivery?.state === 'done' && delivery.outcome === 'confirmed' && delivery.attempts === 2,
    5000,
  );
  expect(qiscus.assignments()).toHaveLength(1);
  const { statusCode, body } = await request(`${second.url}/livez`);
  await body.dump();
  expect(statusCode).toBe(200);
}, 120_000);
