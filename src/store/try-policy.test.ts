import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { listWaitingToTry } from './try-policy.ts';

test('of more than the limit as many are tried, spread evenly over each group of needs', async () => {
  const world = await makeDesk();
  const channels = [await makeChannel(world), await makeChannel(world)];
  const ids = new Map<string, number>();
  for (let nth = 0; nth < 36; nth += 1) {
    const channel = nth % 3 === 0 ? 1 : 0;
    ids.set(await makeConversation(world, channels[channel] as (typeof channels)[0]), channel);
  }
  const { workspaceId, desk } = world;
  const list = (limit: number) => listWaitingToTry(desk.db, { workspaceId, limit });
  const some = await list(12);
  expect(some.of).toBe(36);
  const groups = some.conversationIds.map((id) => ids.get(id));
  expect(groups.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
  for (const limit of [36, 37]) expect((await list(limit)).conversationIds).toHaveLength(36);
  expect(new Set((await list(35)).conversationIds).size).toBe(35);
});
