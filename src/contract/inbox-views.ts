// The lists of the inbox, and which conversations each of them asks for.

export const inboxViews = [
  'mine',
  'parked',
  'consulted',
  'waiting',
  'team',
  'all',
  'closed',
] as const;
export type InboxView = (typeof inboxViews)[number];

/** As GET /api/v1/conversations takes it. */
export const viewQueries = {
  mine: { state: 'assigned', agentId: 'me' },
  parked: { state: 'parked', agentId: 'me' },
  consulted: { state: 'assigned', consulted: 'me' },
  waiting: { state: 'waiting' },
  team: { state: 'open', teamId: 'mine' },
  all: { state: 'open' },
  closed: { state: 'closed' },
} as const satisfies Record<InboxView, object>;
