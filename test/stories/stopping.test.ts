// Stopping in order: what is under way is answered, and nothing keeps the server longer than that.
import { once } from 'node:events';
import { connect } from 'node:net';
import { Agent, request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { measureOwnTime } from '../makers/measure-own-time.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

test('webhooks under way are answered and kept, and their kept-alive connections hold nothing up', async () => {
  const usher = await startTestUsher();
  const agent = new Agent({ connections: 32, keepAliveTimeout: 60_000 });
  onTestFinished(() => agent.destroy());
  const send = async (n: number, path = 'webhook/agent_allocation'): Promise<number> => {
    const { statusCode, body } = await request(`${usher.url}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ app_id: 'test-app', room_id: `room-${n}`, source: 'wa' }),
      dispatcher: agent,
    });
    await body.dump();
    return statusCode;
  };
  await Promise.all(Array.from({ length: 32 }, (_, n) => send(n)));
  // This one is answered after a second, when nobody has been found.
  const slow = send(99, 'new_request');
  await eventually(
    () => usher.database.pool.query(`select from conversation where external_id = 'room-99'`),
    ({ rows }) => rows.length === 1,
  );
  const underWay = Array.from({ length: 32 }, (_, n) => send(100 + n).catch(() => null));
  const took = measureOwnTime();
  await usher.stop();
  expect(took()).toBeLessThan(3000);
  expect(await slow).toBe(202);
  const answers = await Promise.all(underWay);
  const { rows } = await usher.database.pool.query<{ room: string }>(
    'select external_id as room from conversation',
  );
  const kept = new Set(rows.map(({ room }) => room));
  const promised = answers.flatMap((status, n) => (status === 200 ? [`room-${100 + n}`] : []));
  expect(promised.filter((room) => !kept.has(room))).toEqual([]);
  expect(answers.every((status) => status === 200 || status === 503 || status === null)).toBe(true);
});

test('a connection over which nothing has come holds nothing up', async () => {
  const usher = await startTestUsher();
  const { hostname, port } = new URL(usher.url);
  const ahead = connect(Number(port), hostname);
  onTestFinished(() => void ahead.destroy());
  ahead.on('error', () => undefined);
  await once(ahead, 'connect');
  // By now the server has taken it.
  await fetch(`${usher.url}/livez`);
  const took = measureOwnTime();
  await usher.stop();
  expect(took()).toBeLessThan(2000);
});

test.each([
  // The first that a request reads: what its route does comes after it.
  { held: 'token', method: 'GET', kept: [] },
  { held: 'tag', method: 'POST', kept: ['late'] },
])(
  '$method whose client goes while it waits for "$held" ends before the database is closed',
  async ({ held, method, kept }) => {
    const usher = await startTestUsher();
    const { pool } = usher.database;
    const lock = await pool.connect();
    onTestFinished(() => lock.release());
    await lock.query('begin');
    await lock.query(`lock table ${held}`);
    const gone = new AbortController();
    const asked = fetch(`${usher.url}/api/v1/tags`, {
      ...{ method, signal: gone.signal },
      headers: { authorization: `Bearer ${usher.token}`, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: JSON.stringify({ name: 'late', colour: '#336699' }) }),
    });
    await eventually(
      () =>
        pool.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        ),
      ({ rows }) => rows.length === 1,
    );
    gone.abort();
    await expect(asked).rejects.toThrow('abort');
    // It fails where the server has logged an error.
    const stopped = usher.stop();
    await new Promise((done) => setTimeout(done, 300));
    await lock.query('rollback');
    await stopped;
    const { rows } = await pool.query<{ name: string }>('select name from tag');
    expect(rows.map(({ name }) => name)).toEqual(kept);
  },
);
