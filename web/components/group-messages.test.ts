// How a thread is read: days, groups, what happened between.
import { expect, test } from 'vitest';
import type { ConversationEvent, Message } from '../api/shapes.ts';
import { cutIntoStretches, groupMessages } from './group-messages.ts';

const say = (seq: number, minute: number, fields: Partial<Message> = {}) =>
  ({
    ...{ id: `m${seq}`, seq, kind: 'text', authorKind: 'contact', authorId: null },
    createdAt: new Date(2026, 0, 5, 9, minute).toISOString(),
    ...fields,
  }) as Message;
const kinds = (
  messages: Message[],
  events: ConversationEvent[] = [],
  readSeq: number | null = null,
) =>
  groupMessages({ messages, events, readSeq }).map((item) =>
    item.kind === 'group'
      ? `${item.side}:${item.messages.map(({ seq }) => seq).join('+')}`
      : item.kind,
  );

test('what one says within five minutes stands together, on its side', () => {
  const us = { authorKind: 'agent', authorId: 'a1' };
  expect(kinds([say(1, 0), say(2, 3), say(3, 20), say(4, 21, us), say(5, 22, us)])).toEqual([
    'day',
    'them:1+2',
    'them:3',
    'us:4+5',
  ]);
});

test('a note stands apart from answers of the same person', () => {
  const us = { authorKind: 'agent', authorId: 'a1' };
  expect(kinds([say(1, 0, us), say(2, 1, { ...us, kind: 'note' })])).toEqual([
    'day',
    'us:1',
    'us:2',
  ]);
});

test('what happened stands where it happened, and the unread part is marked once', () => {
  const assigned = {
    ...{ id: 'e1', seq: 2, type: 'conversation.assigned', data: {} },
    at: new Date(2026, 0, 5, 9, 1).toISOString(),
  };
  expect(kinds([say(1, 0), say(2, 2), say(3, 3)], [assigned], 1)).toEqual([
    'day',
    'them:1',
    'event',
    'new',
    'them:2+3',
  ]);
});

test('a new day is named', () => {
  const next = say(2, 0, { createdAt: new Date(2026, 0, 6, 9).toISOString() });
  expect(kinds([say(1, 0), next])).toEqual(['day', 'them:1', 'day', 'them:2']);
});

test('older messages in front move nothing into another stretch, and none is lost', () => {
  const all = Array.from({ length: 95 }, (_, at) => say(at + 1, at * 10));
  const cut = (messages: Message[]) =>
    cutIntoStretches(groupMessages({ messages, events: [], readSeq: null })).map(
      ({ key, items }) => ({
        key,
        seqs: items.flatMap((item) =>
          item.kind === 'group' ? item.messages.map(({ seq }) => seq) : [],
        ),
      }),
    );
  const [newest, whole] = [cut(all.slice(50)), cut(all)];
  expect(whole.flatMap(({ seqs }) => seqs)).toEqual(all.map(({ seq }) => seq));
  expect(whole.slice(-1)).toEqual(newest.slice(-1));
  expect(newest.every(({ key }, at) => key === whole[whole.length - newest.length + at]?.key)).toBe(
    true,
  );
  expect(whole[0]?.seqs).toHaveLength(39);
});

test('what happened before anything was said has its place too', () => {
  const opened = {
    ...{ id: 'e1', seq: 1, type: 'conversation.opened', data: {} },
    at: new Date(2026, 0, 5, 9, 1).toISOString(),
  };
  const items = groupMessages({ messages: [], events: [opened], readSeq: null });
  expect(cutIntoStretches(items).flatMap((stretch) => stretch.items)).toEqual(items);
});
