// Noting how told waits ended, in a database whose statistics are of a time when none was open.
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { allStatements } from './sql.ts';
import { settleToldWaits } from './told-waits.ts';

/** Conversations that wait and were told so, of which every tenth is over. */
async function fill(pool: Pool, count: number): Promise<void> {
  await pool.query(
    `with opened as (
      insert into conversation (workspace_id, conversation_id, contact_id, channel_id, external_id, state, needs, queued_at,
        rank_at, closed_at)
      select workspace_id, gen_random_uuid(), contact_id, channel_id, gen_random_uuid(),
        case when n % 10 = 0 then 'closed' else 'waiting' end, needs, queued_at, rank_at, case when n % 10 = 0 then now() end
      from conversation, generate_series(1, $1::integer) n
      where external_id like 'room-%' returning workspace_id, conversation_id, queued_at)
    insert into told_wait (workspace_id, conversation_id, told_at, nth, method, place, expected, turns, low, middle, high, basis)
    select workspace_id, conversation_id, queued_at, 0, 'state', 1, 60, 1, 30, 60, 90, '{}' from opened`,
    [count],
  );
}

/** Blocks that are read by the plan which the statement keeps. Changes nothing. */
async function countReads(pool: Pool, workspaceId: string): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('set plan_cache_mode = force_generic_plan');
    await client.query(`prepare settle as ${allStatements().get('settle-told-waits')?.text}`);
    await client.query('begin');
    const { rows } = await client.query(
      `explain (analyze, buffers, format json) execute settle('${workspaceId}')`,
    );
    await client.query('rollback');
    return rows[0]['QUERY PLAN'][0].Plan['Shared Hit Blocks'];
  } finally {
    client.release(true);
  }
}

test('four times as many told waits take about four times the reads, however little the planner knows of them', async () => {
  const world = await makeDesk();
  const { pool } = world.database;
  await makeConversation(world, await makeChannel(world));
  await fill(pool, 300);
  await pool.query(`update told_wait set outcome = 'served', waited = 1`);
  await pool.query('analyze told_wait; analyze conversation');
  await fill(pool, 500);
  const few = await countReads(pool, world.workspaceId);
  await fill(pool, 1500);
  const many = await countReads(pool, world.workspaceId);
  expect(many / few).toBeLessThan(6);

  expect(await settleToldWaits(pool, world.workspaceId)).toBe(200);
  expect(await settleToldWaits(pool, world.workspaceId)).toBe(0);
});
