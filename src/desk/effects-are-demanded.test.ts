// What a verb may not write: the compiler refuses each of these lines, and an accepted one fails the type check.
import { expect, test } from 'vitest';
import { closeConversations } from '../store/close-conversations.ts';
import { returnToQueue } from '../store/move-conversation.ts';
import { openConversations } from '../store/open-conversations.ts';
import { claimFor } from './assign-conversation.ts';
import { commit, commitLocked, commitOne } from './commit.ts';
import type { Desk } from './context.ts';
import { applyUpdate } from './update-agent.ts';

declare const anything: never;

async function forgets(desk: Desk, workspaceId: string): Promise<void> {
  await commit(desk, workspaceId, async (tx, after) => {
    const all = after({ wake: true, send: true, conversation: null });
    await closeConversations(all, workspaceId, []);
    // @ts-expect-error Nothing is promised.
    await closeConversations(tx, workspaceId, []);
    // @ts-expect-error The router is forgotten.
    await closeConversations(after({ send: true, conversation: null }), workspaceId, []);
    // @ts-expect-error The deliveries are forgotten.
    await returnToQueue(after({ wake: true, conversation: null }), anything);
    // @ts-expect-error Who watches is forgotten.
    await returnToQueue(after({ wake: true, send: true }), anything);
    // @ts-expect-error No routing lock.
    await claimFor(after({ send: true, conversation: null, agent: null }), anything, anything);
  });
  await commitLocked(desk, workspaceId, async (_, after) => {
    // @ts-expect-error A role may end rights.
    await applyUpdate(after({ wake: true, send: true, agent: null }), anything, {});
  });
  // @ts-expect-error A pool promises nothing.
  await openConversations(desk.db, workspaceId, []);
  await commitOne(desk, workspaceId, (after) =>
    // @ts-expect-error The router is forgotten.
    openConversations(after({ send: true, conversation: null }), workspaceId, []),
  );
  // @ts-expect-error Only a commit wakes the router.
  desk.wake(workspaceId);
  // @ts-expect-error Only a commit sends.
  desk.send(workspaceId);
  // @ts-expect-error Only a commit tells.
  desk.changed(workspaceId, []);
}

test('a desk has no door to its receiver but a commit', () => {
  expect(forgets).toBeTypeOf('function');
});
