// Why a conversation is where it is: codes with figures and names, and the same in English.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { closeConversation } from './close-conversation.ts';
import { explainConversation } from './explain-conversation.ts';
import { createAgent } from './update-agent.ts';

async function begin() {
  const world = await makeDesk();
  const { workspaceId, desk } = world;
  const conversationId = await makeConversation(world, await makeChannel(world));
  const add = (name: string, capacity: number) =>
    createAgent(desk, workspaceId, { name, capacity, availability: 'online' });
  const key = { workspaceId, conversationId };
  return { world, key, add, explain: () => explainConversation(desk, key) };
}

test('who was chosen and who was second are named', async () => {
  const { world, add, explain } = await begin();
  await Promise.all([add('Ana', 2), add('Budi', 2)]);
  await world.route();
  const { reasons, explanation, decisions } = await explain();
  const names = reasons.flatMap((one) => ('agentName' in one ? one.agentName : []));
  expect(names.sort()).toEqual(['Ana', 'Budi']);
  expect(reasons.map(({ code }) => code)).toEqual(['chosen', 'considered', 'runner-up']);
  expect(reasons[1]).toEqual({ code: 'considered', considered: 2, eligible: 2, removed: {} });
  expect(explanation[2]).toMatch(/^Runner-up: (Ana|Budi) \(0 % in use/);
  expect(decisions[0]?.reasons).toEqual(reasons);
  expect(decisions[0]?.sentences).toEqual(explanation);
});

test('a waiting one says what would release it', async () => {
  const { world, add, explain } = await begin();
  await add('Ana', 0);
  await world.route();
  const { state, reasons, explanation } = await explain();
  expect(state).toBe('waiting');
  expect(reasons).toMatchObject([
    { code: 'waits', position: 1 },
    { code: 'considered', considered: 1, eligible: 0, removed: { capacity: 1 } },
    { code: 'ends-one', agentName: 'Ana', held: 0, capacity: 0 },
  ]);
  expect(explanation).toHaveLength(3);
});

test('a closed one says how it ended', async () => {
  const { world, key, explain } = await begin();
  await closeConversation(world.desk, { ...key, actor: 'test', tellRemote: true, reason: 'spam' });
  expect(await explain()).toMatchObject({
    reasons: [{ code: 'closed', agentName: null, closeReason: 'spam' }],
    explanation: ['It was closed without ever having had an agent (spam).'],
  });
});
