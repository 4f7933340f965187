// Requests that hold every connection of the pool do not hold up routing.
import { expect, test } from 'vitest';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { getConversation } from '../../src/store/conversations.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { connectAgent } from '../makers/web-client.ts';

const POOL_SIZE = 3;
const workspaceId = DEFAULT_WORKSPACE;

const countWaiting = `select count(*)::integer as count from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`;
const lock = 'select from conversation where workspace_id = $1 and conversation_id = $2 for update';

test('a conversation is assigned while slow requests hold every connection of the pool', async () => {
  const usher = await startTestUsher({
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    USHER_SWEEP_MS: '500',
  });
  const { pool } = usher.database;
  const desk = silentDesk(pool);
  const channel = await makeChannel({ desk, workspaceId });
  const over = await makeConversation({ desk, workspaceId }, channel);
  await usher.call('POST', `/api/v1/conversations/${over}/close`, { body: {} });
  const ana = { name: 'Ana', capacity: 1, availability: 'online' };
  await usher.call('POST', '/api/v1/agents', { body: ana });

  const budi = await connectAgent(usher, { name: 'Budi' });

  const locker = await pool.connect();
  await locker.query('begin; set local idle_in_transaction_session_timeout = 0');
  await locker.query(lock, [workspaceId, over]);
  const changes = Array.from({ length: POOL_SIZE }, () =>
    usher.call('PATCH', `/api/v1/conversations/${over}`, { body: { tags: ['slow'] } }),
  );
  const held = async () => (await pool.query(countWaiting)).rows[0].count as number;
  await eventually(held, (count) => count === POOL_SIZE);

  // It needs the routing lock too, and waits for a connection.
  const beat = budi.beat();
  const conversationId = await makeConversation({ desk, workspaceId }, channel);
  const state = async () => (await getConversation(pool, { workspaceId, conversationId }))?.state;
  await eventually(state, (now) => now === 'assigned', 15_000).finally(async () => {
    await locker.query('rollback');
    locker.release();
  });
  await beat;
  expect((await Promise.all(changes)).map(({ status }) => status)).toEqual([200, 200, 200]);
});
