// Which words of an outside system that a room is resolved end a conversation, and which come late or again.
import { expect, test } from 'vitest';
import {
  makeChannel,
  makeConversation,
  type TestChannel,
} from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { getConversation } from '../store/conversations.ts';
import { readQueueFigures } from '../store/queue-figures.ts';
import { assignConversation } from './assign-conversation.ts';
import { closeConversation, resolveConversation } from './close-conversation.ts';
import { createAgent } from './update-agent.ts';

async function makeRemote() {
  const world = await makeDesk();
  const channel = await makeChannel(world, { kind: 'qiscus' });
  return { ...world, channel };
}

function resolve(
  { desk, workspaceId }: TestDesk,
  { channelId }: TestChannel,
  { room, session }: { room: string; session: number },
) {
  const resolution = { channelId, externalId: room, sessionId: session };
  return resolveConversation(desk, workspaceId, { ...resolution, reason: 'resolved', note: null });
}

async function stateOf({ desk, workspaceId }: TestDesk, conversationId: string) {
  return (await getConversation(desk.db, { workspaceId, conversationId }))?.state;
}

test('a resolve of the session before the first that we heard of comes late, and ends nothing', async () => {
  const { channel, ...world } = await makeRemote();
  const room = { externalId: 'room', previousSessionId: 50 };
  const conversationId = await makeConversation(world, channel, room);
  expect(await resolve(world, channel, { room: 'room', session: 50 })).toBeNull();
  expect(await stateOf(world, conversationId)).toBe('waiting');
  expect(await resolve(world, channel, { room: 'room', session: 51 })).toMatchObject({
    conversationId,
  });
});

test('the resolve that our own closing causes does not end the conversation that began meanwhile; its own does', async () => {
  const { channel, ...world } = await makeRemote();
  const room = { externalId: 'room' };
  const { desk, workspaceId } = world;
  const first = await makeConversation(world, channel, room);
  const closing = { workspaceId, conversationId: first, actor: 'test', tellRemote: true };
  await closeConversation(desk, closing);
  const second = await makeConversation(world, channel, room);

  expect(await resolve(world, channel, { room: 'room', session: 7 })).toBeNull();
  expect(await stateOf(world, second)).toBe('waiting');

  expect(await resolve(world, channel, { room: 'room', session: 8 })).toMatchObject({
    conversationId: second,
  });
  expect(await stateOf(world, second)).toBe('closed');
});

test('of the same resolve many times at once one has ended the conversation', async () => {
  const { channel, ...world } = await makeRemote();
  await makeConversation(world, channel, { externalId: 'another' });
  await makeConversation(world, channel, { externalId: 'room' });
  // The first goes alone, the others share what follows.
  const answers = await Promise.all([
    resolve(world, channel, { room: 'another', session: 1 }),
    ...Array.from({ length: 4 }, () => resolve(world, channel, { room: 'room', session: 2 })),
  ]);
  expect(answers.map((closed) => closed?.externalId ?? null)).toEqual([
    'another',
    null,
    null,
    null,
    'room',
  ]);
});

test('of many closings at once each has the answer that it would have alone', async () => {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const make = (externalId: string) => makeConversation(world, channel, { externalId });
  const [alone, twice, other, over] = await Promise.all(['1', '2', '3', '4'].map(make));
  const close = (conversationId: string | undefined, note: string) => {
    const closing = { workspaceId, conversationId: conversationId as string, note, tags: [note] };
    return closeConversation(desk, { ...closing, actor: note, tellRemote: false }).then(
      (closed) => closed.conversationId,
      (error: unknown) => (error as { code?: string }).code,
    );
  };
  await close(over, 'before');
  // The first goes alone, the others share what follows.
  const answers = await Promise.all([
    close(alone, 'alone'),
    close(twice, 'first'),
    close('00000000-0000-4000-8000-000000000000', 'unknown'),
    close(twice?.toUpperCase(), 'second'),
    close(over, 'again'),
    close(other?.toUpperCase(), 'other'),
  ]);
  const [unknown, closed] = ['conversation.not-found', 'conversation.closed'];
  expect(answers).toEqual([alone, twice, unknown, closed, closed, other]);
  const sql = `select c.external_id || ' ' || c.close_note || ' ' || c.tags[1] || ' ' || (e.data ->> 'by') as line
    from conversation c join event e on e.workspace_id = c.workspace_id and e.stream_id = c.conversation_id
    where c.workspace_id = $1 and e.type = 'conversation.closed' order by 1`;
  const lines = (await desk.db.query(sql, [workspaceId])).rows.map(({ line }) => line);
  expect(lines).toEqual([
    '1 alone alone alone',
    '2 first first first',
    '3 other other other',
    '4 before before before',
  ]);
});

test('who was served in the last ten minutes counts for the pace, though it is over by now', async () => {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const wish = { name: 'Ana', availability: 'online', capacity: 3 } as const;
  const { agentId } = await createAgent(desk, workspaceId, wish);
  for (const isOver of [true, true, false]) {
    const key = { workspaceId, conversationId: await makeConversation(world, channel) };
    await assignConversation(desk, { ...key, agentId, force: false, actor: 'test' });
    const ending = { reason: 'solved', actor: 'test', tellRemote: false };
    if (isOver) await closeConversation(desk, { ...key, ...ending });
  }
  const { assignedPerMinute } = await readQueueFigures(desk.db, workspaceId);
  expect(assignedPerMinute).toBeCloseTo(0.3);
});
