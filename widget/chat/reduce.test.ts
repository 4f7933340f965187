// How the chat's knowledge grows: order, gaps, what is confirmed, what is read, and how it ends.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readControl } from './read-control.ts';
import { type Action, reduce } from './reduce.ts';
import {
  type ChatMessage,
  type ChatState,
  countUnread,
  findGap,
  initialState,
  type Outgoing,
  quickRepliesOf,
  type Session,
  standingOf,
} from './state.ts';

const session: Session = {
  sessionId: 's1',
  sessionTopic: 'server/sessions/me/s1',
  customerId: 'me',
  requestId: 'r1',
  keepAliveMs: 600_000,
  mqtt: { url: 'wss://x/mqtt', clientId: 'c', username: 's1', password: 'p', baseTopic: '' },
  requested: true,
};

function makeMessage(seq: number, change: Partial<ChatMessage> = {}): ChatMessage {
  const from = { id: 'agent', name: 'Sari', avatarUrl: null };
  const rest = { clientMessageId: null, at: seq, attachments: [], quickReplies: [], isRead: false };
  return { id: `m${seq}`, seq, from, text: `text ${seq}`, ...rest, ...change };
}

const mine = { id: 'me', name: 'Budi', avatarUrl: null };

function makeOutgoing(clientMessageId: string): Outgoing {
  const rest = { file: null, progress: 0, error: null, tries: 0, sentAt: 0 };
  return { clientMessageId, at: 1, text: 'hi', state: 'waiting', ...rest };
}

function after(actions: Action[], from: ChatState = { ...initialState, session }): ChatState {
  return actions.reduce(reduce, from);
}

const got = (...seqs: number[]): Action => ({
  type: 'messages',
  messages: seqs.map((seq) => makeMessage(seq)),
});

const control = (body: unknown): Action => ({ type: 'control', control: readControl(body) });

test('in whatever order and however often messages come, each is there once, in its place', () => {
  const seqs = fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(seqs, (batches) => {
      const state = after(batches.map((batch) => got(...batch)));
      const expected = [...new Set(batches.flat())].sort((a, b) => a - b);
      expect(state.messages.map(({ seq }) => seq)).toEqual(expected);
      const firstMissing = Array.from({ length: 31 }, (_, at) => at + 1).find(
        (seq) => !expected.includes(seq),
      );
      const isWhole = expected.every((seq) => seq < (firstMissing ?? 0));
      expect(findGap(state)).toBe(isWhole ? null : (firstMissing ?? 0) - 1);
    }),
  );
});

test('a number that was skipped is a gap until a fetch has told everything up to the last', () => {
  const gapped = after([got(1, 2, 5)]);
  expect(findGap(gapped)).toBe(2);
  const fetched: Action = {
    type: 'messages',
    messages: [makeMessage(4), makeMessage(5)],
    completeTo: 5,
  };
  // 3 was not for us: it is not asked for again.
  expect(findGap(after([fetched], gapped))).toBeNull();
});

test('the server’s last number is a gap, when we have less', () => {
  const state = after([
    got(1),
    control({ instruction: 'session/update', sessionInfo: { lastSeq: 4 } }),
  ]);
  expect(findGap(state)).toBe(1);
});

test('what the server tells back leaves the outbox; the rest stays in order', () => {
  const outgoing = (id: string): Action => ({ type: 'outgoing', outgoing: makeOutgoing(id) });
  const told = makeMessage(1, { clientMessageId: 'b', from: mine });
  const state = after([
    outgoing('a'),
    outgoing('b'),
    outgoing('c'),
    { type: 'messages', messages: [told] },
  ]);
  expect(state.outbox.map(({ clientMessageId }) => clientMessageId)).toEqual(['a', 'c']);
});

test('unread are the others’ messages behind our mark, which never goes back', () => {
  const own: Action = { type: 'messages', messages: [makeMessage(4, { from: mine })] };
  const state = after([got(1, 2, 3), own, { type: 'read', by: 'customer', upToSeq: 2 }]);
  expect(countUnread(state)).toBe(1);
  const late = after([{ type: 'read', by: 'customer', upToSeq: 1 }], state);
  expect(countUnread(late)).toBe(1);
});

test('waiting, then an agent, then the queue again', () => {
  const waiting = after([
    control({ instruction: 'session/queued', position: 3, sessionInfo: { sessionId: 's1' } }),
  ]);
  expect(waiting).toMatchObject({ phase: 'waiting', position: 3 });
  const outlook = { waitRange: { from: 60, to: 240 }, opensAt: 1000 };
  const told = { sessionId: 's1', ...outlook };
  const foreseen = after(
    [control({ instruction: 'session/queued', position: 2, sessionInfo: told })],
    waiting,
  );
  expect(foreseen).toMatchObject({ position: 2, ...outlook });
  const open = after([control({ instruction: 'session/queued', position: 1 })], foreseen);
  expect(open).toMatchObject({ waitRange: null, opensAt: null });
  const attendant = { id: 'a1', name: 'Sari', avatarURL: 'javascript:alert(1)' };
  const ready = { instruction: 'session/ready', sessionInfo: { sessionId: 's1', attendant } };
  const active = after([control(ready)], waiting);
  expect(active).toMatchObject({
    phase: 'active',
    position: null,
    attendant: { name: 'Sari', avatarUrl: null },
  });
  const back = after([control({ instruction: 'session/queued', position: 1 })], active);
  expect(back).toMatchObject({ phase: 'waiting', position: 1, attendant: null });
});

test('the end fails what was not sent, and an earlier conversation’s end is nothing to us', () => {
  const live = after([{ type: 'outgoing', outgoing: makeOutgoing('a') }]);
  const other = control({
    instruction: 'session/closed',
    sessionInfo: { sessionId: 's0', status: 'aborted' },
  });
  expect(after([other], live)).toBe(live);
  const ended = after(
    [control({ instruction: 'session/aborted/expired', sessionInfo: { sessionId: 's1' } })],
    live,
  );
  expect(ended).toMatchObject({ phase: 'ended', ended: 'expired', outbox: [{ state: 'failed' }] });
});

test('nobody there is not the end, although the status says aborted', () => {
  const body = {
    instruction: 'session/aborted/unavailableAttendants',
    sessionInfo: { sessionId: 's1', status: 'aborted' },
  };
  expect(after([control(body)])).toMatchObject({ phase: 'unavailable', ended: null });
});

test('told of a conversation that was open already, it is joined with its own numbers', () => {
  const sessionInfo = {
    sessionId: 's0',
    sessionTopic: 'server/sessions/me/s0',
    status: 'online',
    lastSeq: 2,
  };
  const state = after([got(1, 2, 3), control({ instruction: 'session/update', sessionInfo })]);
  expect(state.session).toMatchObject({ sessionId: 's0', sessionTopic: 'server/sessions/me/s0' });
  expect(state).toMatchObject({ phase: 'active', messages: [] });
  expect(findGap(state)).toBe(0);
});

test('starting over keeps the window and forgets the conversation', () => {
  const shown: Action = { type: 'shown', open: true, fullScreen: true };
  const state = after([shown, got(1), { type: 'ended', reason: 'closed' }, { type: 'over' }]);
  expect(state).toEqual({ ...initialState, open: true, fullScreen: true });
});

test('typing ends with the message that was typed', () => {
  const state = after([{ type: 'typing', typing: true }, got(1)]);
  expect(state.agentTyping).toBe(false);
});

test('whatever JSON comes as control, nothing throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, sessionInfo) => {
      after([control(value), control({ instruction: 'session/ready', sessionInfo })]);
    }),
  );
});

test('what the visitor said is sent, delivered once an agent has it, and read', () => {
  const message = makeMessage(1, { from: mine });
  const waiting = after([{ type: 'messages', messages: [message] }]);
  const sessionInfo = { status: 'online', attendant: { id: 'agent', name: 'Sari' } };
  const active = after([control({ instruction: 'session/ready', sessionInfo })], waiting);
  const read = after([{ type: 'read', by: 'attendant', upToSeq: 1 }], active);
  expect([waiting, active, read].map((state) => standingOf(state, message))).toEqual([
    'stored',
    'delivered',
    'read',
  ]);
});

test('a session that takes the place of ours brings nothing of the old one but what is not told back, to be sent', () => {
  const other = { ...session, sessionId: 's2', customerId: '42' };
  const sent = { ...makeOutgoing('a'), state: 'sent' as const };
  const before = after([got(1, 2), { type: 'outgoing', outgoing: sent }]);
  const state = after([{ type: 'adopted', session: other }], before);
  expect(state).toMatchObject({ session: other, phase: 'starting', messages: [], lastSeq: 0 });
  expect(state.outbox).toMatchObject([{ clientMessageId: 'a', state: 'waiting' }]);
});

test('an end that is only read afterwards is told apart from one by silence', () => {
  const ended = (reason: string) =>
    after([control({ sessionInfo: { status: 'aborted', reason } })]).ended;
  expect([ended('expired'), ended('solved')]).toEqual(['expired', 'closed']);
});

test('a closing that is taken back goes on where it was', () => {
  const info = { sessionId: 's1', sessionTopic: session.sessionTopic };
  const closed = control({
    instruction: 'session/closed',
    sessionInfo: { ...info, status: 'aborted' },
  });
  const ready = control({
    instruction: 'session/ready',
    sessionInfo: { ...info, status: 'online' },
  });
  expect(after([got(1), closed])).toMatchObject({ phase: 'ended', ended: 'closed' });
  const state = after([got(1), closed, ready, got(2)]);
  expect(state).toMatchObject({ phase: 'active', ended: null, lastSeq: 2 });
});

test('quick replies are those of the greeting, then of the last message, and of none that was answered', () => {
  const asked = makeMessage(1, { quickReplies: ['Yes', 'No'] });
  const given = (...messages: ChatMessage[]): Action => ({ type: 'messages', messages });
  const started = after([given(asked)], { ...initialState, session, phase: 'active' });
  expect(quickRepliesOf(started)).toEqual(['Yes', 'No']);
  const answering = reduce(started, { type: 'outgoing', outgoing: makeOutgoing('a') });
  expect(quickRepliesOf(answering)).toEqual([]);
  expect(quickRepliesOf(reduce(started, given(makeMessage(2, { from: mine }))))).toEqual([]);
  expect(quickRepliesOf(reduce(started, given(makeMessage(2))))).toEqual([]);
  expect(quickRepliesOf(reduce(started, { type: 'ended', reason: 'closed' }))).toEqual([]);
});
