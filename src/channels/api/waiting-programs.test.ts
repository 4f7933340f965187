import { expect, test } from 'vitest';
import { makeTestClock } from '../../../test/makers/test-clock.ts';
import type { AskedUpdate, Update } from '../../contract/updates.ts';
import { openWaitingPrograms } from './waiting-programs.ts';

const workspaceId = 'a workspace';
const channelId = 'a channel';
const placeOf = (conversation: string, position: number): Update => ({
  ...{ type: 'place', conversation, conversationId: conversation, at: '2026-11-25T10:00:00Z' },
  contact: { externalId: 'customer' },
  place: { position, estimatedWaitSeconds: null, waitRange: null, opensAt: null },
});

function open() {
  const clock = makeTestClock(null);
  const moved: string[] = [];
  const programs = openWaitingPrograms({
    clock,
    directory: { ofKind: () => [] },
    onMoved: (id) => moved.push(id),
  });
  const take = (also: readonly AskedUpdate[] = ['place'], tokenId = 'a token') =>
    programs.take({ workspaceId, channelId, tokenId, also });
  const tell = (update: Update) => programs.heard(workspaceId, { channelId, update });
  return { clock, programs, moved, take, tell };
}

/** In a few words: the places that it is told now. */
async function told(place: ReturnType<ReturnType<typeof open>['take']>): Promise<string[]> {
  const woken = await place.next(0);
  if (typeof woken !== 'object') return [woken];
  return woken.passing.map((one) =>
    one.type === 'place' ? `${one.conversation} ${one.place.position}` : one.type,
  );
}

test('of each conversation the latest place is told, after those that were news before', async () => {
  const { take, tell } = open();
  const program = take();
  tell(placeOf('a', 2));
  tell(placeOf('b', 3));
  tell(placeOf('a', 1));
  expect(await told(program)).toEqual(['b 3', 'a 1']);
  expect(await told(program)).toEqual(['time']);
});

test('what comes between two questions waits five seconds, for the same token and the same wish', async () => {
  const { clock, take, tell } = open();
  take().leave();
  tell(placeOf('a', 1));
  expect(await told(take(['place'], 'another token'))).toEqual(['time']);
  expect(await told(take(['presence']))).toEqual(['time']);
  const again = take();
  expect(await told(again)).toEqual(['a 1']);
  again.leave();
  tell(placeOf('a', 2));
  await clock.advance(5000);
  expect(await told(take())).toEqual(['time']);
});

test('places are looked at for whoever wants them, and again when nobody did for a while', async () => {
  const { clock, programs, moved, take } = open();
  const plain = take([]);
  programs.heard(workspaceId, null);
  expect(moved).toEqual([]);
  expect(programs.channelsOf(workspaceId, 'place')).toEqual([]);
  const program = take();
  expect(moved).toHaveLength(1);
  program.leave();
  expect(programs.channelsOf(workspaceId, 'place')).toEqual([channelId]);
  take().leave();
  expect(moved).toHaveLength(1);
  await clock.advance(5000);
  expect(programs.channelsOf(workspaceId, 'place')).toEqual([]);
  take().leave();
  expect(moved).toHaveLength(2);
  plain.leave();
});

test('a program that does not listen is kept five hundred at most, and told a hundred at a time', async () => {
  const { take, tell } = open();
  const program = take();
  for (let nth = 0; nth < 600; nth += 1) tell(placeOf(`c${nth}`, nth + 1));
  const counts: number[] = [];
  for (let all = await told(program); all[0] !== 'time'; all = await told(program)) {
    counts.push(all.length);
  }
  expect(counts).toEqual([100, 100, 100, 100, 100]);
});
