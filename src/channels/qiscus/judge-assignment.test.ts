import { describe, expect, it } from 'vitest';
import { type Evidence, judgeAssignment, leavesDoubt, type Verdict } from './judge-assignment.ts';
import type { Failure, RemoteRoom } from './types.ts';

const accepted = { ok: true, value: { rawBody: '{}' } } as const;
const timeOut = failed({ kind: 'unknown' });
const unreachable = failed({ kind: 'unavailable' });
const broken = failed({ kind: 'unavailable', status: 503 });
const limited = failed({ kind: 'unavailable', status: 429, retryAfterMs: 7000 });
const full = failed({ kind: 'refused', text: 'Cant join room, exceed max agents' });
const odd = failed({ kind: 'refused', text: 'validation failed' });
const resolvedText = failed({ kind: 'refused', text: 'room already resolved' });
const unauthorized = failed({ kind: 'unauthorized', status: 401, text: 'Unauthorized' });
const resolvedForAgent = failed({ text: 'agent not allowed: already resolved' });
const forbidden = failed({ kind: 'unauthorized', status: 403, text: 'Forbidden' });
const noAgent = failed({ kind: 'refused', status: 404, text: 'Agent not found' });
const noRoom = failed({ kind: 'refused', status: 404, text: 'room not found for agent' });

const waiting = makeRoom({ isWaiting: true });
const returning = makeRoom({ isWaiting: true, isResolved: true });
const taken = makeRoom({});
const over = makeRoom({ isResolved: true });

const confirmed: Verdict = { verdict: 'confirmed' };
const readRoom: Verdict = { verdict: 'read-room' };
const alreadyResolved: Verdict = { verdict: 'close', reason: 'already-resolved' };
const elsewhere: Verdict = { verdict: 'close', reason: 'handled-elsewhere' };
const again = (afterMs: number): Verdict => ({ verdict: 'repeat', afterMs });
const later = (reason: 'room-full' | 'qiscus-refused'): Verdict => {
  return { verdict: 'requeue', excludeAgent: false, holdMs: 30_000, reason };
};
const without: Verdict = {
  verdict: 'requeue',
  excludeAgent: true,
  holdMs: 0,
  reason: 'agent-refused',
};

type Row = [string, Evidence['outcome'], Evidence['room'], number, boolean, Verdict];

const rows: Row[] = [
  ['accepted', accepted, 'unread', 1, false, confirmed],
  ['accepted after doubt', accepted, 'unread', 3, true, confirmed],

  ['timed out, room not read', timeOut, 'unread', 1, false, readRoom],
  ['timed out, room taken', timeOut, taken, 1, false, confirmed],
  ['timed out, room waits', timeOut, waiting, 1, false, again(1000)],
  ['timed out thrice, room waits', timeOut, waiting, 3, true, again(4000)],
  ['timed out, room is over', timeOut, over, 1, false, alreadyResolved],
  ['timed out, room unknown', timeOut, null, 2, false, again(2000)],

  ['not reached', unreachable, 'unread', 1, false, again(1000)],
  ['not reached for the seventh time', unreachable, 'unread', 7, false, again(60_000)],
  ['not reached for a day', unreachable, 'unread', 1500, false, again(60_000)],
  ['limited', limited, 'unread', 1, false, again(7000)],
  ['answered 503', broken, 'unread', 2, false, again(2000)],
  ['answered 503 ten times, doubt', broken, 'unread', 10, true, again(60_000)],
  ['key not accepted', unauthorized, 'unread', 1, false, again(30_000)],
  ['key not accepted for a day', unauthorized, 'unread', 2880, true, again(30_000)],

  ['full, room not read', full, 'unread', 1, false, readRoom],
  ['full, room waits', full, waiting, 1, false, again(1000)],
  ['full, room waits, second', full, waiting, 2, false, again(2000)],
  ['full, room waits, third', full, waiting, 3, false, again(4000)],
  ['full, room waits, fourth', full, waiting, 4, false, later('room-full')],
  ['full, room taken', full, taken, 1, false, elsewhere],
  ['full, room taken, doubt', full, taken, 2, true, confirmed],
  ['full, room over', full, over, 2, true, alreadyResolved],
  ['full, customer came back', full, returning, 1, false, again(1000)],

  ['resolved, room not read', resolvedText, 'unread', 1, false, readRoom],
  ['resolved, agent named', resolvedForAgent, 'unread', 1, false, readRoom],
  ['resolved, room over', resolvedText, over, 1, false, alreadyResolved],

  ['agent unknown', noAgent, 'unread', 1, false, without],
  ['room unknown', noRoom, 'unread', 1, false, readRoom],
  ['room unknown, as read', noRoom, null, 1, false, again(1000)],
  ['room unknown, thrice', noRoom, null, 3, false, later('qiscus-refused')],

  ['refused, room waits', odd, waiting, 2, false, again(2000)],
  ['refused thrice, room waits', odd, waiting, 3, false, later('qiscus-refused')],
  ['refused, room taken', odd, taken, 1, false, elsewhere],
  ['forbidden, room not read', forbidden, 'unread', 1, false, readRoom],
  ['forbidden thrice', forbidden, waiting, 3, false, later('qiscus-refused')],
];

describe('an attempt to assign', () => {
  it.each(rows)('%s', (_case, outcome, room, attempts, uncertain, verdict) => {
    const history = { attempts, uncertain };
    expect(judgeAssignment({ outcome, room, history })).toEqual(verdict);
  });

  it.each<Row>([
    ['accepted', accepted, 'unread', 1, false, confirmed],
    ['timed out: the room would look taken anyway', timeOut, 'unread', 1, false, again(1000)],
    ['refused, held by the other agent', odd, taken, 1, false, again(1000)],
    ['refused, room is over', odd, over, 1, false, alreadyResolved],
    ['refused thrice', odd, taken, 3, false, later('qiscus-refused')],
    ['agent unknown', noAgent, 'unread', 1, false, without],
  ])('in place of another agent: %s', (_case, outcome, room, attempts, uncertain, verdict) => {
    const history = { attempts, uncertain };
    expect(judgeAssignment({ outcome, room, history, replace: true })).toEqual(verdict);
  });

  it.each([
    'Agent not found',
    'The selected agent id is invalid',
    'agent_id: not found',
    'Agent is not available in this room',
    'no such agent',
  ])('refused as "%s" blames the agent', (text) => {
    const outcome = failed({ kind: 'refused', text });
    const history = { attempts: 1, uncertain: false };
    expect(judgeAssignment({ outcome, room: 'unread', history })).toEqual(without);
  });

  it('leaves doubt when it may have taken effect', () => {
    expect([timeOut, broken].map(leavesDoubt)).toEqual([true, true]);
    expect([accepted, unreachable, limited, full, forbidden].some(leavesDoubt)).toBe(false);
  });
});

function failed(failure: Partial<Failure>): { ok: false; failure: Failure } {
  const plain: Failure = { kind: 'refused', status: null, text: 'failed', retryAfterMs: null };
  return { ok: false, failure: { ...plain, ...failure } };
}

function makeRoom(room: Partial<RemoteRoom>): RemoteRoom {
  return {
    roomId: '1',
    isWaiting: false,
    isResolved: false,
    source: 'wa',
    channelId: '1',
    name: null,
    userId: null,
    avatarUrl: null,
    ...room,
  };
}
