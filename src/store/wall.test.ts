import { expect, test } from 'vitest';
import { explain } from '../../test/makers/explain.ts';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { assignConversation } from '../desk/assign-conversation.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { requeueConversation } from '../desk/requeue-conversation.ts';
import { createAgent } from '../desk/update-agent.ts';
import { readLastHour, readWallGroups } from './wall.ts';

const FIVE_MINUTES = 300_000;

async function makeQueue() {
  const place = await makeDesk();
  const { desk, workspaceId } = place;
  const channel = await makeChannel(place);
  const wish = { name: 'Ana', availability: 'online', capacity: 20 } as const;
  const { agentId } = await createAgent(desk, workspaceId, wish);
  const keyOf = (conversationId: string) => ({ workspaceId, conversationId, actor: 'test' });
  return {
    ...place,
    open: () => makeConversation(place, channel),
    give: (id: string) =>
      assignConversation(desk, { acting: null, ...keyOf(id), agentId, force: false }),
    back: (id: string) => requeueConversation(desk, { acting: null, ...keyOf(id), reason: 'test' }),
    close: (id: string) =>
      closeConversation(desk, { acting: null, ...keyOf(id), tellRemote: false }),
    now: async () => {
      const { rows } = await place.database.pool.query<{ now: Date }>(
        'select clock_timestamp() as now',
      );
      return rows[0]?.now.getTime() ?? 0;
    },
    waiting: async () => {
      const { rows } = await place.database.pool.query<{ count: number }>(
        `select count(*)::integer as count from conversation where state = 'waiting'`,
      );
      return rows[0]?.count ?? 0;
    },
  };
}

test('the last hour says of each five minutes who came, who was given, and how many waited at their end', async () => {
  const queue = await makeQueue();
  const { clock, workspaceId, desk } = queue;
  const [{ start } = { start: new Date() }] = (await readLastHour(desk.db, workspaceId)).slice(-1);
  // To the beginning of the next five minutes, and a little into them.
  await clock.advance(start.getTime() + FIVE_MINUTES + 2000 - (await queue.now()));
  const seen: number[] = [];
  const step = async (work: () => Promise<unknown>) => {
    await work();
    seen.push(await queue.waiting());
    await clock.advance(FIVE_MINUTES);
  };
  const ids: string[] = [];
  const openMany = async (count: number) => {
    for (let n = 0; n < count; n += 1) ids.push(await queue.open());
  };
  await step(() => openMany(4));
  const [first = '', second = '', third = '', fourth = ''] = ids;
  await step(() => queue.give(first));
  await step(() => queue.give(second));
  await step(() => queue.back(second));
  await step(() => queue.close(third));
  await step(() => queue.close(first));
  await step(() => queue.give(fourth));
  await step(() => openMany(2));
  const rows = await readLastHour(desk.db, workspaceId);
  expect(rows).toHaveLength(12);
  const told = rows.slice(-9, -1);
  expect(told.map(({ waiting }) => waiting)).toEqual(seen);
  expect(seen).toEqual([4, 3, 2, 3, 2, 2, 1, 3]);
  expect(told.map(({ came }) => came)).toEqual([4, 0, 0, 0, 0, 0, 0, 2]);
  expect(told.map(({ given }) => given)).toEqual([0, 1, 1, 0, 0, 0, 1, 0]);
  expect(told[1]?.longestWaitSeconds).toBeCloseTo(300, 0);
  expect(told[0]?.longestWaitSeconds).toBeNull();
});

test('groups of those who wait are told apart by what is due', async () => {
  const { open, database, desk, workspaceId } = await makeQueue();
  const [soon, overdue] = [await open(), await open(), await open()];
  await database.pool.query(
    `update conversation set plan = 'Billing', target_soon_at = clock_timestamp() - interval '1 minute',
      target_due_at = clock_timestamp() + case when conversation_id = $1 then interval '1 minute' else interval '-1 second' end
    where conversation_id = any ($2)`,
    [soon, [soon, overdue]],
  );
  const rows = await readWallGroups(desk.db, workspaceId);
  expect(rows.find(({ kind }) => kind === 'all')).toMatchObject({
    waiting: 3,
    soon: 1,
    overdue: 1,
  });
  expect(rows.filter(({ kind }) => kind === 'team')).toMatchObject([{ teamId: null, waiting: 3 }]);
  const plans = new Map(rows.flatMap((row) => (row.kind === 'plan' ? [[row.plan, row]] : [])));
  expect(plans.get('Billing')).toMatchObject({ waiting: 2, soon: 1, overdue: 1 });
  expect(plans.get(null)).toMatchObject({ waiting: 1, soon: 0, overdue: 0 });
});

test('of an empty queue there is one group, with nobody in it', async () => {
  const { desk, workspaceId } = await makeQueue();
  expect(await readWallGroups(desk.db, workspaceId)).toMatchObject([{ kind: 'all', waiting: 0 }]);
});

test('the last hour reads none of 20,000 conversations that ended before it', async () => {
  const queue = await makeQueue();
  const { desk, workspaceId } = queue;
  const { pool } = queue.database;
  await queue.give(await queue.open());
  const { rows: ended } = await pool.query<{ ids: string[] }>(
    `with made as (
      insert into conversation (workspace_id, conversation_id, contact_id, channel_id, external_id, state, needs,
        queued_at, rank_at, assigned_at, agent_id, closed_at)
      select workspace_id, gen_random_uuid(), contact_id, channel_id, 'past-' || n, 'closed', '', at, at, at, agent_id, at
      from conversation cross join generate_series(1, 20000) n cross join lateral (select now() - interval '2 hours' - n * interval '1 second' as at) past
      where workspace_id = $1 returning *
    ), given as (
      insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by, assigned_at,
        confirmed_at, ended_at, end_reason)
      select workspace_id, conversation_id, gen_random_uuid(), agent_id, 1, 'ended', 'router', assigned_at, assigned_at, closed_at, 'closed'
      from made
    )
    select array_agg(conversation_id) as ids from made`,
    [workspaceId],
  );
  expect(ended[0]?.ids).toHaveLength(20_000);
  await pool.query('analyze conversation, assignment');
  const plan = await explain(pool, (db) => readLastHour(db, workspaceId));
  const read = [...plan.matchAll(/on conversation \w+ .*actual time=\S+ rows=(\d+)/g)];
  expect(read.length).toBeGreaterThan(2);
  expect(Math.max(...read.map(([, rows]) => Number(rows))), plan).toBeLessThan(100);
  expect((await readLastHour(desk.db, workspaceId)).at(-1)?.came).toBe(1);
});
