// What takes back what was done with many conversations.
import { expect, test } from 'vitest';
import type { Conversation } from '../../api/shapes.ts';
import { makeUndo } from './bulk-changes.ts';

const row = (id: string, more: Partial<Conversation> = {}) =>
  ({
    ...{ id, channelKind: 'webchat', agentId: 'ana', priority: 'normal', tags: [] },
    ...more,
  }) as unknown as Conversation;

test('each gets the priority and the agent that it had, in one change for those that get the same', () => {
  const rows = [row('a'), row('b', { priority: 'high' }), row('c', { agentId: null })];
  expect(makeUndo(rows, { priority: 'urgent' })).toEqual([
    { ids: ['a', 'c'], action: { priority: 'normal' } },
    { ids: ['b'], action: { priority: 'high' } },
  ]);
  expect(makeUndo(rows, { transfer: { teamId: 't' } })).toEqual([
    { ids: ['a', 'b'], action: { transfer: { agentId: 'ana' } } },
    { ids: ['c'], action: { requeue: {} } },
  ]);
});

test('a tag is taken off only where it was put on, and put back only where it was', () => {
  const rows = [row('a', { tags: ['x', 'y'] }), row('b')];
  expect(makeUndo(rows, { tags: { add: ['x'] } })).toEqual([
    { ids: ['b'], action: { tags: { add: [], remove: ['x'] } } },
  ]);
  expect(makeUndo(rows, { tags: { remove: ['y'] } })).toEqual([
    { ids: ['a'], action: { tags: { add: ['y'], remove: [] } } },
  ]);
});

test('only what may be opened again is opened again', () => {
  const rows = [row('a'), row('b', { channelKind: 'qiscus' })];
  expect(makeUndo(rows, { close: {} })).toEqual([{ ids: ['a'], action: { reopen: {} } }]);
});
