import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { getConversation } from '../store/conversations.ts';
import { takeBackEmptied, takeBackReturned, undoAssignment } from './requeue-conversation.ts';
import { createAgent } from './update-agent.ts';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

/** A conversation of Qiscus that was given to an agent, and not yet confirmed. */
async function makePending() {
  const world = await makeDesk();
  const { workspaceId, desk } = world;
  const channel = await makeChannel(world, { kind: 'qiscus' });
  const online = { name: 'Ana', availability: 'online', capacity: 5 } as const;
  const { agentId } = await createAgent(desk, workspaceId, online);
  await desk.db.query(
    `insert into agent_identity (workspace_id, channel_id, external_id, agent_id) values ($1, $2, '1', $3)`,
    [workspaceId, channel.channelId, agentId],
  );
  const conversationId = await makeConversation(world, channel);
  const key = { workspaceId, conversationId };
  const read = () => getConversation(desk.db, key);
  const confirm = () => desk.db.query('update conversation set confirmed_at = now()');
  expect(await world.route()).toBe(1);
  return { ...world, key, agentId, read, confirm };
}

const refused = { reason: 'refused', excludeAgent: false, holdMs: 0 };

test('an assignment that is undone without a hold is given again at once, one with a hold is not', async () => {
  const { desk, key, agentId, read, route } = await makePending();
  await undoAssignment(desk, { ...key, ...refused, agentId });
  expect((await read())?.state).toBe('waiting');
  const { rows } = await desk.db.query('select held_until, hold_reason from conversation');
  expect(rows).toEqual([{ held_until: null, hold_reason: null }]);
  expect(await route()).toBe(1);
  await undoAssignment(desk, { ...key, ...refused, agentId, holdMs: 60_000 });
  expect(await route()).toBe(0);
});

test('what another agent has by now, or has been confirmed, is not undone', async () => {
  const { desk, key, agentId, read, confirm } = await makePending();
  await undoAssignment(desk, { ...key, ...refused, agentId: UNKNOWN });
  expect((await read())?.state).toBe('assigned');
  await confirm();
  await undoAssignment(desk, { ...key, ...refused, agentId });
  expect((await read())?.state).toBe('assigned');
});

test('what no longer exists is neither undone nor taken back', async () => {
  const { desk, key, agentId, wakes } = await makePending();
  const gone = { ...key, conversationId: UNKNOWN };
  const before = wakes();
  await undoAssignment(desk, { ...gone, ...refused, agentId });
  await takeBackEmptied(desk, gone);
  const isNews = () => Promise.resolve(true);
  expect(await takeBackReturned(desk, { ...gone, isNews, isTheirs: isNews })).toBe(false);
  expect(wakes()).toBe(before);
});

test('who gave a conversation back elsewhere is not given it again for a while; it is no news twice', async () => {
  const { desk, key, agentId, read, confirm, route } = await makePending();
  await confirm();
  const taking = {
    ...key,
    isTheirs: async (_: unknown, id: string) => id === agentId,
    isNews: async () => true,
  };
  expect(await takeBackReturned(desk, { ...taking, isNews: async () => false })).toBe(false);
  expect((await read())?.state).toBe('assigned');
  expect(await takeBackReturned(desk, taking)).toBe(true);
  expect(await route()).toBe(0);
  expect((await read())?.exclusions).toMatchObject([{ agentId, cause: 'returned-elsewhere' }]);
});
