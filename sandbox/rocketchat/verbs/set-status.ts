// An agent comes, goes, or switches Omnichannel off; who is online is asked when a room is opened, never told.
import type { LivechatStatus, Presence, User } from '../state.ts';
import type { World } from '../world.ts';

export function setStatus(
  world: World,
  user: User,
  change: { status?: Presence; statusLivechat?: LivechatStatus },
): void {
  if (change.status !== undefined) user.status = change.status;
  if (change.statusLivechat !== undefined) user.statusLivechat = change.statusLivechat;
  user._updatedAt = world.clock.date();
}
