// A report of a breach says which rooms it is about and what happened to them, and when.
import { expect, test } from 'vitest';
import type { Breach } from './find-breaches.ts';
import { writeEvidence } from './write-evidence.ts';

const BEGAN = Date.parse('2026-01-05T10:00:00.000Z');
const at = (ms: number) => new Date(BEGAN + ms).toISOString();

const assign = (roomId: string, ms: number) => ({
  ...{ at: BEGAN + ms, method: 'POST', path: '/api/v1/admin/service/assign_agent', query: {} },
  ...{ body: { room_id: roomId, agent_id: 7 }, status: null },
});
const hook = (roomId: string, ms: number) => ({
  ...{ at: BEGAN + ms, kind: 'agent_allocation' as const, roomId, status: 200, answeredMs: 12 },
});
const qiscus = {
  rooms: () => [],
  hooks: () => [hook('1', 0), hook('2', 1)],
  calls: () => [assign('2', 30), assign('1', 20)],
  assignments: () => [{ at: BEGAN + 25, roomId: '1', agentId: 7, replaced: null, byHand: false }],
};
const conversation = {
  ...{ id: 'c1', externalId: '1', state: 'closed' as const, queuedAt: at(5), rankAt: at(5) },
  ...{ closedAt: at(40), closeReason: 'resolved' },
};
const decisions = [
  { agentName: 'Ana', state: 'ended' as const, assignedAt: at(15), endedAt: null, endReason: null },
];
const breach = (roomId: string): Breach => ({
  promise: 'lost',
  about: `${roomId} was never given to anybody`,
  roomIds: [roomId],
});

test('the history of a room stands in the order of time, without what others did', () => {
  const lines = writeEvidence([breach('1')], { told: [{ conversation, decisions }], qiscus });
  expect(lines).toEqual([
    'lost: 1 was never given to anybody',
    '  1',
    '    10:00:00.000 webhook agent_allocation: 200 after 12 ms',
    `    10:00:00.005 Usher opens c1 with the rank ${at(5)}`,
    '    10:00:00.015 Usher gives c1 to Ana',
    '    10:00:00.020 Usher calls POST /api/v1/admin/service/assign_agent {"room_id":"1","agent_id":7}: no answer',
    '    10:00:00.025 Qiscus puts agent 7 into the room',
    '    10:00:00.040 Usher closes c1: resolved',
  ]);
});

test('of very many breaches some are told and the others counted', () => {
  const many = Array.from({ length: 25 }, (_, place) => breach(`${place + 100}`));
  const lines = writeEvidence(many, { told: [], qiscus });
  expect(lines.filter((line) => line.startsWith('lost:'))).toHaveLength(10);
  expect(lines.at(-1)).toBe('… and 15 more');
});
