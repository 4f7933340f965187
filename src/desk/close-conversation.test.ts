// Which words of an outside system that a room is resolved end a conversation, and which come late or again.
import { expect, test } from 'vitest';
import { hearEffects } from '../../test/makers/hear-effects.ts';
import {
  makeChannel,
  makeConversation,
  type TestChannel,
} from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { getConversation } from '../store/conversations.ts';
import { createDeliveryClaim } from '../store/delivery-claims.ts';
import { readQueueFigures } from '../store/queue-figures.ts';
import { takeDueDeliveries } from '../store/take-deliveries.ts';
import { assignConversation } from './assign-conversation.ts';
import { changeSettings } from './change-settings.ts';
import {
  closeConversation,
  noteResolvedElsewhere,
  resolveConversation,
} from './close-conversation.ts';
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

/** A room whose conversation we closed here, and whose customer has come back since. */
async function makeSuccessor(reason: string) {
  const { channel, ...world } = await makeRemote();
  const { desk, workspaceId } = world;
  const closed = await makeConversation(world, channel, { externalId: 'room' });
  const closing = {
    workspaceId,
    conversationId: closed,
    reason,
    actor: 'test',
    acting: null,
    tellRemote: true,
  };
  await closeConversation(desk, closing);
  const open = await makeConversation(world, channel, { externalId: 'room' });
  const lookUps = async () => {
    const sql = `select from delivery where stream_id = $1 and type = 'recheck' and state = 'pending'`;
    return (await desk.db.query(sql, [open])).rows.length;
  };
  // The look that was due when the customer came back is over.
  await desk.db.query(`update delivery set state = 'done' where stream_id = $1`, [open]);
  return { ...world, channel, closed, open, lookUps };
}

test('a doubtful resolve is looked up also while an earlier look is under way, which may have been answered before', async () => {
  const { channel, open, lookUps, ...world } = await makeSuccessor('closed');
  const { desk, workspaceId } = world;
  expect(await resolve(world, channel, { room: 'room', session: 8 })).toBeNull();
  expect(await resolve(world, channel, { room: 'room', session: 8 })).toBeNull();
  expect(await lookUps()).toBe(1);

  const claimId = await createDeliveryClaim(desk.db, { workspaceId, nodeId: 1 });
  const nothingYet = { underWay: [], gaveUp: false, places: new Map(), most: 512 };
  const taken = await takeDueDeliveries(desk.db, { workspaceId, claimId, ...nothingYet });
  expect(taken?.deliveries.map(({ streamId }) => streamId)).toContain(open);

  expect(await resolve(world, channel, { room: 'room', session: 8 })).toBeNull();
  expect(await lookUps()).toBe(2);
});

test.each(['closed', 'solved'])(
  'the resolve that our own closing (%s) causes does not end the conversation that began meanwhile; its own does at once',
  async (reason) => {
    const { channel, closed, open, lookUps, ...world } = await makeSuccessor(reason);
    const { desk, workspaceId } = world;
    const own = { workspaceId, conversationId: closed, sessionId: 7 };
    await noteResolvedElsewhere(desk, own);
    await desk.db.query(`update delivery set state = 'done' where stream_id = $1`, [closed]);

    expect(await resolve(world, channel, { room: 'room', session: 7 })).toBeNull();
    expect(await stateOf(world, open)).toBe('waiting');
    expect(await lookUps()).toBe(0);

    expect(await resolve(world, channel, { room: 'room', session: 8 })).toMatchObject({
      conversationId: open,
    });
    expect(await stateOf(world, open)).toBe('closed');
  },
);

test.each(['closed', 'solved'])(
  'while it is not known which session our own closing (%s) ended, a resolve has the room looked up once',
  async (reason) => {
    const { channel, open, lookUps, ...world } = await makeSuccessor(reason);
    for (const session of [7, 8]) {
      expect(await resolve(world, channel, { room: 'room', session })).toBeNull();
    }
    expect(await stateOf(world, open)).toBe('waiting');
    expect(await lookUps()).toBe(1);
  },
);

test('a late repeat in the same batch does not keep a resolve from ending the conversation', async () => {
  const { channel, ...world } = await makeRemote();
  const room = { externalId: 'room', previousSessionId: 50 };
  const conversationId = await makeConversation(world, channel, room);
  // The first goes alone, the others share what follows.
  const [, valid, late] = await Promise.all([
    resolve(world, channel, { room: 'another', session: 1 }),
    resolve(world, channel, { room: 'room', session: 51 }),
    resolve(world, channel, { room: 'room', session: 50 }),
  ]);
  expect(valid).toMatchObject({ conversationId });
  expect(late).toBeNull();
  expect(await stateOf(world, conversationId)).toBe('closed');
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
    'room',
    null,
    null,
    null,
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
    return closeConversation(desk, {
      ...closing,
      actor: note,
      acting: null,
      tellRemote: false,
    }).then(
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
  await world.clock.advance(3_600_000);
  for (const isOver of [true, true, false]) {
    const key = { workspaceId, conversationId: await makeConversation(world, channel) };
    await assignConversation(desk, { acting: null, ...key, agentId, force: false, actor: 'test' });
    const ending = { reason: 'solved', actor: 'test', acting: null, tellRemote: false };
    if (isOver) await closeConversation(desk, { ...key, ...ending });
  }
  const { assignedPerMinute } = await readQueueFigures(desk.db, workspaceId);
  expect(assignedPerMinute).toBeCloseTo(0.3);
});

test('a closing that is refused wakes nobody', async () => {
  const { channel, ...world } = await makeRemote();
  const conversationId = await makeConversation(world, channel);
  const closing = {
    ...{ workspaceId: world.workspaceId, conversationId, actor: 'test' },
    ...{ acting: null, tellRemote: false },
  };
  await closeConversation(world.desk, closing);
  const before = world.wakes();
  await expect(closeConversation(world.desk, closing)).rejects.toThrow('is closed');
  expect(world.wakes()).toBe(before);
});

/** A conversation of web chat that Ana has. */
async function makeHeld() {
  const world = await makeDesk();
  const { workspaceId } = world;
  const { desk, heard } = hearEffects(world);
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana', capacity: 5 });
  const conversationId = await makeConversation(world, await makeChannel(world));
  const key = { workspaceId, conversationId };
  await assignConversation(desk, { acting: null, ...key, agentId, force: false, actor: 'test' });
  heard();
  const close = (change: object = {}) =>
    closeConversation(desk, { ...key, actor: 'test', acting: null, tellRemote: false, ...change });
  const readEnd = async () => {
    const sql = `select close_reason as reason, close_note as note, tags, categories, meta, close_meta as items
      from conversation where conversation_id = $1`;
    return (await desk.db.query(sql, [conversationId])).rows[0];
  };
  return { ...world, desk, heard, key, agentId, close, readEnd };
}

test('a closing wakes the router and is told; an outside system only where it is to be told', async () => {
  for (const tellRemote of [false, true]) {
    const { close, heard, key } = await makeHeld();
    await close({ tellRemote });
    const changed = `conversation ${key.conversationId}`;
    expect(heard()).toEqual(['wake', ...(tellRemote ? ['send'] : []), changed]);
  }
});

test('what is said at the end is kept, and what is not said stays as it was', async () => {
  const plain = await makeHeld();
  await plain.desk.db.query(`update conversation set tags = '{gold}', categories = '{a}'`);
  await plain.close();
  expect(await plain.readEnd()).toEqual({
    ...{ reason: 'closed', note: null, tags: ['gold'], categories: ['a'] },
    ...{ meta: {}, items: [] },
  });
  const full = await makeHeld();
  const items = [{ type: 'input', name: 'order', value: '17' }] as const;
  const said = { reason: 'solved', note: 'a note', tags: ['new'], categories: ['b'] };
  await full.close({ ...said, meta: items });
  expect(await full.readEnd()).toEqual({ ...said, meta: {}, items });
});

test('names and values become the items of the form that the workspace asks for', async () => {
  const { desk, workspaceId, close, readEnd } = await makeHeld();
  const field = { name: 'remark', label: 'Remark', type: 'textarea', required: false } as const;
  const changer = { workspaceId, actor: 'test', begunBy: null };
  await changeSettings(desk, changer, { closeForm: [field] });
  await close({ meta: { order: '17', remark: 'Fine' } });
  expect(await readEnd()).toMatchObject({
    meta: { order: '17', remark: 'Fine' },
    items: [
      { type: 'textarea', name: 'remark', value: 'Fine' },
      { type: 'input', name: 'order', value: '17' },
    ],
  });
});

test('who has it, or directs others, closes it; of what is over everybody is told that', async () => {
  const { agentId, close, key, heard } = await makeHeld();
  const code = (change: object) =>
    close(change).then(
      () => 'closed',
      (error) => error.code,
    );
  const stranger = { acting: { agentId: '01900000-0000-7000-8000-000000000000', directs: false } };
  expect(await code(stranger)).toBe('conversation.held-by-another');
  expect(heard()).toEqual([]);
  expect(await code({ conversationId: '01900000-0000-7000-8000-000000000000' })).toBe(
    'conversation.not-found',
  );
  const holder = { acting: { agentId, directs: false } };
  const answers = await Promise.all([
    code({ conversationId: key.conversationId.toUpperCase(), ...stranger }),
    code(stranger),
    code(holder),
    code(holder),
  ]);
  const [held, over] = ['conversation.held-by-another', 'conversation.closed'];
  expect(answers).toEqual([held, held, 'closed', over]);
  expect(await code(stranger)).toBe(over);
  expect(await code({ acting: { agentId: null, directs: true } })).toBe(over);
});

test('a resolve is told as a closing; a late one wakes nobody, and a doubtful one is sent to be looked up', async () => {
  const { channel, ...world } = await makeRemote();
  const { desk, heard } = hearEffects(world);
  const room = { externalId: 'room', previousSessionId: 50 };
  const conversationId = await makeConversation(world, channel, room);
  const listening = { ...world, desk };
  await resolve(listening, channel, { room: 'room', session: 50 });
  expect(heard()).toEqual([]);
  await resolve(listening, channel, { room: 'room', session: 51 });
  expect(heard()).toEqual(['wake', `conversation ${conversationId}`]);

  const successor = await makeSuccessor('closed');
  const doubtful = hearEffects(successor);
  const other = { ...successor, desk: doubtful.desk };
  await resolve(other, successor.channel, { room: 'room', session: 8 });
  expect(doubtful.heard()).toEqual(['send']);
});

test('two resolves of one room in a batch are judged one after the other, each room by itself', async () => {
  const { channel, ...world } = await makeRemote();
  const second = await makeChannel(world, { kind: 'qiscus' });
  const open = (of: TestChannel, externalId: string) => makeConversation(world, of, { externalId });
  const [one, two, there] = [
    await open(channel, 'one'),
    await open(channel, 'two'),
    await open(second, 'one'),
  ];
  // The first goes alone, the others share what follows.
  const answers = await Promise.all([
    resolve(world, channel, { room: 'another', session: 1 }),
    resolve(world, channel, { room: 'one', session: 5 }),
    resolve(world, channel, { room: 'one', session: 6 }),
    resolve(world, second, { room: 'one', session: 5 }),
    resolve(world, channel, { room: 'two', session: 5 }),
    resolve(world, channel, { room: 'one', session: 7 }),
  ]);
  const ids = answers.map((closed) => closed?.conversationId ?? null);
  expect(ids).toEqual([null, one, null, there, two, null]);
});
