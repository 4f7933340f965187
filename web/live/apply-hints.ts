// Turns hints into as few requests as possible: a hint says what changed, not how.
import { hashKey, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/client.ts';
import { conversationQuery, offersQuery } from '../api/queries.ts';
import type { Conversation, ConversationFilter, ConversationPage } from '../api/shapes.ts';
import { askAnew, fetchNow } from './ask-anew.ts';
import { refreshMessages } from './messages-cache.ts';
import { type Me, patchPages } from './patch-lists.ts';

export interface Hint {
  kind: 'conversation' | 'agent' | 'queue' | 'channel' | 'endpoint' | 'settings' | 'notice';
  id: string | null;
}
export type Told = (before: Conversation | undefined, now: Conversation) => void;

const touched: Record<Exclude<Hint['kind'], 'conversation'>, string[]> = {
  agent: ['agents', 'queue'],
  queue: ['queue', 'counts'],
  channel: ['channels'],
  endpoint: ['endpoints', 'deliveries'],
  notice: ['notices'],
  settings: ['settings', 'policy', 'statuses', 'tags', 'canned-replies', 'teams', 'skills'],
};
// More at once than this: asking for the lists anew is cheaper.
const MANY = 20;

export async function applyHints(
  queries: QueryClient,
  args: { hints: readonly Hint[]; me: Me; onConversation?: Told },
) {
  const ids = new Set<string>();
  const keys = new Set<string>();
  for (const { kind, id } of args.hints) {
    if (kind !== 'conversation') for (const key of touched[kind] ?? []) keys.add(key);
    else if (id !== null) ids.add(id);
  }
  const work: Promise<unknown>[] = [];
  if (ids.size > 0) {
    keys.add('counts').add('queue');
    work.push(refreshConversations(queries, { ...args, ids: [...ids] }));
  }
  // Whoever comes or goes moves those who wait, and changes why they do.
  if (keys.has('queue')) {
    keys.add('decisions');
    work.push(refreshPlaces(queries, ids));
  }
  for (const key of keys) work.push(askAnew(queries, { queryKey: [key] }));
  await Promise.all(work);
}

async function refreshConversations(
  queries: QueryClient,
  { ids, me, onConversation }: { ids: string[]; me: Me; onConversation?: Told },
): Promise<void> {
  const offered = new Set(
    queries.getQueryData(offersQuery.queryKey)?.items.map((one) => one.conversationId),
  );
  let touchesOffers = ids.length > MANY || ids.some((id) => offered.has(id));
  if (ids.length > MANY) {
    await refreshLists(queries);
    for (const id of ids) void askAnew(queries, { queryKey: ['conversation', id] });
  } else {
    await Promise.all(
      ids.map(async (id) => {
        const before = queries.getQueryData(conversationQuery(id).queryKey);
        const now = await readNow(queries, id).catch((error: Error) => error);
        if (isGone(now)) return forget(queries, id);
        if (now instanceof Error) return;
        touchesOffers ||= now.offeredUntil !== null && now.agentId === me.agentId;
        placeInLists(queries, now, me);
        onConversation?.(before, now);
      }),
    );
  }
  if (touchesOffers) void askAnew(queries, { queryKey: offersQuery.queryKey });
  for (const id of ids) {
    void askAnew(queries, { queryKey: ['events', id] });
    void refreshMessages(queries, id);
  }
}

/** It is not there any more, or we may not see it any more. */
function isGone(answer: Conversation | Error): answer is ApiProblem {
  return answer instanceof ApiProblem && answer.status === 404;
}

/** Out of all lists; whoever has it open is told. */
function forget(queries: QueryClient, id: string): void {
  for (const [key, data] of queries.getQueriesData<List>({ queryKey: ['conversations'] })) {
    if (data === undefined) continue;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.filter((item) => item.id !== id),
    }));
    const was = pages.some((page, at) => page.items.length < (data.pages[at]?.items.length ?? 0));
    if (was) queries.setQueryData(key, { ...data, pages });
  }
  void queries.resetQueries({ queryKey: ['conversation', id], exact: true });
}

/** As it is after this call: an answer that was on its way already may be older than the hint. */
async function readNow(queries: QueryClient, id: string): Promise<Conversation> {
  const query = conversationQuery(id);
  while (queries.isFetching({ queryKey: query.queryKey, exact: true }) > 0) {
    await fetchNow(queries, query).catch(() => {});
  }
  return fetchNow(queries, query);
}

function refreshPlaces(queries: QueryClient, but: ReadonlySet<string>): Promise<void> {
  return askAnew(queries, {
    queryKey: ['conversation'],
    predicate: ({ queryKey: [, id], state: { data } }) =>
      !but.has(String(id)) && (data as Conversation | undefined)?.state === 'waiting',
  });
}

type List = InfiniteData<ConversationPage, string>;

export function placeInLists(queries: QueryClient, conversation: Conversation, me: Me): void {
  const lists = queries.getQueriesData<List>({ queryKey: ['conversations'] });
  for (const [key, data] of lists) {
    // Asked for the first time: its answer may have been read before this.
    if (data === undefined) {
      void askAnew(queries, { queryKey: key, exact: true });
      continue;
    }
    const filter = key[1] as ConversationFilter;
    const pages = patchPages(data.pages, { conversation, filter, me });
    // A list that is on its way may have been read before this, and would undo it.
    const underWay = queries.isFetching({ queryKey: key, exact: true }) > 0;
    if (pages !== null && pages !== data.pages) queries.setQueryData(key, { ...data, pages });
    if (pages === null || underWay) void askAnew(queries, { queryKey: key, exact: true });
  }
}

const seen = new Map<string, number>();

/** How far down somebody looks at a list now. */
export function noteSeen(filter: ConversationFilter, row: number): void {
  seen.set(hashKey(['conversations', filter]), row);
}

/**
 * Lists are asked for anew page by page: only those that are looked at, down to where. Otherwise whoever once
 * scrolled through ten thousand conversations would ask a hundred times at each reconnect.
 */
export async function refreshLists(queries: QueryClient): Promise<void> {
  for (const { queryKey, queryHash, state } of queries
    .getQueryCache()
    .findAll({ queryKey: ['conversations'] })) {
    const data = state.data as List | undefined;
    if (data === undefined) continue;
    let rows = 0;
    const enough = data.pages.findIndex(({ items }) => {
      rows += items.length;
      return rows > (seen.get(queryHash) ?? 0);
    });
    const kept = enough < 0 ? data.pages.length : enough + 1;
    if (kept === data.pages.length) continue;
    const { pages, pageParams } = data;
    const cut = { pages: pages.slice(0, kept), pageParams: pageParams.slice(0, kept) };
    queries.setQueryData<List>(queryKey, cut);
  }
  await askAnew(queries, { queryKey: ['conversations'] });
}

/** After a time in which nobody listened. */
export async function refreshAll(queries: QueryClient): Promise<void> {
  await Promise.all([
    refreshLists(queries),
    askAnew(queries, { predicate: ({ queryKey }) => isLive(queryKey) }),
  ]);
}

/** What may have changed while nobody listened; lists are looked after by themselves. */
function isLive([name]: readonly unknown[]): boolean {
  const others = ['sign-in', 'session', 'statistics', 'report', 'audit', 'conversations'];
  return !others.includes(String(name));
}
