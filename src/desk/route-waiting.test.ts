import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { getConversation } from '../store/conversations.ts';
import { closeConversation } from './close-conversation.ts';
import { createAgent, updateAgent } from './update-agent.ts';

const online = { name: 'Ana', availability: 'online' } as const;

test('conversations go to an agent in the order they came, up to the capacity', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  const ids = [];
  for (let i = 0; i < 3; i += 1) ids.push(await makeConversation(world, channel));
  const agent = await createAgent(world.desk, world.workspaceId, online);

  expect(await world.route()).toBe(2);

  const states = await Promise.all(
    ids.map((conversationId) => getConversation(world.desk.db, { ...world, conversationId })),
  );
  expect(states.map((row) => row?.agentId)).toEqual([agent.agentId, agent.agentId, null]);
});

test('a closed conversation lets the next one in', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  const first = await makeConversation(world, channel);
  await createAgent(world.desk, world.workspaceId, { ...online, capacity: 1 });
  await makeConversation(world, channel);
  expect(await world.route()).toBe(1);

  const { workspaceId } = world;
  await closeConversation(world.desk, {
    workspaceId,
    conversationId: first,
    actor: 'test',
    acting: null,
    tellRemote: true,
  });

  expect(await world.route()).toBe(1);
});

test('a raised capacity lets the next ones in, a lowered one takes nothing away', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  for (let i = 0; i < 5; i += 1) await makeConversation(world, channel);
  const { agentId } = await createAgent(world.desk, world.workspaceId, { ...online, capacity: 1 });
  const key = { workspaceId: world.workspaceId, agentId };
  await world.route();

  await updateAgent(world.desk, key, { capacity: 3 });
  expect(await world.route()).toBe(2);

  const lowered = await updateAgent(world.desk, key, { capacity: 1 });
  expect(lowered).toMatchObject({ load: 3, effectiveCapacity: 1 });
  expect(await world.route()).toBe(0);
});
