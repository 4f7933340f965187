// Tells the server what has been seen, and remembers where the unread part began when the conversation was opened.
import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ask, client } from '../../api/client.ts';
import { conversationQuery } from '../../api/queries.ts';
import type { Conversation, ConversationPage, Message } from '../../api/shapes.ts';

/** The seq after which messages were new at the opening; null: nothing was. */
export function useMarkRead(
  conversation: Conversation,
  messages: readonly Message[] | undefined,
): number | null {
  const queries = useQueryClient();
  const { id, unread } = conversation;
  const opened = useRef<{ id: string; readSeq: number | null } | null>(null);
  const [visible, setVisible] = useState(!document.hidden);
  if (messages !== undefined && opened.current?.id !== id) {
    const theirs = messages.filter(({ authorKind }) => authorKind === 'contact');
    const first = unread > 0 ? theirs.at(-Math.min(unread, theirs.length)) : undefined;
    opened.current = { id, readSeq: first === undefined ? null : first.seq - 1 };
  }
  useEffect(() => {
    const look = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  const newest = messages?.at(-1)?.seq ?? 0;
  useEffect(() => {
    if (!visible || unread === 0 || newest === 0) return;
    const read = { params: { path: { id } }, body: { upToSeq: newest } };
    void ask(client.POST('/api/v1/conversations/{id}/read', read)).then(
      () => {
        const now = queries.getQueryData(conversationQuery(id).queryKey);
        if (now === undefined) return;
        const seen = { ...now, unread: 0 };
        queries.setQueryData(conversationQuery(id).queryKey, seen);
        refreshRow(queries, seen);
        void queries.invalidateQueries({ queryKey: ['counts'] });
      },
      () => {},
    );
  }, [visible, unread, newest, id, queries]);
  return opened.current?.id === id ? opened.current.readSeq : null;
}

/** Only the rows that show it: having read something moves nothing. */
function refreshRow(queries: QueryClient, seen: Conversation): void {
  queries.setQueriesData<InfiniteData<ConversationPage, string>>(
    { queryKey: ['conversations'] },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          items: page.items.map((one) => (one.id === seen.id ? { ...one, unread: 0 } : one)),
        })),
      },
  );
}
