// Conversations of agents who have left go back to the queue; whoever returns in time keeps theirs.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { hearOfAgent } from './keep-presence.ts';
import { requeueLeft } from './requeue-left.ts';
import { createAgent } from './update-agent.ts';

const LEASE_MS = 30_000;
type World = Awaited<ReturnType<typeof makeDesk>>;

async function countWaiting({ pool }: World['database']): Promise<number> {
  const { rows } = await pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length;
}

/** Ana was heard of so long ago that she has left; `held` conversations are still hers. */
async function leave({ held }: { held: number }) {
  const world = await makeDesk({ whenAgentLeaves: 'requeue', leaveGraceSeconds: 45 });
  const { desk, workspaceId, clock, route } = world;
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana' });
  const beat = () =>
    hearOfAgent(desk, { workspaceId, agentId, ttlMs: LEASE_MS, onlyRenews: false, sleeps: false });
  await beat();
  const channel = await makeChannel(world);
  const ids: string[] = [];
  for (let nth = 0; nth < held; nth += 1) ids.push(await makeConversation(world, channel));
  expect(await route()).toBe(held);
  await clock.advance(LEASE_MS + 45_000);
  return { ...world, agentId, beat, ids };
}

test('an agent who returns while conversations are being taken back keeps those that are left', async () => {
  const { desk, workspaceId, database, agentId, beat, ids } = await leave({ held: 2 });
  const [first, second] = ids;
  const elsewhere = await database.pool.connect();
  await elsewhere.query('begin');
  await elsewhere.query('select from conversation where conversation_id = $1 for update', [first]);
  const taken = requeueLeft(desk, workspaceId);
  await eventually(() => countWaiting(database), Boolean);
  await beat();
  await elsewhere.query('commit');
  elsewhere.release();
  await taken;

  const { rows } = await database.pool.query(
    'select conversation_id as id, agent_id as agent from conversation order by rank_at',
  );
  expect(rows).toEqual([
    { id: first, agent: agentId },
    { id: second, agent: agentId },
  ]);
});

test('an agent who returns once it is decided that their conversation goes back is back after that', async () => {
  const { desk, workspaceId, database, beat } = await leave({ held: 1 });
  const elsewhere = await database.pool.connect();
  await elsewhere.query('begin');
  await elsewhere.query('lock table assignment in share mode');
  const taken = requeueLeft(desk, workspaceId);
  await eventually(() => countWaiting(database), Boolean);
  let isBack = false;
  const back = beat().then(() => {
    isBack = true;
  });
  await eventually(
    async () => isBack || (await countWaiting(database)) > 1,
    (is) => is,
  );
  await elsewhere.query('commit');
  elsewhere.release();
  await Promise.all([taken, back]);
  const { rows } = await database.pool.query(`select
    (select at from event where type = 'conversation.requeued')
      <= (select max(at) from agent_status_change where availability = 'online') as "inOrder"`);
  expect(rows).toEqual([{ inOrder: true }]);
});
