// How a thread is read: days, groups, what happened between.
import { expect, test } from 'vitest';
import type { ConversationEvent, Message } from '../../api/shapes.ts';
import { groupMessages } from './group-messages.ts';

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
