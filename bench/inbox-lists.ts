// The lists of conversations that people look at, for measuring them.
import type { InboxFilter } from '../src/store/inbox-filter.ts';
import type { History } from './inbox-history.ts';

const NOBODY = '01935ad0-0000-7000-8000-000000000002';

export const listsOf = ({ agentId, teamId, channelId }: History): Record<string, InboxFilter> => ({
  'mine, latest first': { scope: 'assigned', sort: 'recent', agentId },
  'waiting, in the order of the queue': { scope: 'waiting', sort: 'waiting' },
  'one team, latest first': { scope: 'open', sort: 'recent', teamIds: [teamId] },
  'all open, latest first': { scope: 'open', sort: 'recent' },
  'all open, oldest first': { scope: 'open', sort: 'oldest' },
  'open of a channel': { scope: 'open', sort: 'recent', channelId },
  'closed, latest first': { scope: 'closed', sort: 'recent' },
  'closed of an agent': { scope: 'closed', sort: 'recent', agentId },
  'closed with a tag': { scope: 'closed', sort: 'recent', tag: 'refund' },
  'closed with a tag that nobody uses': { scope: 'closed', sort: 'recent', tag: 'nothing' },
  'closed of a team that closed nothing': { scope: 'closed', sort: 'recent', teamIds: [NOBODY] },
  'closed on a channel that is new': { scope: 'closed', sort: 'recent', channelId: NOBODY },
  'closed, seen by an agent of no team': { scope: 'closed', sort: 'recent', seenBy: NOBODY },
  'closed, seen by an agent of a team': { scope: 'closed', sort: 'recent', seenBy: agentId },
  'any state, newest first': { scope: 'any', sort: 'recent' },
  'search: the beginning of an address': { scope: 'any', sort: 'recent', q: 'customer123456@' },
  'search: a part of what was said': { scope: 'any', sort: 'recent', q: 'order a1b2' },
  'search: a word in every message': { scope: 'any', sort: 'recent', q: 'About order' },
  'search: nothing to find': { scope: 'open', sort: 'recent', q: 'no such words' },
});
