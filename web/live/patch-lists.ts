// Puts a changed conversation into the lists that are shown, so that a hint costs one request and not a reload.
import type { Conversation, ConversationFilter, ConversationPage } from '../api/shapes.ts';

export interface Me {
  agentId: string | null;
  teamIds: readonly string[];
}

/** Null: only the server can tell, because words are searched, or because it changes with the time. */
export function belongs(
  conversation: Conversation,
  filter: ConversationFilter,
  me: Me,
): boolean | null {
  if (filter.q !== undefined || filter.due !== undefined) return null;
  const { channelId, tag } = filter;
  return (
    fitsState(conversation, filter) &&
    fitsAgent(conversation, filter, me) &&
    fitsTeam(conversation, filter, me) &&
    (channelId === undefined || channelId === conversation.channelId) &&
    (tag === undefined || conversation.tags.includes(tag))
  );
}

function fitsState({ state }: Conversation, filter: ConversationFilter): boolean {
  if (filter.state === undefined) return true;
  return filter.state === 'open' ? state !== 'closed' : filter.state === state;
}

function fitsAgent({ agentId }: Conversation, filter: ConversationFilter, me: Me): boolean {
  const wanted = filter.agentId === 'me' ? me.agentId : filter.agentId;
  if (filter.unassigned === true && agentId !== null) return false;
  return wanted === undefined || wanted === agentId;
}

function fitsTeam({ teamId }: Conversation, filter: ConversationFilter, me: Me): boolean {
  if (filter.teamId === 'mine') return teamId !== null && me.teamIds.includes(teamId);
  return filter.teamId === undefined || filter.teamId === teamId;
}

/** Without a target it comes last. */
const LAST = '9999';

/** As the server sorts. */
export function compare(filter: ConversationFilter) {
  const sort = filter.sort ?? (filter.state === 'waiting' ? 'waiting' : 'recent');
  const recent = (a: Conversation, b: Conversation) =>
    b.activeAt.localeCompare(a.activeAt) || b.id.localeCompare(a.id);
  const ranked = (a: Conversation, b: Conversation) =>
    a.rankAt.localeCompare(b.rankAt) || a.id.localeCompare(b.id);
  const latestEnd = (a: Conversation, b: Conversation) =>
    (b.closedAt ?? '').localeCompare(a.closedAt ?? '') || b.id.localeCompare(a.id);
  const firstEnd = (a: Conversation, b: Conversation) => latestEnd(b, a);
  const oldest = (a: Conversation, b: Conversation) =>
    a.queuedAt.localeCompare(b.queuedAt) || a.id.localeCompare(b.id);
  if (filter.state === 'closed') return sort === 'recent' ? latestEnd : firstEnd;
  const due = (a: Conversation, b: Conversation) =>
    (a.due?.dueAt ?? LAST).localeCompare(b.due?.dueAt ?? LAST) || a.id.localeCompare(b.id);
  return { waiting: ranked, recent, oldest, due }[sort];
}

export function lastAt({ lastMessage, queuedAt }: Conversation): string {
  return lastMessage === null || lastMessage.at < queuedAt ? queuedAt : lastMessage.at;
}

/** Null: this list has to be asked for anew. The same pages: nothing to do. */
export function patchPages(
  pages: readonly ConversationPage[],
  change: { conversation: Conversation; filter: ConversationFilter; me: Me },
): ConversationPage[] | null {
  const { conversation, filter, me } = change;
  const wanted = belongs(conversation, filter, me);
  if (wanted === null) return null;
  const without = pages.map((page) => {
    const items = page.items.filter(({ id }) => id !== conversation.id);
    return items.length === page.items.length ? page : { ...page, items };
  });
  const was = without.some((page, index) => page !== pages[index]);
  if (!wanted) return was ? without : (pages as ConversationPage[]);
  const before = compare(filter);
  for (const [index, page] of without.entries()) {
    const at = page.items.findIndex((item) => before(conversation, item) < 0);
    if (at >= 0) {
      return without.with(index, { ...page, items: page.items.toSpliced(at, 0, conversation) });
    }
  }
  const last = without.at(-1);
  // Behind everything loaded: it is on a page that has not been asked for yet.
  if (last === undefined || last.nextCursor !== null) return without;
  return without.with(-1, { ...last, items: [...last.items, conversation] });
}
