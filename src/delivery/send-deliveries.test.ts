// What becomes of the lane of a workspace that is removed.
import { v7 as uuid } from 'uuid';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { defaultPolicy } from '../contract/policy.ts';
import { insertPolicy, insertWorkspace } from '../store/workspaces.ts';
import { sendDeliveries } from './send-deliveries.ts';

/** Something that is tried again and again. */
async function leaveDelivery(place: Pick<TestDesk, 'desk' | 'workspaceId'>): Promise<void> {
  await makeEndpoint(place, { events: ['conversation.opened'] });
  await makeConversation(place, await makeChannel(place));
}

test('for a removed workspace nothing more is sent, and its claim is given back', async () => {
  const made = await makeDesk();
  const { desk, workspaceId } = made;
  const { db } = desk;
  const other = { desk, workspaceId: uuid() };
  await insertWorkspace(db, { ...other, name: 'Other', defaultCapacity: 2 });
  await insertPolicy(db, { ...other, policy: defaultPolicy, createdBy: 'test' });
  await leaveDelivery(made);
  await leaveDelivery(other);
  const attempts = new Map([workspaceId, other.workspaceId].map((id) => [id, 0]));
  const count = (id: string) => attempts.get(id) ?? 0;
  const errors: unknown[] = [];
  const loop = sendDeliveries({
    ...{ db, nodeId: 1, sweepMs: 20 },
    carry: async ({ workspaceId: id }) => {
      attempts.set(id, count(id) + 1);
      return { state: 'retry', result: 'not yet', afterMs: 10 };
    },
    onAttempts: async () => {},
    onError: (error) => void errors.push(error),
  });
  onTestFinished(() => loop.stop(1000));
  const isClaimed = async () =>
    (await db.query('select from delivery_claim where workspace_id = $1', [workspaceId])).rows
      .length === 1;
  await vi.waitFor(() => expect(count(workspaceId)).toBeGreaterThan(2), 10_000);
  expect(await isClaimed()).toBe(true);
  await db.query('update workspace set removed_at = now() where workspace_id = $1', [workspaceId]);
  await vi.waitFor(async () => expect(await isClaimed()).toBe(false), 10_000);
  const before = [count(workspaceId), count(other.workspaceId)] as const;
  await vi.waitFor(() => expect(count(other.workspaceId)).toBeGreaterThan(before[1] + 5), 10_000);
  expect(count(workspaceId)).toBe(before[0]);
  expect(errors).toEqual([]);
});
