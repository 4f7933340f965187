// Puts a conversation back among the unread ones, once nobody looks at it any more.
import type { QueryClient } from '@tanstack/react-query';
import { ask, client } from '../../api/client.ts';
import { conversationQuery } from '../../api/queries.ts';
import { refreshLists } from '../../live/apply-hints.ts';
import { askAnew } from '../../live/ask-anew.ts';

const at = (id: string) => ({ params: { path: { id } } });

export async function markUnread(queries: QueryClient, id: string): Promise<void> {
  await ask(client.POST('/api/v1/conversations/{id}/unread', { ...at(id), body: {} }));
  await refresh(queries, id);
}

export async function markReadAgain(queries: QueryClient, id: string, seq: number): Promise<void> {
  await ask(client.POST('/api/v1/conversations/{id}/read', { ...at(id), body: { upToSeq: seq } }));
  await refresh(queries, id);
}

async function refresh(queries: QueryClient, id: string): Promise<void> {
  await Promise.all([
    refreshLists(queries),
    askAnew(queries, { queryKey: conversationQuery(id).queryKey }),
    askAnew(queries, { queryKey: ['counts'] }),
  ]);
}
