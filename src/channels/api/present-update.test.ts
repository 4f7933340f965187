// What a program is told of an event, and of which it is told nothing.
import { expect, test } from 'vitest';
import { eventTypes } from '../../contract/event-types.ts';
import { updateEvents } from '../../contract/updates.ts';
import type { UpdateRow } from '../../store/updates.ts';
import { presentUpdate } from './present-update.ts';

const row: UpdateRow = {
  ...{ number: 7, conversationId: 'c', externalId: 'case-1', contactExternalId: 'customer-1' },
  ...{ type: null, at: new Date('2026-01-02T03:04:05Z'), data: {}, readSeq: null },
  ...{ heldAtOnce: false, agentName: 'Ben', agentAvatarUrl: null },
};
const shown = { publicUrl: 'https://usher.example', agentAvatarUrl: 'https://usher.example/a.png' };
const present = (change: Partial<UpdateRow>) => presentUpdate({ ...row, ...change }, shown);

test('each event of which updates tell becomes one update, or none', () => {
  const told = Object.fromEntries(
    updateEvents
      .filter((type) => type !== 'message.created')
      .map((type) => [type, present({ type })?.type ?? null]),
  );
  expect(told).toEqual({
    'conversation.opened': 'queued',
    'conversation.assigned': null,
    'conversation.assignment-confirmed': 'assigned',
    'conversation.declined': 'queued',
    'conversation.missed': 'queued',
    'conversation.requeued': 'queued',
    'conversation.left-by-bot': 'queued',
    'conversation.transferred': 'queued',
    'conversation.returned': 'queued',
    'conversation.reopened': 'queued',
    'conversation.closed': 'closed',
  });
  expect(eventTypes).toEqual(expect.arrayContaining([...updateEvents]));
});

test('who has an agent is told by an assignment that held at once, or by its confirmation, and never by an offer', () => {
  expect(present({ type: 'conversation.assigned', heldAtOnce: true })).toEqual({
    ...{ type: 'assigned', conversation: 'case-1', conversationId: 'c' },
    ...{ contact: { externalId: 'customer-1' }, at: '2026-01-02T03:04:05.000Z' },
    agent: { name: 'Ben', avatarUrl: 'https://usher.example/a.png' },
  });
  const own = { agentAvatarUrl: 'https://example.com/ben.png' };
  expect(present({ type: 'conversation.assignment-confirmed', ...own })).toMatchObject({
    agent: { avatarUrl: 'https://example.com/ben.png' },
  });
});

test('who is given to another agent does not wait in between', () => {
  const type = 'conversation.transferred';
  expect(present({ type, data: { toAgentId: 'a' } })).toBeNull();
  expect(present({ type, data: { toTeamId: 't' } })).toMatchObject({ type: 'queued' });
});

test('notes, and what is deleted, are told to nobody', () => {
  const data = {
    ...{ messageId: 'm', messageSeq: 3, authorKind: 'agent', text: 'Hello' },
    attachments: [{ id: 'f', name: 'a b.txt', type: 'text/plain', url: '/api/v1/attachments/f/a' }],
  };
  const type = 'message.created';
  expect(present({ type, data: { ...data, kind: 'note' } })).toBeNull();
  expect(present({ type, data: { ...data, kind: 'text' } })).toMatchObject({
    message: {
      ...{ id: 'm', seq: 3, authorKind: 'agent', text: 'Hello' },
      attachments: [{ url: 'https://usher.example/attachments/f/a%20b.txt' }],
    },
  });
  expect(present({ externalId: null, contactExternalId: null })).toBeNull();
  expect(present({ type: null })).toBeNull();
});
