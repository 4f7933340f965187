// The judge of the check: it finds each breach, and none where there is none.
import { expect, test } from 'vitest';
import {
  type Case,
  findDuplicates,
  findLost,
  findOverCapacity,
  findOvertakes,
} from './find-breaches.ts';

const roomId = (id: string) => `room-${id}`;

/** Ids are named in the order in which the conversations came. */
const served = (id: string, rankAt: number, assignedAt: number | null, since = rankAt): Case => ({
  ...{ id, roomId: roomId(id), rankAt, since, isClosed: true, assignedAt },
});
const room = (id: string, ...sessions: { startedAt: number; resolvedAt: number | null }[]) => ({
  ...{ roomId: roomId(id), services: sessions },
});
const given = (id: string, at: number, agentId = 1, replaced: number | null = null) => ({
  ...{ at, roomId: roomId(id), agentId, replaced },
});
const about = (breaches: { about: string }[]) => breaches.map((breach) => breach.about);

test('the earlier of one millisecond may be served first, in whatever order they are listed', () => {
  const queue = [served('a', 0, 10), served('b', 0, 20), served('c', 0, 30)];
  expect(findOvertakes(queue)).toEqual([]);
  expect(findOvertakes(queue.toReversed())).toEqual([]);
});

test('those of one routing pass have no order among them', () => {
  expect(findOvertakes([served('a', 0, 10), served('b', 1, 10), served('c', 0, 10)])).toEqual([]);
});

test('who came first and is served later was overtaken, also within a millisecond', () => {
  const rooms = (cases: Case[]) => findOvertakes(cases).map(({ roomIds }) => roomIds);
  expect(rooms([served('a', 0, 20), served('b', 1, 10)])).toEqual([['room-a', 'room-b']]);
  expect(rooms([served('a', 0, 20), served('b', 0, 10)])).toEqual([['room-a', 'room-b']]);
  expect(rooms([served('b', 0, 10), served('a', 0, 20)])).toEqual([['room-a', 'room-b']]);
});

test('each of several who were overtaken counts once', () => {
  const queue = [served('a', 0, 40), served('b', 1, 30), served('c', 2, 10), served('d', 3, 20)];
  expect(findOvertakes(queue).map(({ roomIds }) => roomIds[0])).toEqual(['room-b', 'room-a']);
});

test('who never was served overtakes nobody', () => {
  expect(findOvertakes([served('a', 0, null), served('b', 1, 10)])).toEqual([]);
});

test('who was not known to stand in the queue yet was not overtaken', () => {
  expect(findOvertakes([served('a', 0, 20, 15), served('b', 1, 10)])).toEqual([]);
  expect(findOvertakes([{ ...served('a', 0, 20), since: null }, served('b', 1, 10)])).toEqual([]);
});

test('an agent with more rooms than allowed is found once, with the rooms of that moment', () => {
  const rooms = ['a', 'b', 'c', 'd'].map((id) => room(id, { startedAt: 0, resolvedAt: 100 }));
  const assignments = ['a', 'b', 'c', 'd'].map((id, place) => given(id, 10 + place));
  const breaches = findOverCapacity({ rooms, assignments }, 2);
  expect(breaches.map(({ roomIds }) => roomIds)).toEqual([['room-a', 'room-b', 'room-c']]);
  expect(findOverCapacity({ rooms, assignments }, 4)).toEqual([]);
});

test('a room that ended or was taken over in the same millisecond counts no more', () => {
  const rooms = [
    room('a', { startedAt: 0, resolvedAt: 20 }, { startedAt: 30, resolvedAt: null }),
    room('b', { startedAt: 0, resolvedAt: null }),
  ];
  const ended = [given('a', 10), given('b', 20)];
  expect(findOverCapacity({ rooms, assignments: ended }, 1)).toEqual([]);
  const takenOver = [given('b', 10), given('b', 30, 2, 1), given('a', 30)];
  expect(findOverCapacity({ rooms, assignments: takenOver }, 1)).toEqual([]);
  expect(findOverCapacity({ rooms, assignments: [...ended, given('a', 30)] }, 1)).toHaveLength(1);
});

test('a room that is unknown, or that nobody was given, is lost', () => {
  const rooms = ['a', 'b', 'c'].map((id) => room(id, { startedAt: 0, resolvedAt: null }));
  const assignments = [given('a', 10), given('b', 10)];
  expect(
    about(findLost({ rooms, assignments }, [served('a', 0, 10), served('c', 0, null)])),
  ).toEqual(['Usher knows nothing of room-b', 'room-c was never given to anybody']);
});

test('a second session that nobody was given is lost', () => {
  const twice = room('a', { startedAt: 0, resolvedAt: 20 }, { startedAt: 30, resolvedAt: null });
  const seen = { rooms: [twice], assignments: [given('a', 10)] };
  expect(findLost(seen, [served('a', 0, 10)])).toHaveLength(1);
  seen.assignments.push(given('a', 40));
  expect(findLost(seen, [served('a', 0, 10)])).toEqual([]);
});

test('a customer who comes back after the end has a conversation for each session', () => {
  const twice = room('a', { startedAt: 0, resolvedAt: 20 }, { startedAt: 30, resolvedAt: 60 });
  const seen = { rooms: [twice], assignments: [given('a', 10), given('a', 40, 2)] };
  const cases = [served('a', 0, 10), { ...served('b', 30, 40), roomId: roomId('a') }];
  expect(findDuplicates(seen, cases)).toEqual([]);
});

test('a second conversation or a second agent of one session is a duplicate', () => {
  const seen = {
    rooms: [room('a', { startedAt: 0, resolvedAt: 90 })],
    assignments: [given('a', 10)],
  };
  const second = { ...served('b', 30, 40), roomId: roomId('a') };
  const tooMany = ['b is one conversation too many of room-a'];
  expect(about(findDuplicates(seen, [served('a', 0, 10), second]))).toEqual(tooMany);
  const waiting = { ...second, assignedAt: null, isClosed: false };
  expect(about(findDuplicates(seen, [served('a', 0, 10), waiting]))).toEqual(tooMany);
  seen.assignments.push(given('a', 50, 2));
  expect(about(findDuplicates(seen, [served('a', 0, 10)]))).toEqual([
    'room-a was given to agents 2 times in one session',
  ]);
});

test('a late webhook whose conversation closed without anybody is no duplicate', () => {
  const seen = {
    rooms: [room('a', { startedAt: 0, resolvedAt: 20 })],
    assignments: [given('a', 10)],
  };
  const late = { ...served('b', 30, null), roomId: roomId('a') };
  expect(findDuplicates(seen, [served('a', 0, 10), late])).toEqual([]);
});
