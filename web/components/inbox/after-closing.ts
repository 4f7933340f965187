// What is shown once a conversation is closed, by each person's own choice in this browser.
import type { QueryClient } from '@tanstack/react-query';
import { conversationsQuery } from '../../api/queries.ts';
import { type InboxView, paths } from '../../paths.ts';
import { type InboxSearch, toFilter } from './inbox-filter.ts';

export const afterClosings = ['next', 'list'] as const;
export type AfterClosing = (typeof afterClosings)[number];
const KEY = 'usher.after-closing';

export function readAfterClosing(): AfterClosing {
  return localStorage.getItem(KEY) === 'list' ? 'list' : 'next';
}

export function keepAfterClosing(wish: AfterClosing): void {
  localStorage.setItem(KEY, wish);
}

/** Where to go from `id`, which is about to leave the list of `view`: its address. */
export function pathAfterClosing(
  queries: QueryClient,
  { id, view, search }: { id: string; view: InboxView; search: InboxSearch },
): string {
  const { queryKey } = conversationsQuery(toFilter(view, search));
  const rows = queries.getQueryData(queryKey)?.pages.flatMap(({ items }) => items) ?? [];
  const next = readAfterClosing() === 'next' ? neighbourOf(rows, id) : null;
  return next === null ? paths.inbox(view) : paths.conversation(view, next.id);
}

/** The one below, or above the last; null: it is alone, or not among them. */
export function neighbourOf<Row extends { id: string }>(
  rows: readonly Row[],
  id: string,
): Row | null {
  const at = rows.findIndex((row) => row.id === id);
  return at < 0 ? null : (rows[at + 1] ?? rows[at - 1] ?? null);
}
