// Two tabs share one outbox by person, and a store that takes nothing loses nothing of the page.
import { expect, test } from 'vitest';
import { makeRecords, type Outgoing, outboxOf } from './kept-outgoing.ts';

function makeStore(isFull = false) {
  const content = new Map<string, string>();
  return {
    get length() {
      return content.size;
    },
    key: (at: number) => [...content.keys()][at] ?? null,
    getItem: (key: string) => content.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (isFull) throw new Error('QuotaExceededError');
      content.set(key, value);
    },
    removeItem: (key: string) => void content.delete(key),
  };
}

const make = (key: string, at: number, change: Partial<Outgoing> = {}): Outgoing => ({
  ...{ key, at, conversationId: 'k1', text: key, note: false, attachments: [], problem: null },
  ...change,
});

test('what two tabs write is one list in its order; what one has sent the other does not bring back', () => {
  const store = makeStore();
  const [one, other] = [makeRecords(store, 'ana.'), makeRecords(store, 'ana.')];
  one.put(make('b', 2));
  other.put(make('a', 1));
  expect(one.all().map(({ key }) => key)).toEqual(['a', 'b']);
  expect(other.all()).toEqual(one.all());
  one.remove('a');
  other.change(make('a', 1, { problem: { code: 'server.failed', detail: '' } }));
  expect(other.all().map(({ key }) => key)).toEqual(['b']);
  expect(one.nextPlace()).toBeGreaterThan(2);
});

test('the first that waits is found behind what was refused, and in its own conversation', () => {
  const records = makeRecords(makeStore(), 'ana.');
  records.put(make('a', 1, { problem: { code: 'conversation.closed', detail: '' } }));
  records.put(make('b', 2, { conversationId: 'k2' }));
  records.put(make('c', 3));
  expect(records.firstOf('k1')?.key).toBe('c');
  records.remove('c');
  expect(records.firstOf('k1')).toBeUndefined();
});

test('nobody reads what another person, or the same one in another workspace, has written', () => {
  const store = makeStore();
  const of = (workspaceId: string, userId: string) =>
    makeRecords(store, outboxOf({ workspaceId, userId }));
  of('w1', 'ana').put(make('a', 1));
  expect(of('w1', 'budi').all()).toEqual([]);
  expect(of('w2', 'ana').all()).toEqual([]);
  expect(of('w1', 'ana').all()).toHaveLength(1);
});

test('a full store keeps it for as long as the page is open', () => {
  const records = makeRecords(makeStore(true), 'ana.');
  records.put(make('a', 1));
  records.change(make('a', 1, { problem: { code: 'conversation.closed', detail: '' } }));
  expect(records.all()[0]?.problem?.code).toBe('conversation.closed');
  records.remove('a');
  expect(records.all()).toEqual([]);
});

test('what is no record of ours is passed over', () => {
  const store = makeStore();
  store.setItem('ana.x', '{broken');
  store.setItem('ana.y', '7');
  store.setItem('ana.z', 'null');
  expect(makeRecords(store, 'ana.').all()).toEqual([]);
});
