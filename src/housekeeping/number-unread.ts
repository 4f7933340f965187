// Numbers the updates of channels whose program does not ask for them, so that they can be forgotten, and asking later is quick.
import type { Desk } from '../desk/context.ts';
import { numberUpdates } from '../desk/number-updates.ts';
import type { Chore } from '../loops/every-workspace.ts';
import { listChannelsWithUpdates } from '../store/updates.ts';

export function numberUnread(desk: Desk): Chore['act'] {
  return async (workspaceId, goesOn) => {
    for (const channelId of await listChannelsWithUpdates(desk.db, workspaceId)) {
      if (!goesOn()) return true;
      await numberUpdates(desk, workspaceId, channelId);
    }
    return false;
  };
}
