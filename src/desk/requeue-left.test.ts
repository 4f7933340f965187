// Conversations of agents who have left go back to the queue; whoever returns in time keeps theirs.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { hearOfAgent } from './keep-presence.ts';
import { requeueLeft } from './requeue-left.ts';
import { createAgent } from './update-agent.ts';

const LEASE_MS = 30_000;

test('an agent who returns while conversations are being taken back keeps those that are left', async () => {
  const world = await makeDesk({ whenAgentLeaves: 'requeue', leaveGraceSeconds: 45 });
  const { desk, workspaceId, database, clock, route } = world;
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana' });
  const beat = () =>
    hearOfAgent(desk, { workspaceId, agentId, ttlMs: LEASE_MS, onlyRenews: false, sleeps: false });
  await beat();
  const channel = await makeChannel(world);
  const first = await makeConversation(world, channel);
  const second = await makeConversation(world, channel);
  expect(await route()).toBe(2);
  await clock.advance(LEASE_MS + 45_000);

  const elsewhere = await database.pool.connect();
  await elsewhere.query('begin');
  await elsewhere.query('select from conversation where conversation_id = $1 for update', [first]);
  const taken = requeueLeft(desk, workspaceId);
  const isWaiting = async () => {
    const { rows } = await database.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length > 0;
  };
  await eventually(isWaiting, Boolean);
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
