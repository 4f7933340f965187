// What an inbox shows: its view and the wishes that stand in the address.
import { viewQueries } from '../../../src/contract/inbox-views.ts';
import type { ConversationFilter } from '../../api/shapes.ts';
import type { InboxView } from '../../paths.ts';

export interface InboxSearch {
  q?: string;
  channel?: string;
  team?: string;
  agent?: string;
  tag?: string;
  due?: 'soon' | 'overdue';
  sort?: 'waiting' | 'recent' | 'oldest' | 'due' | 'until';
}

const sorts = ['waiting', 'recent', 'oldest', 'due', 'until'] as const;
/** What a view can be sorted by: only what is parked comes back. */
export const sortsOf = (view: InboxView) =>
  sorts.filter((one) => one !== 'until' || view === 'parked');
/** As the server sorts without a wish. */
export function firstSort(view: InboxView): (typeof sorts)[number] {
  if (view === 'parked') return 'until';
  return view === 'waiting' ? 'waiting' : 'recent';
}
export const dues = ['soon', 'overdue'] as const;

export function toFilter(view: InboxView, search: InboxSearch): ConversationFilter {
  const { q, channel, team, agent, tag, due, sort } = search;
  return {
    ...viewQueries[view],
    ...(q ? { q } : {}),
    ...(channel ? { channelId: channel } : {}),
    ...(team ? { teamId: team } : {}),
    ...(agent ? { agentId: agent } : {}),
    ...(tag ? { tag } : {}),
    ...(due ? { due } : {}),
    ...(sort ? { sort } : {}),
  };
}

/** Reads an address that anybody may have typed. */
export function readSearch(search: Record<string, unknown>): InboxSearch {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const sort = text('sort');
  const due = text('due');
  const read: Record<string, string | undefined> = {
    q: text('q')?.slice(0, 100),
    channel: text('channel'),
    team: text('team'),
    agent: text('agent'),
    tag: text('tag'),
    due: due === 'soon' || due === 'overdue' ? due : undefined,
    sort: sorts.find((one) => one === sort),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value)) as InboxSearch;
}
