// What an outside system's lists of agents make of ours: whoever vanishes is set aside, and comes back as who they were.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { listAgents } from '../store/agents.ts';
import { getConversation } from '../store/conversations.ts';
import { createGroup } from './change-group.ts';
import { type ReportedAgent, syncAgents } from './sync-agents.ts';
import { deleteAgent, updateAgent } from './update-agent.ts';

const ana: ReportedAgent = {
  ...{ externalId: '1', name: 'Ana', email: 'ana@example.com', isAvailable: true },
  ...{ customerCount: 0, channelIds: null },
};
const budi: ReportedAgent = { ...ana, externalId: '2', name: 'Budi', email: null };

async function begin() {
  const world = await makeDesk();
  const { desk, workspaceId, route } = world;
  const channel = await makeChannel(world, { kind: 'qiscus' });
  const { channelId } = channel;
  const report = (agents: ReportedAgent[], gone: string[] = []) =>
    syncAgents(desk, { workspaceId, channelId, agents, gone });
  const list = () =>
    listAgents(desk.db, { workspaceId, after: '00000000-0000-0000-0000-000000000000', limit: 9 });
  await report([ana, budi]);
  const find = async (name: string) => (await list()).find((one) => one.name === name);
  const agentId = (await find('Ana'))?.agentId ?? '';
  const make = async (kind: 'team' | 'skill') => {
    const id = uuid();
    await createGroup(desk, kind, { workspaceId, id, name: kind, actor: 'test' });
    return id;
  };
  const own = { capacity: 7, teamIds: [await make('team')], skillIds: [await make('skill')] };
  await updateAgent(desk, { workspaceId, agentId }, own);
  const asBefore = { agentId, ...own, availability: 'online' };
  return { world, desk, workspaceId, channel, route, report, list, find, asBefore };
}

test('lists without anybody change nothing, however often they come', async () => {
  const { report, list, find, asBefore } = await begin();
  for (let n = 0; n < 5; n += 1) await report([]);
  expect(await list()).toHaveLength(2);
  expect(await find('Ana')).toMatchObject(asBefore);
});

test('an agent whom two reports lack is hidden and gives back what they held; listed again, they are who they were', async () => {
  const { world, desk, workspaceId, channel, route, report, find, asBefore } = await begin();
  await report([ana, { ...budi, isAvailable: false }]);
  const conversationId = await makeConversation(world, channel);
  expect(await route()).toBe(1);
  await report([{ ...budi, isAvailable: false }]);
  expect(await find('Ana')).toMatchObject(asBefore);
  await report([{ ...budi, isAvailable: false }]);
  expect(await find('Ana')).toBeUndefined();
  const key = { workspaceId, conversationId };
  expect(await getConversation(desk.db, key)).toMatchObject({ state: 'waiting' });
  expect(await route()).toBe(0);

  await report([ana, { ...budi, isAvailable: false }]);
  expect(await find('Ana')).toMatchObject(asBefore);
  expect(await route()).toBe(1);
  expect(await getConversation(desk.db, key)).toMatchObject({ agentId: asBefore.agentId });
});

test('of everybody gone at once only those are set aside of whom it is known', async () => {
  const { report, list } = await begin();
  for (let n = 0; n < 2; n += 1) await report([], ['1']);
  expect((await list()).map(({ name }) => name)).toEqual(['Budi']);
});

test('an agent who was set aside and is made again under another id is who they were', async () => {
  const { report, list, find, asBefore } = await begin();
  for (let n = 0; n < 2; n += 1) await report([budi]);
  await report([budi, { ...ana, externalId: '3', email: 'Ana@Example.com' }]);
  expect(await find('Ana')).toMatchObject(asBefore);
  for (let n = 0; n < 3; n += 1) await report([budi, { ...ana, externalId: '3' }]);
  expect(await list()).toHaveLength(2);
});

test('whoever has been given the address of one who was set aside keeps it', async () => {
  const { desk, workspaceId, report, list, find } = await begin();
  for (let n = 0; n < 2; n += 1) await report([budi]);
  const { agentId = '' } = (await find('Budi')) ?? {};
  await updateAgent(desk, { workspaceId, agentId }, { email: 'ana@example.com' });
  await report([budi, ana]);
  expect(await list()).toHaveLength(1);
});

test('what is reported of an agent whose load changes all the time is believed after a while', async () => {
  const { world, channel, route, report, find } = await begin();
  await report([ana, { ...budi, isAvailable: false }]);
  const change = async () => {
    await makeConversation(world, channel);
    await route();
  };
  const passTime = () => world.clock.advance(11_000);
  const count = { ...ana, customerCount: 8 };
  await change();
  await report([count]);
  expect(await find('Ana')).toMatchObject({ load: 1, externalLoad: 0 });
  await passTime();
  await change();
  await report([count]);
  expect(await find('Ana')).toMatchObject({ load: 2, externalLoad: 6 });
  // Eight of seven are held: nothing more is given.
  await makeConversation(world, channel);
  expect(await route()).toBe(0);
});

test('what the next look at the outside system would undo is refused, and everything else holds', async () => {
  const { desk, workspaceId, report, find, list } = await begin();
  const { agentId = '' } = (await find('Ana')) ?? {};
  const key = { workspaceId, agentId };
  const kept = { code: 'agent.kept-elsewhere', status: 409 };
  await expect(updateAgent(desk, key, { availability: 'away' })).rejects.toMatchObject(kept);
  await expect(updateAgent(desk, key, { name: 'Anna' })).rejects.toMatchObject(kept);
  await expect(deleteAgent(desk, key)).rejects.toMatchObject({ code: 'agent.listed-elsewhere' });
  // As it stands, it is no change.
  await updateAgent(desk, key, { name: 'Ana', availability: 'online', capacity: 0 });
  await report([ana, budi]);
  expect(await find('Ana')).toMatchObject({ capacity: 0, availability: 'online' });
  expect(await list()).toHaveLength(2);
});
