// Makes the screens of every workspace ask again for notices about the server.
import type { Receiver } from '../desk/commit.ts';
import type { Desk } from '../desk/context.ts';
import { listWorkspaceIds } from '../store/workspaces.ts';

/** Best effort: screens also ask by themselves now and then. */
export async function tellNotices(
  desk: Pick<Desk, 'db' | 'log'>,
  changed: Receiver['changed'],
): Promise<void> {
  try {
    for (const workspaceId of await listWorkspaceIds(desk.db)) {
      changed(workspaceId, [{ kind: 'notice', id: null }]);
    }
  } catch (error) {
    desk.log.warn({ err: error }, 'a notice could not be told');
  }
}
