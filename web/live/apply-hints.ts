// Turns hints into as few requests as show the truth: hints say what changed, never how.
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { conversationQuery } from '../api/queries.ts';
import type { Conversation, ConversationFilter, ConversationPage } from '../api/shapes.ts';
import { refreshMessages } from './messages-cache.ts';
import { type Me, patchPages } from './patch-lists.ts';

export interface Hint {
  kind: 'conversation' | 'agent' | 'queue' | 'channel' | 'endpoint' | 'settings';
  id: string | null;
}

const touched: Record<Exclude<Hint['kind'], 'conversation'>, string[]> = {
  agent: ['agents', 'queue'],
  queue: ['queue', 'counts'],
  channel: ['channels'],
  endpoint: ['endpoints', 'deliveries'],
  settings: ['settings', 'policy', 'tags', 'canned-replies', 'teams', 'skills'],
};
// More at once than this: asking for the lists anew is cheaper.
const MANY = 20;

export async function applyHints(queries: QueryClient, hints: readonly Hint[], me: Me) {
  const ids = new Set<string>();
  const keys = new Set<string>();
  for (const { kind, id } of hints) {
    if (kind !== 'conversation') for (const key of touched[kind] ?? []) keys.add(key);
    else if (id !== null) ids.add(id);
  }
  const work: Promise<unknown>[] = [];
  if (ids.size > 0) {
    keys.add('counts').add('queue');
    work.push(refreshConversations(queries, [...ids], me));
  }
  for (const key of keys) work.push(queries.invalidateQueries({ queryKey: [key] }));
  await Promise.all(work);
}

async function refreshConversations(queries: QueryClient, ids: string[], me: Me): Promise<void> {
  if (ids.length > MANY) {
    await queries.invalidateQueries({ queryKey: ['conversations'] });
    for (const id of ids) void queries.invalidateQueries({ queryKey: ['conversation', id] });
  } else {
    const fresh = await Promise.all(
      ids.map((id) =>
        queries.fetchQuery({ ...conversationQuery(id), staleTime: 0 }).catch(() => null),
      ),
    );
    for (const conversation of fresh) {
      if (conversation !== null) placeInLists(queries, conversation, me);
    }
  }
  for (const id of ids) {
    void queries.invalidateQueries({ queryKey: ['decisions', id] });
    void queries.invalidateQueries({ queryKey: ['events', id] });
    void refreshMessages(queries, id);
  }
}

export function placeInLists(queries: QueryClient, conversation: Conversation, me: Me): void {
  const lists = queries.getQueriesData<InfiniteData<ConversationPage, string>>({
    queryKey: ['conversations'],
  });
  for (const [key, data] of lists) {
    if (data === undefined) continue;
    const filter = key[1] as ConversationFilter;
    const pages = patchPages(data.pages, { conversation, filter, me });
    if (pages === null) void queries.invalidateQueries({ queryKey: key });
    else if (pages !== data.pages) queries.setQueryData(key, { ...data, pages });
  }
}
