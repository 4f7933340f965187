// What an inbox shows: its view and the wishes that stand in the address.
import type { ConversationFilter } from '../../api/shapes.ts';
import type { InboxView } from '../../paths.ts';

export interface InboxSearch {
  q?: string;
  channel?: string;
  team?: string;
  agent?: string;
  tag?: string;
  sort?: 'waiting' | 'recent' | 'oldest';
}

const views: Record<InboxView, ConversationFilter> = {
  mine: { state: 'assigned', agentId: 'me' },
  waiting: { state: 'waiting' },
  team: { state: 'open', teamId: 'mine' },
  all: { state: 'open' },
  closed: { state: 'closed' },
};

export function toFilter(view: InboxView, search: InboxSearch): ConversationFilter {
  const { q, channel, team, agent, tag, sort } = search;
  return {
    ...views[view],
    ...(q ? { q } : {}),
    ...(channel ? { channelId: channel } : {}),
    ...(team ? { teamId: team } : {}),
    ...(agent ? { agentId: agent } : {}),
    ...(tag ? { tag } : {}),
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
  const read: Record<string, string | undefined> = {
    q: text('q')?.slice(0, 100),
    channel: text('channel'),
    team: text('team'),
    agent: text('agent'),
    tag: text('tag'),
    sort: sort === 'waiting' || sort === 'recent' || sort === 'oldest' ? sort : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value)) as InboxSearch;
}
