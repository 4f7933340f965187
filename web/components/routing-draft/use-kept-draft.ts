// What this person has drafted under Routing, for pages that try it.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { policyInForceQuery } from '../../api/policy-queries.ts';
import { useSession } from '../session/use-session.ts';
import { isDirty } from './draft-steps.ts';
import { makeDraftKeeper } from './keep-draft.ts';

/** `routing`: null: not known. Its `draft`: null: there is none. */
export function useKeptDraft() {
  const { user, workspace } = useSession();
  const { data: latest, isPending } = useQuery(policyInForceQuery);
  const routing = useMemo(() => {
    if (latest === undefined) return null;
    const keeper = makeDraftKeeper(localStorage, { workspaceId: workspace.id, userId: user.id });
    const kept = keeper.read(latest);
    return { latest, keeper, kept, draft: isDirty(kept) ? kept.present : null };
  }, [latest, user.id, workspace.id]);
  return { routing, isReady: !isPending };
}
