// Mutants that no test notices, each with the reason why it may live. `npm run mutants` prints them.

export interface Justified {
  file: string;
  /** Where the same code stands in several lines. */
  line?: number;
  /** The code as it stands, on one line. */
  before: string;
  /** What the mutant makes of it; without one, whatever it makes. */
  after?: string;
  why: string;
}

const SAME_ANSWER = 'the same answer by another way: it only takes longer';
const BEYOND_THE_END = 'what stands behind the last compares as false, so it changes nothing';
const ONLY_MEMORY = 'what is idle is forgotten sooner or later: no answer depends on when';

const ONLY_SPEED = 'keys are remembered for speed alone: the same key is read again';

export const justified: readonly Justified[] = [
  {
    file: 'src/delivery/sign-delivery.ts',
    before: 'before !== undefined',
    after: 'false',
    why: ONLY_SPEED,
  },
  {
    file: 'src/delivery/sign-delivery.ts',
    before: 'known.size >= MOST_REMEMBERED',
    why: ONLY_SPEED,
  },
  { file: 'src/delivery/sign-delivery.ts', before: 'known.clear();', why: ONLY_SPEED },
  { file: 'src/delivery/sign-delivery.ts', before: 'known.set(secret, key);', why: ONLY_SPEED },
  {
    file: 'src/delivery/sign-delivery.ts',
    before: "'utf8'",
    why: 'Node takes UTF-8 where no encoding is named',
  },
  {
    file: 'src/access/can.ts',
    before: '/\\.read$/',
    why: 'no action has “.read” but at its end, as the table in can.test.ts shows',
  },
  { file: 'src/access/rates.ts', before: 'now - sweptAt < limit.withinMs', why: ONLY_MEMORY },
  { file: 'src/access/rates.ts', before: 'now - sweptAt', why: ONLY_MEMORY },
  { file: 'src/access/rates.ts', before: 'until <= now', why: ONLY_MEMORY },
  {
    file: 'src/mqtt/may.ts',
    before: "topic.kind !== 'session'",
    after: 'false',
    why: 'no other topic has an end, so the other half of the condition refuses it',
  },
  { file: 'src/routing/decide.ts', before: 'pools.set(needsKey, pool);', why: SAME_ANSWER },
  {
    file: 'src/routing/decide.ts',
    before: 'renewPosition(positions, standings, winner);',
    why: 'a position may be too good: it is renewed when it comes first',
  },
  { file: 'src/routing/decide.ts', before: 'first === undefined', why: BEYOND_THE_END },
  {
    file: 'src/routing/decide.ts',
    before: 'at < members.length',
    after: 'at <= members.length',
    why: BEYOND_THE_END,
  },
  { file: 'src/routing/decide.ts', before: 'nth > 0', after: 'true', why: SAME_ANSWER },
  { file: 'src/routing/decide.ts', before: 'nth > 0', after: 'nth >= 0', why: SAME_ANSWER },
  { file: 'src/routing/heap.ts', before: '2 * index', why: SAME_ANSWER },
  { file: 'src/routing/heap.ts', before: 'child < items.length', why: BEYOND_THE_END },
  {
    file: 'src/routing/heap.ts',
    before: '(items.length >> 1) - 1',
    after: '(items.length >> 1) + 1',
    why: SAME_ANSWER,
  },
  {
    file: 'src/routing/heap.ts',
    before: 'items.length > 1',
    why: 'the first is exchanged with itself, or nothing with nothing',
  },
  { file: 'src/routing/heap.ts', before: 'index > 0', after: 'index >= 0', why: BEYOND_THE_END },
  {
    file: 'src/routing/explain.ts',
    before: '{ now: 0 }',
    why: 'no lease ends before 1970',
  },
  {
    file: 'src/routing/explain.ts',
    before: 'excluded.get(agentId)?.name',
    why: 'a default for the compiler: the list was filtered by this map',
  },
  {
    file: 'src/routing/preference.ts',
    before: 'order ||= compare(column, a, b)',
    why: 'no strategy has three criteria',
  },
  {
    file: 'src/routing/preference.ts',
    before: '(order || a - b) < 0',
    why: 'nobody is compared with themselves',
  },
  {
    file: 'src/routing/preference.ts',
    before: 'capacity === 0',
    why: 'whoever has no capacity is never eligible, so is never compared',
  },
  {
    file: 'src/routing/heap.ts',
    before: 'child <= 2 * index + 2',
    after: 'true',
    why: 'the best of all that stand behind is as good a child as the better of two',
  },
  {
    file: 'src/routing/explain.ts',
    before: '[]',
    why: 'a text has neither capacity nor id, so it is filtered out',
  },
  {
    file: 'src/routing/name-agents.ts',
    before: "'question'",
    why: 'a key by which the one kind of needs is found again: any does',
  },
  {
    file: 'src/desk/close-conversation.ts',
    before: "told || outcome === 'doubt'",
    after: 'true',
    why: 'one more look for deliveries, which finds none',
  },
  {
    file: 'src/desk/close-conversation.ts',
    line: 136,
    before: '[]',
    why: 'a form only makes items of names and values, and there are none',
  },
  {
    file: 'src/desk/route-waiting.ts',
    before: 'count >= room',
    after: 'count > room',
    why: SAME_ANSWER,
  },
  {
    file: 'src/desk/route-waiting.ts',
    before: '(limit) => limit >= room',
    after: '() => undefined',
    why: 'more are read than there is room for, and no more are given',
  },
  {
    file: 'src/desk/route-waiting.ts',
    before: 'fresh.groups.filter(({ needsKey }) => !queued.has(needsKey))',
    after: 'fresh.groups',
    why: SAME_ANSWER,
  },
  {
    file: 'src/desk/route-waiting.ts',
    before: 'groups.length + awaiting.groups.length === 0 || !agents.some(hasSomeRoom)',
    after: 'false',
    why: 'what follows finds no group that anybody has room for, either: it only takes longer',
  },
];
