// A device says that a push has reached it; a phone that sleeps counts on from then.
import { Refused } from '../errors.ts';
import { acknowledge, renewAsleep } from '../store/pushes.ts';
import { withRoutingLock } from '../store/tx.ts';
import type { Desk } from './context.ts';

/**
 * By the session to which it was sent. A second time, or too late, it changes nothing. Refuses
 * `push.not-found`.
 */
export async function acknowledgePush(
  desk: Desk,
  key: { workspaceId: string; sessionId: string; token: string },
): Promise<void> {
  const { workspaceId } = key;
  await withRoutingLock(desk.db, workspaceId, async (tx) => {
    const found = await acknowledge(tx, key);
    if (found === null) throw new Refused('push.not-found');
    if (found.wakes) await renewAsleep(tx, { workspaceId, userId: found.userId });
  });
}
