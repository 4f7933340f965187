// Gives the screens the outbox of whoever is signed in, and asks what becomes of it when they leave.
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { sessionQuery } from '../../api/queries.ts';
import type { Session } from '../../api/shapes.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { outboxOf } from '../../live/kept-outgoing.ts';
import { useLive } from '../../live/live-provider.tsx';
import { refreshMessages } from '../../live/messages-cache.ts';
import { type Outbox, openOutbox, type UnsentMessage } from '../../live/open-outbox.ts';
import { askWho, postOutgoing } from '../../live/post-outgoing.ts';
import { OnDemand, partOf } from '../on-demand/on-demand.tsx';

const leaveDialog = partOf(
  async () => (await withWords(import('./leave-dialog.tsx'), 'inbox')).LeaveDialog,
);

interface OutboxValue {
  outbox: Outbox | null;
  /** Answers whether the person still wants to sign out; asked only where something has not been sent. */
  mayLeave(): Promise<boolean>;
}
const OutboxContext = createContext<OutboxValue>({ outbox: null, mayLeave: async () => true });
export const useOutboxValue = () => use(OutboxContext);

const nothing: readonly UnsentMessage[] = [];

export function useOutgoing(): readonly UnsentMessage[] {
  const { outbox } = useOutboxValue();
  return useSyncExternalStore(
    (listener) => outbox?.onChange(listener) ?? (() => {}),
    () => outbox?.all() ?? nothing,
  );
}

/** Over plain http browsers have no locks: two tabs may then send the same, which the server writes once. */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
  await (navigator.locks?.request(name, work) ?? work());
}

export function OutboxProvider({ session, children }: { session: Session; children: ReactNode }) {
  const queries = useQueryClient();
  const live = useLive().state === 'live';
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  const [leave, setLeave] = useState<((leaves: boolean) => void) | null>(null);
  const workspaceId = session.workspace.id;
  const userId = session.user.id;

  useEffect(() => {
    const opened = openOutbox({
      store: localStorage,
      prefix: outboxOf({ workspaceId, userId }),
      post: (one) => postOutgoing(queries, one),
      isStillUs: async () => {
        const now = await askWho();
        const isUs = now.user.id === userId && now.workspace.id === workspaceId;
        if (!isUs) queries.setQueryData(sessionQuery.queryKey, now);
        return isUs;
      },
      onGone: (conversationId) => refreshMessages(queries, conversationId),
      alone,
    });
    setOutbox(opened);
    return () => opened.close();
  }, [queries, workspaceId, userId]);
  useEffect(() => {
    if (live) outbox?.hurry();
  }, [live, outbox]);

  const value = useMemo(
    () => ({
      outbox,
      mayLeave: async () => {
        if (outbox === null || outbox.all().length === 0) return true;
        return new Promise<boolean>((answer) => setLeave(() => answer));
      },
    }),
    [outbox],
  );
  const answer = (leaves: boolean) => {
    leave?.(leaves);
    setLeave(null);
  };
  return (
    <OutboxContext value={value}>
      {children}
      {leave !== null && (
        <OnDemand
          part={leaveDialog}
          count={outbox?.all().length ?? 0}
          onClose={() => answer(false)}
          onKeep={() => answer(true)}
          onDrop={() => {
            for (const { key } of outbox?.all() ?? []) outbox?.drop(key);
            answer(true);
          }}
        />
      )}
    </OutboxContext>
  );
}
