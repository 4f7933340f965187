// Who may be given a conversation by hand, or has taken it in an outside system, and what is on record of it.
import { expect, test } from 'vitest';
import { hearEffects } from '../../test/makers/hear-effects.ts';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { listAssignments } from '../store/assignments.ts';
import { getConversation } from '../store/conversations.ts';
import {
  assignConversation,
  takeOutside,
  takeOverConversation,
  transferToAgent,
} from './assign-conversation.ts';
import { closeConversation } from './close-conversation.ts';
import { createAgent, updateAgent } from './update-agent.ts';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

/** A waiting conversation; Ana and Budi, to whom no pass gives any, hold one each at the most. */
async function makeWorld(kind: 'webchat' | 'qiscus' = 'webchat') {
  const world = await makeDesk();
  const { workspaceId } = world;
  const { desk, heard } = hearEffects(world);
  const channel = await makeChannel(world, { kind });
  const make = async (name: string) =>
    (await createAgent(desk, workspaceId, { name, capacity: 1 })).agentId;
  const [ana, budi] = [await make('Ana'), await make('Budi')];
  const open = () => makeConversation(world, channel);
  const key = { workspaceId, conversationId: await open() };
  const give = (agentId: string, actor = 'test') => ({ ...key, agentId, force: false, actor });
  const room = { channelId: channel.channelId, departmentId: null as string | null };
  const takenBy = (agentId: string) => ({ ...key, agentId, room, isNews: async () => true });
  const read = () => getConversation(desk.db, key);
  const history = () => listAssignments(desk.db, key);
  const eventsOf = async () => {
    const sql = 'select type, data from event where stream_id = $1 order by seq';
    return (await desk.db.query(sql, [key.conversationId])).rows as {
      type: string;
      data: { by?: string };
    }[];
  };
  const set = (change: string) =>
    desk.db.query(`update conversation set ${change} where conversation_id = $1`, [
      key.conversationId,
    ]);
  const asksAgents = () =>
    desk.db.query(`update channel set config = '{"acceptance":"manual"}'`).then(() => {});
  heard();
  const people = { ana, budi, give, takenBy, room };
  return { ...world, ...people, desk, heard, key, open, read, history, eventsOf, set, asksAgents };
}

type World = Awaited<ReturnType<typeof makeWorld>>;

const close = ({ desk, key }: Pick<World, 'desk' | 'key'>) =>
  closeConversation(desk, { ...key, actor: 'test', acting: null, tellRemote: false });

type Giving = ReturnType<World['give']>;
const verbs: [string, (world: World, giving: Giving) => Promise<unknown>][] = [
  ['assigned', ({ desk }, giving) => assignConversation(desk, { ...giving, acting: null })],
  ['transferred', ({ desk }, giving) => transferToAgent(desk, { ...giving, acting: null })],
  ['taken over', ({ desk }, giving) => takeOverConversation(desk, giving)],
  ['taken outside', ({ desk, takenBy }, giving) => takeOutside(desk, takenBy(giving.agentId))],
];

test.each(verbs)('%s, it is told to everybody, and once more to nobody', async (_, act) => {
  const world = await makeWorld();
  const { ana, give, key, heard, read, eventsOf } = world;
  await act(world, give(ana));
  expect(await read()).toMatchObject({ state: 'assigned', agentId: ana });
  const told = ['wake', 'send', `conversation ${key.conversationId}`, `agent ${ana}`];
  expect(heard().toSorted()).toEqual(told.toSorted());
  const before = await eventsOf();
  await act(world, give(ana));
  expect(await eventsOf()).toEqual(before);
});

test.each(verbs)('what has ended does not count against whom it is %s', async (_, act) => {
  const world = await makeWorld();
  const { ana, give, desk, key, open, history } = world;
  const over = { ...key, conversationId: await open() };
  await assignConversation(desk, { acting: null, ...give(ana), ...over });
  await close({ desk, key: over });
  await act(world, give(ana));
  expect(await history()).toMatchObject([{ agentId: ana, forced: false }]);
});

test('who holds all they may, here or elsewhere, is told how much that is', async () => {
  const { ana, give, desk, key, open } = await makeWorld();
  await updateAgent(desk, { ...key, agentId: ana }, { capacity: 4, externalLoad: 3 });
  await assignConversation(desk, { acting: null, ...give(ana), conversationId: await open() });
  await expect(assignConversation(desk, { ...give(ana), acting: null })).rejects.toThrow(
    'Ana holds 4 of 4.',
  );
  await updateAgent(desk, { ...key, agentId: ana }, { externalLoad: 2 });
  await assignConversation(desk, { ...give(ana), acting: null });
});

test.each(verbs)('nobody who does not exist is %s, and nothing that does not', async (_, act) => {
  const world = await makeWorld();
  const { ana, give, read } = world;
  const code = (work: Promise<unknown>) =>
    work.then(
      (answer) => answer,
      (error: { code: string }) => error.code,
    );
  expect([false, 'agent.not-found']).toContain(await code(act(world, give(UNKNOWN))));
  expect(await read()).toMatchObject({ state: 'waiting' });
  const gone = {
    ...world,
    takenBy: (id: string) => ({ ...world.takenBy(id), conversationId: UNKNOWN }),
  };
  const giving = { ...give(ana), conversationId: UNKNOWN };
  expect([false, 'conversation.not-found']).toContain(await code(act(gone, giving)));
});

test.each(verbs.slice(1))('%s, it is on record from whom, to whom and by whom', async (_, act) => {
  const world = await makeWorld();
  const { ana, budi, give, desk, history, eventsOf } = world;
  await assignConversation(desk, { ...give(ana), acting: null });
  await act(world, give(budi));
  expect(await history()).toMatchObject([
    { agentId: budi, state: 'confirmed', forced: false },
    { agentId: ana, state: 'ended' },
  ]);
  const [moved, given] = (await eventsOf()).slice(-2);
  expect(moved?.data).toMatchObject({ from: ana, toAgentId: budi, by: given?.data.by });
  expect(['test', 'remote']).toContain(given?.data.by);
  expect((await history())[1]?.endReason).toBe(moved?.type.replace('conversation.', ''));
  // Nobody has chosen a team or skills.
  expect(await world.read()).toMatchObject({ route: null });
});

test('an agent who takes it confirms by that, and one to whom others give it is asked', async () => {
  const world = await makeWorld();
  const { ana, budi, give, desk, read, asksAgents } = world;
  await asksAgents();
  await assignConversation(desk, { ...give(ana, `agent:${budi}`), acting: null });
  expect(await read()).toMatchObject({ agentId: ana, confirmedAt: null });
  await takeOverConversation(desk, give(budi, `agent:${budi}`));
  expect(await read()).toMatchObject({ agentId: budi, confirmedAt: expect.any(Date) });
});

test('where the outside system confirms, an agent who takes it confirms nothing; it must know the agent', async () => {
  const { ana, budi, give, desk, key, room, read } = await makeWorld('qiscus');
  const unknown = assignConversation(desk, { ...give(budi), acting: null });
  await expect(unknown).rejects.toMatchObject({ code: 'agent.unknown-to-channel' });
  await desk.db.query(
    `insert into agent_identity (workspace_id, channel_id, external_id, agent_id) values ($1, $2, '1', $3)`,
    [key.workspaceId, room.channelId, ana],
  );
  await takeOverConversation(desk, give(ana, `agent:${ana}`));
  expect(await read()).toMatchObject({ agentId: ana, confirmedAt: null });
});

type Standing = [string, (world: World) => Promise<unknown>];
const takeable: Standing[] = [
  ['waits', async () => {}],
  [
    'is a colleague’s',
    ({ desk, give, budi }) => assignConversation(desk, { ...give(budi), acting: null }),
  ],
];
const notTakeable: Standing[] = [
  ['has ended', (world) => close(world)],
  [
    'is being given to somebody',
    async ({ asksAgents, desk, give, budi }) => {
      await asksAgents();
      await assignConversation(desk, { ...give(budi), acting: null });
    },
  ],
];

test.each(takeable)(
  'what %s may be taken in an outside system, whatever the capacity',
  async (_, prepare) => {
    const world = await makeWorld();
    const { ana, takenBy, desk, key, read, history } = world;
    await updateAgent(desk, { ...key, agentId: ana }, { capacity: 0 });
    await prepare(world);
    expect(await takeOutside(desk, takenBy(ana))).toBe(true);
    expect(await read()).toMatchObject({ state: 'assigned', agentId: ana });
    const [assignment] = await history();
    expect(assignment).toMatchObject({ assignedBy: 'remote', forced: true, department: null });
  },
);

test.each(notTakeable)(
  'what %s is not taken in an outside system, and is news later',
  async (_, prepare) => {
    const world = await makeWorld();
    const { ana, takenBy, desk, heard, history } = world;
    await prepare(world);
    const before = await history();
    heard();
    const isNews = () => Promise.reject(new Error('It was noted.'));
    expect(await takeOutside(desk, { ...takenBy(ana), isNews })).toBe(false);
    expect(await history()).toEqual(before);
    expect(heard()).toEqual([]);
  },
);

test('what was known is not taken in an outside system, nor what its agent takes again', async () => {
  const { ana, budi, give, takenBy, desk, read, history } = await makeWorld();
  const isNews = async () => false;
  expect(await takeOutside(desk, { ...takenBy(ana), isNews })).toBe(false);
  expect(await read()).toMatchObject({ state: 'waiting' });
  await assignConversation(desk, { ...give(budi), acting: null });
  expect(await takeOutside(desk, { ...takenBy(ana), isNews })).toBe(false);
  expect(await takeOutside(desk, takenBy(budi))).toBe(false);
  expect(await history()).toMatchObject([{ agentId: budi, assignedBy: 'test' }]);
});

test.each([
  ['that it was handed over to', `c:dep`, 'dep', 'dep'],
  ['none', `c:dep`, null, null],
  ['that it was not handed over to', null, 'dep', null],
])(
  'a department %s is on record as its choice, or not',
  async (_, handedTo, departmentId, expected) => {
    const { ana, takenBy, room, desk, set, history } = await makeWorld();
    await set(handedTo === null ? 'handed_to = null' : `handed_to = '${handedTo}'`);
    expect(await takeOutside(desk, { ...takenBy(ana), room: { ...room, departmentId } })).toBe(
      true,
    );
    expect(await history()).toMatchObject([{ department: expected }]);
  },
);

test('what a colleague had was chosen by no department', async () => {
  const { ana, budi, give, takenBy, room, desk, set, history } = await makeWorld();
  await set(`handed_to = 'c:dep'`);
  await assignConversation(desk, { ...give(budi), acting: null });
  const taking = { ...takenBy(ana), room: { ...room, departmentId: 'dep' } };
  expect(await takeOutside(desk, taking)).toBe(true);
  expect((await history())[0]).toMatchObject({ agentId: ana, department: null });
});
