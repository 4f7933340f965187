// Gives the screens the line to the broker: its state, who is typing, and a way to send presence.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react';
import { client } from '../api/client.ts';
import { agentsQuery, sessionQuery } from '../api/queries.ts';
import type { Agent, Session } from '../api/shapes.ts';
import type { Told } from './apply-hints.ts';
import { type Live, openLive } from './open-live.ts';

interface LiveValue {
  state: 'starting' | 'live' | 'reconnecting';
  /** By conversation: the name of who is typing. */
  typing: Readonly<Record<string, string>>;
  line: Live | null;
  /** The company's own system does not see us at work. */
  blocked: boolean;
}
const LiveContext = createContext<LiveValue>({
  state: 'starting',
  typing: {},
  line: null,
  blocked: false,
});
export const useLive = () => use(LiveContext);

const TYPING_ENDS_MS = 6000;

export function LiveProvider(props: {
  agentId: string | null;
  onConversation: Told;
  children: ReactNode;
}) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveValue['state']>('starting');
  const [typing, setTyping] = useState<Record<string, string>>({});
  const [line, setLine] = useState<Live | null>(null);
  const [blocked, setBlocked] = useState(false);
  const onConversation = useRef(props.onConversation);
  onConversation.current = props.onConversation;
  const { agentId } = props;

  useEffect(() => {
    if (agentId === null) return;
    const ends = new Map<string, ReturnType<typeof setTimeout>>();
    const stop = (id: string) => setTyping(({ [id]: _, ...others }) => others);
    const mine = (): Agent | undefined =>
      queries.getQueryData<Agent[]>(agentsQuery.queryKey)?.find(({ id }) => id === agentId);
    const opened = openLive({
      queries,
      agentId,
      me: () => ({ agentId, teamIds: mine()?.teamIds ?? [] }),
      // A line that was lost for long has made us offline; what was chosen still holds.
      isOnline: () => mine()?.availability === 'online' || mine()?.lapsed === true,
      tellWithoutLine: (leaseSeconds) => {
        const back = mine()?.lapsed ? { availability: 'online' as const } : {};
        const sign = { params: { path: { id: agentId } }, body: { leaseSeconds, ...back } };
        // Another follows soon.
        client.PATCH('/api/v1/agents/{id}', sign).catch(() => {});
      },
      onState: setState,
      onBlocked: setBlocked,
      onConversation: (before, now) => onConversation.current(before, now),
      onTyping: ({ conversationId, typing, from }) => {
        clearTimeout(ends.get(conversationId));
        if (!typing) return stop(conversationId);
        setTyping((now) => ({ ...now, [conversationId]: from?.name ?? '' }));
        ends.set(
          conversationId,
          setTimeout(() => stop(conversationId), TYPING_ENDS_MS),
        );
      },
    });
    setLine(opened);
    return () => {
      opened.close();
      for (const timer of ends.values()) clearTimeout(timer);
    };
  }, [agentId, queries]);

  const value = useMemo(() => ({ state, typing, line, blocked }), [state, typing, line, blocked]);
  return <LiveContext value={value}>{props.children}</LiveContext>;
}

/** For places outside of components. */
export function sessionOf(queries: ReturnType<typeof useQueryClient>): Session | undefined {
  return queries.getQueryData(sessionQuery.queryKey);
}
