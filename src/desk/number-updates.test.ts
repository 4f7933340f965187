// Numbers are given once, without a gap, whoever asks; and nobody reads the whole history for the next few.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { silentDesk } from '../../test/makers/silent-desk.ts';
import { allStatements } from '../store/sql.ts';
import { listUpdates, readFeed } from '../store/updates.ts';
import { numberUpdates } from './number-updates.ts';

async function makeFeed() {
  const { pool } = await makeDatabase();
  const key = { workspaceId: uuid(), channelId: uuid() };
  /** `count` updates at a time. */
  const write = (count: number) =>
    pool.query(
      `insert into channel_update (workspace_id, channel_id, conversation_id, read_seq, at)
      select $1, $2, gen_random_uuid(), n, now() from generate_series(1, $3::integer) n`,
      [key.workspaceId, key.channelId, count],
    );
  const numbers = async () => {
    const text = 'select number from channel_update order by update_id';
    return (await pool.query<{ number: number | null }>(text)).rows.map(({ number }) => number);
  };
  return { pool, key, desk: silentDesk(pool), write, numbers };
}

test('nodes that number at the same time, while others write, give each a number of its own and leave none out', async () => {
  const { pool, key, write, numbers } = await makeFeed();
  const { workspaceId, channelId } = key;
  // Calls of one database share a batch, so each node has a desk of its own.
  const nodes = [1, 2, 3].map(() => silentDesk(Object.create(pool) as typeof pool));
  const number = () => Promise.all(nodes.map((one) => numberUpdates(one, workspaceId, channelId)));
  for (let round = 0; round < 10; round += 1) await Promise.all([write(37), number(), write(5)]);
  await write(1500);
  await number();
  const given = await numbers();
  expect(given.toSorted((a, b) => Number(a) - Number(b))).toEqual(given.map((_, at) => at + 1));
  const feed = { last: given.length, forgotten: 0, more: false };
  expect(await readFeed(pool, key)).toEqual(feed);
  const [answer] = await number();
  expect(answer).toEqual(feed);
});

test('a row that becomes visible late gets a later number than those that were read before', async () => {
  const { pool, key, desk, write, numbers } = await makeFeed();
  const late = await pool.connect();
  await late.query('begin');
  await late.query(
    `insert into channel_update (workspace_id, channel_id, conversation_id, read_seq, at) values ($1, $2, $1, 1, now())`,
    [key.workspaceId, key.channelId],
  );
  await write(2);
  const { workspaceId, channelId } = key;
  expect(await numberUpdates(desk, workspaceId, channelId)).toMatchObject({ last: 2 });
  await late.query('commit');
  late.release();
  expect(await numberUpdates(desk, workspaceId, channelId)).toMatchObject({ last: 3 });
  expect(await numbers()).toEqual([3, 1, 2]);
});

test('of 200,000 updates the next ones are found, and numbered, through an index', async () => {
  const { pool, key, desk, write } = await makeFeed();
  const { workspaceId, channelId } = key;
  await write(200_000);
  await numberUpdates(desk, workspaceId, channelId);
  await write(10);
  await pool.query('analyze channel_update');
  const values: Record<string, unknown[]> = {
    'list-updates': [workspaceId, channelId, 199_900, 100],
    'read-feed': [workspaceId, channelId],
    'number-updates': [workspaceId, channelId],
  };
  for (const [name, given] of Object.entries(values)) {
    const { text = '' } = allStatements().get(name) ?? {};
    const explained = await pool.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, costs off, timing off, summary off) ${text}`,
      given,
    );
    const plan = explained.rows.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan, name).not.toMatch(/Seq Scan on channel_update|Sort .*rows=[0-9]{4}/);
    const most = Math.max(...[...plan.matchAll(/rows=(\d+)/g)].map(([, rows]) => Number(rows)));
    expect(most, plan).toBeLessThan(1000);
  }
  const rows = await listUpdates(pool, { ...key, after: 199_900, limit: 100 });
  expect(rows.map(({ number }) => number)).toEqual(
    Array.from({ length: 100 }, (_, n) => 199_901 + n),
  );
}, 120_000);
