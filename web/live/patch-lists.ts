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
    fitsConsulted(conversation, filter, me) &&
    (channelId === undefined || channelId === conversation.channelId) &&
    (filter.unanswered !== true || isUnanswered(conversation)) &&
    (tag === undefined || conversation.tags.includes(tag))
  );
}

function isUnanswered({ silence }: Conversation): boolean {
  return silence?.of === 'agent' && silence.noticedAt !== null;
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

function fitsConsulted(
  { state, agentId: holder, consulted }: Conversation,
  filter: ConversationFilter,
  me: Me,
): boolean {
  if (filter.consulted === undefined) return true;
  const isHeld = state !== 'closed' && holder !== null;
  return isHeld && consulted.some(({ agentId }) => agentId === me.agentId);
}

/** Without a target, or parked without a time, it comes last. */
const LAST = '9999';

/** As the server sorts. */
export function compare(filter: ConversationFilter) {
  const sort = filter.sort ?? firstSort(filter);
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
  const until = (a: Conversation, b: Conversation) =>
    (a.parked?.until ?? LAST).localeCompare(b.parked?.until ?? LAST) || a.id.localeCompare(b.id);
  return { waiting: ranked, recent, oldest, due, until }[sort];
}

function firstSort({ state }: ConversationFilter) {
  if (state === 'parked') return 'until';
  return state === 'waiting' ? 'waiting' : 'recent';
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
