// Lists that are patched by hints show what a fresh load would show.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Conversation, ConversationFilter, ConversationPage } from '../api/shapes.ts';
import { type Me, patchPages } from './patch-lists.ts';

const me: Me = { agentId: 'a1', teamIds: ['t1'] };
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 8, minute)).toISOString();

function makeConversation(id: string, fields: Partial<Conversation> = {}): Conversation {
  return {
    id,
    state: 'waiting',
    agentId: null,
    teamId: null,
    channelId: 'c1',
    tags: [],
    queuedAt: at(0),
    rankAt: at(0),
    activeAt: at(0),
    closedAt: null,
    lastMessage: null,
    ...fields,
  } as Conversation;
}

/** What the server promises of a list, told here by itself: it asks nothing of the code that it judges. */
interface Promised {
  filter: ConversationFilter;
  holds: (one: Conversation) => boolean;
  /** Of `minute`, then of the id. */
  latestFirst: boolean;
}

const promised: Promised[] = [
  {
    filter: { state: 'assigned', agentId: 'me' },
    holds: ({ state, agentId }) => state === 'assigned' && agentId === 'a1',
    latestFirst: true,
  },
  { filter: { state: 'waiting' }, holds: ({ state }) => state === 'waiting', latestFirst: false },
  {
    filter: { state: 'open', teamId: 'mine' },
    holds: ({ state, teamId }) => state !== 'closed' && teamId === 't1',
    latestFirst: true,
  },
  { filter: { state: 'open' }, holds: ({ state }) => state !== 'closed', latestFirst: true },
  { filter: { state: 'closed' }, holds: ({ state }) => state === 'closed', latestFirst: true },
  {
    filter: { state: 'closed', sort: 'oldest' },
    holds: ({ state }) => state === 'closed',
    latestFirst: false,
  },
  {
    filter: { state: 'open', tag: 'vip', sort: 'oldest' },
    holds: ({ state, tags }) => state !== 'closed' && tags.includes('vip'),
    latestFirst: false,
  },
];
const conversations = fc.record({
  id: fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6'),
  state: fc.constantFrom('waiting' as const, 'assigned' as const, 'closed' as const),
  agentId: fc.constantFrom(null, 'a1', 'a2'),
  teamId: fc.constantFrom(null, 't1', 't2'),
  tags: fc.constantFrom([], ['vip']),
  minute: fc.integer({ min: 0, max: 50 }),
});

/** What the server would answer. All times of a conversation are the same here. */
function load(all: Iterable<Conversation>, { holds, latestFirst }: Promised): Conversation[] {
  const keyOf = ({ queuedAt, id }: Conversation) => `${queuedAt} ${id}`;
  const sorted = [...all].filter(holds).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return latestFirst ? sorted.reverse() : sorted;
}

test('initial state and changes are the fresh state, whatever changes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...promised),
      fc.array(conversations, { maxLength: 6 }),
      fc.array(conversations, { maxLength: 20 }),
      (list, before, changes) => {
        const { filter } = list;
        const world = new Map<string, Conversation>();
        const put = ({ minute, id, ...rest }: (typeof before)[number]) => {
          const made = makeConversation(id, {
            ...rest,
            queuedAt: at(minute),
            rankAt: at(minute),
            activeAt: at(minute),
            closedAt: at(minute),
          });
          world.set(id, made);
          return made;
        };
        before.forEach(put);
        let pages: ConversationPage[] = [{ items: load(world.values(), list), nextCursor: null }];
        for (const change of changes) {
          pages = patchPages(pages, { conversation: put(change), filter, me }) ?? pages;
        }
        const shown = pages.flatMap(({ items }) => items.map(({ id }) => id));
        expect(shown).toEqual(load(world.values(), list).map(({ id }) => id));
      },
    ),
  );
});

test('what lies behind the pages that are loaded is left to the next page', () => {
  const first = makeConversation('k1', { rankAt: at(1) });
  const pages = [{ items: [first], nextCursor: 'more' }];
  const later = makeConversation('k2', { rankAt: at(9) });
  const patched = patchPages(pages, { conversation: later, filter: { state: 'waiting' }, me });
  expect(patched?.[0]?.items).toEqual([first]);
});

test('only the server can tell what a search finds', () => {
  const change = { conversation: makeConversation('k1'), filter: { q: 'parcel' }, me };
  expect(patchPages([], change)).toBeNull();
});

test('a list that is not touched stays the very same, so that nothing is drawn anew', () => {
  const pages = [{ items: [makeConversation('k1')], nextCursor: null }];
  const other = makeConversation('k2', { state: 'closed' });
  expect(patchPages(pages, { conversation: other, filter: { state: 'waiting' }, me })).toBe(pages);
});
