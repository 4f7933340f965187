// What goes back into the queue, when it does not, and what is on record and told of it.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { hearEffects } from '../../test/makers/hear-effects.ts';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { getConversation } from '../store/conversations.ts';
import { assignConversation } from './assign-conversation.ts';
import { createGroup } from './change-group.ts';
import { closeConversation } from './close-conversation.ts';
import { parkConversation } from './park-conversation.ts';
import {
  releaseHold,
  requeueConversation,
  takeBackEmptied,
  takeBackReturned,
  transferToTeam,
  undoAssignment,
} from './requeue-conversation.ts';
import { createAgent } from './update-agent.ts';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

/** A conversation of Qiscus that was given to an agent, and not yet confirmed. */
async function makePending() {
  const world = await makeDesk();
  const { workspaceId, desk } = world;
  const channel = await makeChannel(world, { kind: 'qiscus' });
  const online = { name: 'Ana', availability: 'online', capacity: 5 } as const;
  const { agentId } = await createAgent(desk, workspaceId, online);
  await desk.db.query(
    `insert into agent_identity (workspace_id, channel_id, external_id, agent_id) values ($1, $2, '1', $3)`,
    [workspaceId, channel.channelId, agentId],
  );
  const conversationId = await makeConversation(world, channel);
  const key = { workspaceId, conversationId };
  const read = () => getConversation(desk.db, key);
  const confirm = () => desk.db.query('update conversation set confirmed_at = now()');
  expect(await world.route()).toBe(1);
  return { ...world, key, agentId, read, confirm };
}

const refused = { reason: 'refused', excludeAgent: false, holdMs: 0 };

test('an assignment that is undone without a hold is given again at once, one with a hold is not', async () => {
  const { desk, key, agentId, read, route } = await makePending();
  await undoAssignment(desk, { ...key, ...refused, agentId });
  expect((await read())?.state).toBe('waiting');
  const { rows } = await desk.db.query('select held_until, hold_reason from conversation');
  expect(rows).toEqual([{ held_until: null, hold_reason: null }]);
  expect(await route()).toBe(1);
  await undoAssignment(desk, { ...key, ...refused, agentId, holdMs: 60_000 });
  expect(await route()).toBe(0);
});

test('what another agent has by now, or has been confirmed, is not undone', async () => {
  const { desk, key, agentId, read, confirm } = await makePending();
  await undoAssignment(desk, { ...key, ...refused, agentId: UNKNOWN });
  expect((await read())?.state).toBe('assigned');
  await confirm();
  await undoAssignment(desk, { ...key, ...refused, agentId });
  expect((await read())?.state).toBe('assigned');
});

test('what no longer exists is neither undone nor taken back', async () => {
  const { desk, key, agentId, wakes } = await makePending();
  const gone = { ...key, conversationId: UNKNOWN };
  const before = wakes();
  await undoAssignment(desk, { ...gone, ...refused, agentId });
  await takeBackEmptied(desk, gone);
  const isNews = () => Promise.resolve(true);
  expect(await takeBackReturned(desk, { ...gone, isNews, isTheirs: isNews })).toBe(false);
  expect(wakes()).toBe(before);
});

test('who gave a conversation back elsewhere is not given it again for a while; it is no news twice', async () => {
  const { desk, key, agentId, read, confirm, route } = await makePending();
  await confirm();
  const taking = {
    ...key,
    isTheirs: async (_: unknown, id: string) => id === agentId,
    isNews: async () => true,
  };
  expect(await takeBackReturned(desk, { ...taking, isNews: async () => false })).toBe(false);
  expect((await read())?.state).toBe('assigned');
  expect(await takeBackReturned(desk, taking)).toBe(true);
  expect(await route()).toBe(0);
  expect((await read())?.exclusions).toMatchObject([{ agentId, cause: 'returned-elsewhere' }]);
});

/** Of web chat, with Ana, who has nothing to do with it until she is given it by hand. */
async function makeHeld() {
  const world = await makeDesk();
  const { workspaceId } = world;
  const { desk, heard } = hearEffects(world);
  const group = async (kind: 'team' | 'skill', name: string, skillIds: string[] = []) => {
    const id = uuid();
    await createGroup(desk, kind, { workspaceId, id, name, skillIds, actor: 'test' });
    return id;
  };
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana', capacity: 5 });
  const conversationId = await makeConversation(world, await makeChannel(world));
  const key = { workspaceId, conversationId };
  const give = () =>
    assignConversation(desk, { acting: null, ...key, agentId, force: false, actor: 'test' });
  const read = () => getConversation(desk.db, key);
  const lastEvent = async () => {
    const sql = 'select type, data from event where stream_id = $1 order by seq desc limit 1';
    return (await desk.db.query(sql, [conversationId])).rows[0];
  };
  await give();
  heard();
  return { ...world, desk, heard, key, agentId, give, read, lastEvent, group };
}

const requeued = { reason: 'wrong topic', actor: 'test', acting: null };
const told = (...more: string[]) => ['wake', 'send', ...more].toSorted();

test('a requeue is on record with its reason, by whom and from whom, and is told', async () => {
  const { desk, heard, key, agentId, read, lastEvent } = await makeHeld();
  await requeueConversation(desk, { ...key, ...requeued });
  // Nobody has chosen its team or skills.
  expect(await read()).toMatchObject({ state: 'waiting', agentId: null, route: null });
  const data = { reason: 'wrong topic', by: 'test', agentId };
  expect(await lastEvent()).toEqual({ type: 'conversation.requeued', data });
  const { rows } = await desk.db.query('select state, end_reason from assignment');
  expect(rows).toEqual([{ state: 'ended', end_reason: 'requeued' }]);
  expect(heard().toSorted()).toEqual(told(`conversation ${key.conversationId}`));
});

test('what nobody has, what has ended and what there is not is not requeued', async () => {
  const { desk, heard, key, give } = await makeHeld();
  const code = (change: object = {}) =>
    requeueConversation(desk, { ...key, ...requeued, ...change }).catch((error) => error.code);
  expect(await code({ skillIds: [UNKNOWN] })).toBe('skill.not-found');
  expect(await code({ conversationId: UNKNOWN })).toBe('conversation.not-found');
  const stranger = { agentId: UNKNOWN, directs: false };
  expect(await code({ acting: stranger })).toBe('conversation.held-by-another');
  expect(heard()).toEqual([]);
  await requeueConversation(desk, { ...key, ...requeued });
  expect(await code()).toBe('conversation.not-assigned');
  await give();
  await closeConversation(desk, { ...key, actor: 'test', acting: null, tellRemote: false });
  expect(await code()).toBe('conversation.closed');
});

test('an agent gives back what they have, and of anything else nothing happens', async () => {
  const { desk, heard, key, agentId, read } = await makeHeld();
  const giveBack = (onlyFrom: string) =>
    requeueConversation(desk, { ...key, ...requeued, onlyFrom });
  await giveBack(UNKNOWN);
  expect(await read()).toMatchObject({ agentId });
  await requeueConversation(desk, {
    ...key,
    ...requeued,
    conversationId: UNKNOWN,
    onlyFrom: agentId,
  });
  expect(heard()).toEqual([]);
  await giveBack(agentId);
  expect(await read()).toMatchObject({ agentId: null });
  await giveBack(agentId);
  await closeConversation(desk, { ...key, actor: 'test', acting: null, tellRemote: false });
  await giveBack(agentId);
  expect(await read()).toMatchObject({ state: 'closed' });
});

test('what an agent has parked goes back with the agent only where that is meant', async () => {
  const { desk, key, agentId, read } = await makeHeld();
  await parkConversation(desk, { ...key, until: null, actor: 'test', acting: director });
  const gone = { ...key, ...requeued, onlyFrom: agentId };
  await requeueConversation(desk, gone);
  expect(await read()).toMatchObject({ state: 'parked', agentId });
  await requeueConversation(desk, { ...gone, orParked: true });
  expect(await read()).toMatchObject({ state: 'waiting', agentId: null });
});

test('a requeue that names skills asks for them, and one that names none keeps what it asks for', async () => {
  const { desk, key, agentId, give, read, lastEvent, group } = await makeHeld();
  const skillIds = [await group('skill', 'visa')];
  await requeueConversation(desk, { ...key, ...requeued, skillIds });
  expect(await read()).toMatchObject({ skillIds, route: { byHand: { needs: true } } });
  const data = { reason: 'wrong topic', by: 'test', agentId, skillIds };
  expect(await lastEvent()).toEqual({ type: 'conversation.requeued', data });
  await give();
  await requeueConversation(desk, { ...key, ...requeued });
  expect(await read()).toMatchObject({ skillIds });
});

const director = { agentId: null, directs: true };

test('a transfer keeps the skills that it was asked with, and exchanges those of its teams', async () => {
  const { desk, heard, key, agentId, read, lastEvent, group } = await makeHeld();
  const [visa, billing, sales] = [
    await group('skill', 'visa'),
    await group('skill', 'billing'),
    await group('skill', 'sales'),
  ];
  const one = await group('team', 'One', [billing]);
  const two = await group('team', 'Two', [sales, visa]);
  const transfer = (change: object) =>
    transferToTeam(desk, { ...key, actor: 'test', acting: director, ...change });
  heard();
  await transfer({ teamId: one, skillIds: [billing, visa] });
  const byHand = { byHand: { needs: true } };
  expect(await read()).toMatchObject({ teamId: one, skillIds: [billing, visa], route: byHand });
  const asked = { toTeamId: one, skillIds: [billing, visa] };
  expect(await lastEvent()).toEqual({
    type: 'conversation.transferred',
    data: { from: agentId, agentId, by: 'test', note: null, ...asked },
  });
  expect(heard().toSorted()).toEqual(told(`conversation ${key.conversationId}`));
  await transfer({ teamId: two });
  expect(await read()).toMatchObject({ teamId: two, skillIds: [visa, sales] });
  expect(heard()).toContain(`conversation ${key.conversationId},${one}`);
  await transfer({ teamId: null });
  // Both were implied by the team.
  expect(await read()).toMatchObject({ teamId: null, skillIds: [] });
  const data = { from: null, agentId: null, by: 'test', note: null };
  expect(await lastEvent()).toEqual({ type: 'conversation.transferred', data });
  await transfer({ skillIds: [visa] });
  expect(await read()).toMatchObject({ teamId: null, skillIds: [visa] });
});

test('what is transferred goes to a team and skills that there are, by whoever may', async () => {
  const { desk, heard, key } = await makeHeld();
  const code = (change: object) =>
    transferToTeam(desk, { ...key, actor: 'test', acting: director, ...change }).catch(
      (error) => error.code,
    );
  expect(await code({ teamId: UNKNOWN })).toBe('team.not-found');
  expect(await code({ skillIds: [UNKNOWN] })).toBe('skill.not-found');
  const stranger = { agentId: UNKNOWN, directs: false };
  expect(await code({ skillIds: [], acting: stranger })).toBe('conversation.held-by-another');
  expect(heard()).toEqual([]);
});

test('an assignment that is undone is on record as that, and is told; after a hold the router is woken', async () => {
  const { key, agentId, route, ...world } = await makePending();
  const { desk, heard } = hearEffects(world);
  const changed = `conversation ${key.conversationId}`;
  await undoAssignment(desk, { ...key, ...refused, agentId });
  expect(heard().toSorted()).toEqual(told(changed));
  const { rows } = await desk.db.query('select state, end_reason from assignment');
  expect(rows).toEqual([{ state: 'undone', end_reason: 'requeued' }]);
  const sql = `select data from event where type = 'conversation.requeued'`;
  const [event] = (await desk.db.query(sql)).rows;
  expect(event.data).toEqual({ reason: 'refused', by: 'router', agentId });
  expect(await route()).toBe(1);
  await undoAssignment(desk, { ...key, ...refused, agentId, holdMs: 60_000 });
  expect(heard().toSorted()).toEqual(told(changed, 'wakeIn 60000'));
  const held =
    'select hold_reason, extract(epoch from held_until - now()) as left from conversation';
  const [hold] = (await desk.db.query(held)).rows;
  expect(hold.hold_reason).toBe('refused');
  expect(Number(hold.left)).toBeGreaterThan(50);
  expect(Number(hold.left)).toBeLessThanOrEqual(60);
});

test('whom an assignment failed for is left out for thirty seconds, then for twice as long', async () => {
  const { desk, key, agentId, read, route, clock } = await makePending();
  const undo = () => undoAssignment(desk, { ...key, ...refused, agentId, excludeAgent: true });
  await undo();
  const first = await read();
  expect(first?.exclusions).toMatchObject([{ agentId, cause: 'refused', times: 1 }]);
  expect(first?.excludedAgentIds).toEqual([agentId]);
  expect(first?.exclusionEndsAt).toEqual(new Date(first?.exclusions[0]?.until as string));
  expect(await route()).toBe(0);
  await clock.advance(31_000);
  await assignConversation(desk, { acting: null, ...key, agentId, force: false, actor: 'test' });
  await undo();
  expect((await read())?.exclusions).toMatchObject([{ agentId, times: 2 }]);
});

test('a room that was emptied elsewhere goes back only once its agent was in it', async () => {
  const { key, agentId, read, confirm, ...world } = await makePending();
  const { desk, heard } = hearEffects(world);
  await takeBackEmptied(desk, key);
  expect(await read()).toMatchObject({ agentId });
  expect(heard()).toEqual([]);
  await confirm();
  await desk.db.query('update conversation set remote_agent_id = agent_id');
  await takeBackEmptied(desk, key);
  expect(await read()).toMatchObject({ state: 'waiting', agentId: null, remoteAgentId: null });
  expect(heard().toSorted()).toEqual(told(`conversation ${key.conversationId}`));
  const sql = `select data from event where type = 'conversation.requeued'`;
  expect((await desk.db.query(sql)).rows).toEqual([
    { data: { reason: 'removed-elsewhere', by: 'remote', agentId } },
  ]);
  await takeBackEmptied(desk, key);
  expect(heard()).toEqual([]);
});

test('what people gave back elsewhere goes back from an agent of theirs who has it, and from nobody else', async () => {
  const { key, agentId, read, confirm, ...world } = await makePending();
  const { desk, heard } = hearEffects(world);
  const never = () => Promise.reject(new Error('It was noted.'));
  const yes = async () => true;
  const take = (isNews = yes, isTheirs: (_: unknown, id: string) => Promise<boolean> = yes) =>
    takeBackReturned(desk, { ...key, isNews, isTheirs });
  expect(await take(never)).toBe(false);
  await confirm();
  expect(await take(yes, async (_, id) => id !== agentId)).toBe(false);
  expect(await read()).toMatchObject({ agentId });
  expect(heard()).toEqual([]);
  expect(await take()).toBe(true);
  expect(heard().toSorted()).toEqual(told(`conversation ${key.conversationId}`));
  const after = await read();
  expect(after).toMatchObject({ state: 'waiting', excludedAgentIds: [agentId] });
  expect(after?.exclusionEndsAt).toEqual(new Date(after?.exclusions[0]?.until as string));
  const sql = `select data from event where type = 'conversation.requeued'`;
  expect((await desk.db.query(sql)).rows).toEqual([
    { data: { reason: 'returned-elsewhere', by: 'remote', agentId } },
  ]);
  const { rows } = await desk.db.query('select state from assignment');
  expect(rows).toEqual([{ state: 'ended' }]);
  expect(await take()).toBe(false);
  await closeConversation(desk, { ...key, actor: 'test', acting: null, tellRemote: false });
  expect(await take(never)).toBe(false);
});

test('a hold whose reason is gone ends, and the router is woken', async () => {
  const { key, agentId, read, route, ...world } = await makePending();
  const { desk, heard } = hearEffects(world);
  await undoAssignment(desk, {
    ...key,
    agentId,
    excludeAgent: false,
    holdMs: 60_000,
    reason: 'recheck',
  });
  expect(await route()).toBe(0);
  heard();
  await releaseHold(desk, key);
  expect(heard()).toEqual(['wake']);
  expect(await route()).toBe(1);
  expect(await read()).toMatchObject({ state: 'assigned' });
});
