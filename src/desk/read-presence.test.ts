import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { closeConversation } from './close-conversation.ts';
import { readPresence } from './read-presence.ts';
import { createAgent } from './update-agent.ts';

test('a place counts as free once its conversation has ended, before the next pass has settled it', async () => {
  const world = await makeDesk();
  const { desk, workspaceId, route } = world;
  const channel = await makeChannel(world);
  const look = async () =>
    (await readPresence(desk, workspaceId, [channel])).get(channel.channelId)?.state;
  expect(await look()).toBe('away');
  await createAgent(desk, workspaceId, { name: 'Ana', capacity: 1, availability: 'online' });
  expect(await look()).toBe('here');
  const conversationId = await makeConversation(world, channel);
  await route();
  expect(await look()).toBe('busy');
  await closeConversation(desk, {
    ...{ workspaceId, conversationId, reason: 'done', actor: 'system' },
    ...{ acting: null, tellRemote: false },
  });
  expect(await look()).toBe('here');
});

test('of many agents of one kind it reads one, the one with the most room', async () => {
  const world = await makeDesk();
  const { desk, workspaceId, database } = world;
  const channel = await makeChannel(world, { weight: 3 });
  for (const capacity of [1, 2, 3]) {
    const name = `Agent ${capacity}`;
    await createAgent(desk, workspaceId, { name, capacity, availability: 'online' });
  }
  const found = await readPresence(desk, workspaceId, [channel]);
  expect(found.get(channel.channelId)).toEqual({ state: 'here' });
  await database.pool.query(`update agent set lease_until = now() where effective_capacity = 3`);
  const then = await readPresence(desk, workspaceId, [channel]);
  expect(then.get(channel.channelId)).toEqual({ state: 'busy' });
});
