// What was said in one conversation and has not been answered yet.
import { useMemo } from 'react';
import type { Saying, UnsentMessage } from '../../live/open-outbox.ts';
import { useOutboxValue, useOutgoing } from './outbox-provider.tsx';

export interface ConversationOutbox {
  outgoing: readonly UnsentMessage[];
  send(saying: Omit<Saying, 'conversationId'>): void;
  retry(key: string): void;
  drop(key: string): void;
}

export function useOutbox(conversationId: string): ConversationOutbox {
  const { outbox } = useOutboxValue();
  const all = useOutgoing();
  return useMemo(
    () => ({
      outgoing: all.filter((one) => one.conversationId === conversationId),
      send: (saying) => outbox?.send({ ...saying, conversationId }),
      retry: (key) => outbox?.retry(key),
      drop: (key) => outbox?.drop(key),
    }),
    [all, outbox, conversationId],
  );
}
