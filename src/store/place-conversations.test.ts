import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { NEWLY_AWAITED } from './awaited.ts';
import { countWaitingByPlan, toPlace } from './place-conversations.ts';

interface Node {
  'Rows Removed by Filter'?: number;
  'Actual Rows'?: number;
  Plans?: Node[];
}

const countRead = (node: Node): number =>
  (node['Rows Removed by Filter'] ?? 0) +
  Math.max(node['Actual Rows'] ?? 0, ...(node.Plans ?? []).map(countRead));

test('a pass reads nothing of those whose moment is to come, nor of those known to wait for somebody', async () => {
  const { pool } = await makeDatabase();
  const workspaceId = uuid();
  const agent = uuid();
  await pool.query(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, needs, queued_at,
      rank_at, policy_version, awaits_version, router_due_at)
    select $1, gen_random_uuid(), gen_random_uuid(), 'room-' || n, gen_random_uuid(), '~' || $2::text || '|needs', now(),
      now(), 1, n, now() + case when n <= 3 then '-1 s'::interval else '1 h'::interval end
    from generate_series(1, 5000) n`,
    [workspaceId, agent],
  );
  await pool.query('vacuum analyze conversation');
  const explain = async (sql: string) => {
    const text = sql.replaceAll('$1', `'${workspaceId}'`).replaceAll('$2', '4998');
    const { rows } = await pool.query(`explain (analyze, format json) ${text}`);
    return rows[0]['QUERY PLAN'][0].Plan as Node;
  };
  expect(countRead(await explain(toPlace('1')))).toBe(3);
  expect(countRead(await explain(NEWLY_AWAITED))).toBe(2);
});

test('what waits in a plan is counted as far as is asked for', async () => {
  const { pool } = await makeDatabase();
  const workspaceId = uuid();
  await pool.query(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, needs, queued_at,
      rank_at, plan)
    select $1, gen_random_uuid(), gen_random_uuid(), 'room-' || n, gen_random_uuid(), 'needs', now(), now(),
      case when n <= 7 then 'Long' else 'Short' end
    from generate_series(1, 10) n`,
    [workspaceId],
  );
  const most = new Map([
    ['Long', 5],
    ['Short', 5],
    ['Empty', 5],
  ]);
  const counts = await countWaitingByPlan(pool, { workspaceId, most });
  expect(Object.fromEntries(counts.map(({ plan, waiting }) => [plan, waiting]))).toEqual({
    ...{ Long: 5, Short: 3, Empty: 0 },
  });
});
