// Of a long queue a pass reads the head that it needs, and no more.
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { countOthersInPlans, readPositions } from './plan-figures.ts';

const PLAN = 'Long';

/** `count` wait in the plan, the first first. */
async function fillPlan(pool: Pool, count: number) {
  const workspaceId = uuid();
  const { rows } = await pool.query<{ id: string }>(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, needs, queued_at,
      rank_at, plan, plan_step, policy_version)
    select $1, gen_random_uuid(), gen_random_uuid(), 'room-' || n, gen_random_uuid(), 'needs', now(),
      now() + n * interval '1 ms', $2, 0, 1 from generate_series(1, $3::integer) n returning conversation_id as id`,
    [workspaceId, PLAN, count],
  );
  await pool.query('vacuum analyze conversation');
  return { workspaceId, ids: rows.map(({ id }) => id) };
}

test('places in line are those of the plan without who was just given to somebody, up to the last that is told', async () => {
  const { pool } = await makeDatabase();
  const { workspaceId, ids } = await fillPlan(pool, 6);
  const [first, second, third, fourth, fifth] = ids as [string, string, string, string, string];
  const asked = { workspaceId, plans: [PLAN], conversationIds: ids, without: [second] };
  const told = await readPositions(pool, { ...asked, last: 4 });
  expect([...told].toSorted((a, b) => a[1] - b[1])).toEqual([
    [first, 1],
    [third, 2],
    [fourth, 3],
    [fifth, 4],
  ]);
  expect((await readPositions(pool, asked)).size).toBe(5);
});

test('who waits in a plan is counted up to its limit', async () => {
  const { pool } = await makeDatabase();
  const { workspaceId, ids } = await fillPlan(pool, 6);
  const count = async (most: number) => {
    const asked = { workspaceId, plans: [PLAN], most, without: ids.slice(0, 2) };
    return (await countOthersInPlans(pool, asked)).get(PLAN);
  };
  expect(await count(3)).toBe(3);
  expect(await count(4)).toBe(4);
  expect(await count(200)).toBe(4);
});

test('of 5,000 who wait neither look reads more than it needs', async () => {
  const { pool } = await makeDatabase();
  const { workspaceId, ids } = await fillPlan(pool, 5000);
  const asked = { workspaceId, plans: [PLAN], without: [] };
  const conversationIds = ids.slice(-1);
  const client = await pool.connect();
  const countRead = async () => {
    const { rows } = await client.query<{ read: number }>(
      `select pg_stat_get_xact_tuples_returned('conversation'::regclass)::integer
        + pg_stat_get_xact_tuples_returned('conversation_in_plan'::regclass)::integer as read`,
    );
    return rows[0]?.read ?? 0;
  };
  try {
    await client.query('begin');
    await readPositions(client, { ...asked, conversationIds, last: 50 });
    await countOthersInPlans(client, { ...asked, most: 50 });
    expect(await countRead()).toBeLessThanOrEqual(200);
    // Else nothing was counted.
    await readPositions(client, { ...asked, conversationIds });
    expect(await countRead()).toBeGreaterThanOrEqual(5000);
  } finally {
    client.release(true);
  }
});
