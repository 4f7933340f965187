// What an agent is told of, and what not.
import { expect, test } from 'vitest';
import type { Conversation } from '../../api/shapes.ts';
import { findNews } from './find-news.ts';

const NOW = Date.parse('2026-01-05T09:00:00Z');
const AT = '2026-01-05T08:59:55.000Z';
const make = (fields: Partial<Conversation>) =>
  ({
    ...{ state: 'assigned', agentId: 'ana', assignedAt: AT, unread: 0, lastMessage: null },
    offeredUntil: null,
    ...{ transfer: null, consulted: [], whisper: null },
    ...fields,
  }) as Conversation;
const kindFor = (me: string | null, before: Partial<Conversation> | null, now: object) =>
  findNews(before === null ? undefined : make(before), make(now), { me, at: NOW })?.kind ?? null;

const consulted = [{ agentId: 'budi', by: 'agent:ana', note: null, at: AT }];
const moved = (how: 'taken-over' | 'transferred', by: string) =>
  ({ agentId: 'budi', transfer: { how, by, fromAgentId: 'ana', note: 'why', at: AT } }) as const;

test('who is asked is told once, and nobody else is', () => {
  expect(kindFor('budi', {}, { consulted })).toBe('consulted');
  expect(kindFor('budi', null, { consulted })).toBe('consulted');
  expect(kindFor('budi', { consulted }, { consulted })).toBeNull();
  expect(kindFor('cici', {}, { consulted })).toBeNull();
  expect(kindFor('ana', {}, { consulted })).toBeNull();
  expect(kindFor(null, {}, { consulted })).toBeNull();
});

test('who has it hears the whisper, and only what was whispered to them', () => {
  const whisper = { seq: 4, agentId: 'ana', by: 'agent:susi', at: AT };
  expect(kindFor('ana', {}, { whisper })).toBe('whispered');
  expect(kindFor('ana', { whisper }, { whisper })).toBeNull();
  expect(kindFor('ana', { whisper }, { whisper: { ...whisper, seq: 6 } })).toBe('whispered');
  expect(kindFor('ana', {}, { whisper: { ...whisper, agentId: 'budi' } })).toBeNull();
  expect(kindFor('susi', {}, { whisper })).toBeNull();
  expect(kindFor('ana', {}, { whisper: { ...whisper, at: '2026-01-05T08:00:00Z' } })).toBeNull();
});

test('who had it is told that it was taken, and whoever gets it that it was handed over', () => {
  expect(kindFor('ana', {}, moved('taken-over', 'agent:susi'))).toBe('taken');
  expect(kindFor('ana', {}, moved('transferred', 'agent:susi'))).toBe('taken');
  expect(kindFor('ana', {}, moved('transferred', 'agent:ana'))).toBeNull();
  expect(kindFor('ana', { agentId: 'cici' }, moved('taken-over', 'agent:susi'))).toBeNull();
  expect(kindFor('budi', {}, moved('transferred', 'agent:ana'))).toBe('handed-over');
  // Taken by oneself: that one knows.
  expect(kindFor('budi', {}, moved('taken-over', 'agent:budi'))).toBe('assigned');
});
