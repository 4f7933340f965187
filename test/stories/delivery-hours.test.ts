// How the events of each hour arrived at an endpoint.
import { expect, test } from 'vitest';
import type { DeliveryHours } from '../../src/contract/endpoints.ts';
import { DEFAULT_WORKSPACE as workspaceId } from '../../src/desk/prepare-workspace.ts';
import { MOST_LOOKED_AT } from '../../src/store/delivery-hours.ts';
import { allStatements } from '../../src/store/sql.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Listening, startWithReceiver } from '../makers/start-with-receiver.ts';

const HOUR_MS = 3_600_000;

const readHours = async ({ usher }: Listening, id: string, query = '') =>
  (await usher.call('GET', `/api/v1/endpoints/${id}/hours${query}`)).body as DeliveryHours;
const sum = ({ items }: DeliveryHours) =>
  items.reduce(
    (all, { delivered, failed, waiting }) => ({
      delivered: all.delivered + delivered,
      failed: all.failed + failed,
      waiting: all.waiting + waiting,
    }),
    { delivered: 0, failed: 0, waiting: 0 },
  );

test('what arrived, and what is tried again, counts in the hour in which it happened', async () => {
  const listening = await startWithReceiver();
  const { listen, open, advance } = listening;
  const well = await listen();
  const ill = await listen({}, { behaviour: { status: 500 } });
  await open();
  await open();
  await eventually(
    async () => sum(await readHours(listening, well.endpoint.id)),
    ({ delivered }) => delivered === 2,
  );
  await advance(2 * HOUR_MS);
  await open();
  const now = await eventually(
    () => readHours(listening, well.endpoint.id),
    (hours) => sum(hours).delivered === 3,
  );
  expect(now.items).toHaveLength(24);
  expect(now.items.at(-1)?.delivered).toBe(1);
  expect(now.isCut).toBe(false);
  expect(sum(await readHours(listening, ill.endpoint.id))).toEqual({
    ...{ delivered: 0, failed: 0, waiting: 3 },
  });
  expect(sum(await readHours(listening, well.endpoint.id, '?hours=1')).delivered).toBe(1);
});

test('what is no number of hours is refused, and says which are', async () => {
  const listening = await startWithReceiver();
  const { endpoint } = await listening.listen();
  for (const hours of ['0', '169', 'many']) {
    const path = `/api/v1/endpoints/${endpoint.id}/hours?hours=${hours}`;
    const { status, text } = await listening.usher.call('GET', path);
    expect([hours, status]).toEqual([hours, 400]);
    expect(text).toContain('hours');
  }
});

test('among ninety thousand deliveries it walks along an index and reads no more than its bound', async () => {
  const listening = await startWithReceiver();
  const { endpoint } = await listening.listen();
  const { pool } = listening.usher.database;
  // One in three is this endpoint's.
  await pool.query(
    `insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, state, due_at, created_at, done_at)
    select $1, case when n % 3 = 0 then $2::uuid else '01900000-0000-7000-8000-00000000000a' end,
      gen_random_uuid(), gen_random_uuid(), 'session_state_open', 'done', at, at, at
    from (select n, now() - make_interval(secs => (90000 - n) * 0.15) as at from generate_series(1, 90000) n) one`,
    [workspaceId, endpoint.id],
  );
  await pool.query('analyze delivery');
  const hours = await readHours(listening, endpoint.id);
  expect(hours.isCut).toBe(true);
  // Two in 0.9 s: twenty thousand are less than three hours, the first of which is not whole.
  expect(hours.items.length).toBeLessThanOrEqual(3);
  const { text = '' } = allStatements().get('list-delivery-hours') ?? {};
  const from = new Date(Date.now() - 24 * HOUR_MS);
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain (analyze) ${text}`, [
    ...[workspaceId, endpoint.id, from, MOST_LOOKED_AT],
  ]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/Index Scan Backward using delivery_log/);
  expect(plan).not.toMatch(/Seq Scan/);
  expect(plan).toMatch(/delivery_log.*actual.*rows=20000/);
});
