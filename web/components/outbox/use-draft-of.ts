// What one has begun to write in a conversation and not sent, for whoever only looks at its row.
import { useMemo, useSyncExternalStore } from 'react';
import { makeDrafts, watchDrafts } from '../../live/drafts.ts';
import { useSession } from '../session/use-session.ts';

/** undefined: nothing. */
export function useDraftOf(id: string): string | undefined {
  const { workspace, user } = useSession();
  const drafts = useMemo(
    () => makeDrafts(localStorage, { workspaceId: workspace.id, userId: user.id }),
    [workspace.id, user.id],
  );
  return useSyncExternalStore(watchDrafts, () => drafts.all()[id]?.text);
}
