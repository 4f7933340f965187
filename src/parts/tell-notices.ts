// Has the screens of every workspace look again at what is wrong with the server.
import type { Desk } from '../desk/context.ts';
import { listWorkspaceIds } from '../store/workspaces.ts';

/** Best effort: they look by themselves once in a while. */
export async function tellNotices(desk: Pick<Desk, 'db' | 'changed' | 'log'>): Promise<void> {
  try {
    for (const workspaceId of await listWorkspaceIds(desk.db)) {
      desk.changed(workspaceId, [{ kind: 'notice', id: null }]);
    }
  } catch (error) {
    desk.log.warn({ err: error }, 'a notice could not be told');
  }
}
