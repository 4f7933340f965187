// What a saved view holds, as the address of the inbox has it, and back. Pure.
import type { SavedView } from '../../api/shapes.ts';
import type { InboxSearch } from './inbox-filter.ts';

type Filters = SavedView['filters'];

const names = {
  ...{ q: 'q', channel: 'channelId', team: 'teamId', agent: 'agentId' },
  ...{ tag: 'tag', due: 'due', sort: 'sort' },
} as const satisfies Record<keyof InboxSearch, keyof Filters>;

export function toFilters(search: InboxSearch): Filters {
  const entries = Object.entries(names).map(([from, to]) => [
    to,
    search[from as keyof InboxSearch],
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value)) as Filters;
}

export function toSearch(filters: Filters): InboxSearch {
  const entries = Object.entries(names).map(([to, from]) => [to, filters[from]]);
  return Object.fromEntries(entries.filter(([, value]) => value)) as InboxSearch;
}

/** Whether these wishes are those of the view. */
export function isSame(filters: Filters, search: InboxSearch): boolean {
  const text = (of: Filters) => JSON.stringify(toFilters(toSearch(of)));
  return text(filters) === JSON.stringify(toFilters(search));
}
