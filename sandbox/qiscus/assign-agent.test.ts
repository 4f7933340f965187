// The writes that bring agents into rooms and out of them (protocols/qiscus.md §3.4).
import { expect, test } from 'vitest';
import { makeRoom, type Outsider, startOutsider } from './test-outsiders.ts';

const FULL = { status: 400, json: { errors: 'Cant join room, exceed max agents' } };

function makeAgents({ qiscus }: Outsider): [number, number] {
  return [qiscus.addAgent({ name: 'Ana' }).id, qiscus.addAgent({ name: 'Ben' }).id];
}

test('assigning puts the agent in, ends the waiting and raises the count', async () => {
  const outsider = await startOutsider();
  const [agent] = makeAgents(outsider);
  const room = makeRoom(outsider);
  const answer = await outsider.write('assign_agent', { room_id: room, agent_id: agent });
  expect(answer).toMatchObject({
    status: 200,
    json: { data: { added_agent: { id: agent, current_customer_count: 1 }, service: {} } },
  });
  expect(outsider.qiscus.room(room)).toMatchObject({ isWaiting: false, agentIds: [agent] });
  expect((await outsider.call(`/api/v2/customer_rooms/${room}`)).json).toMatchObject({
    data: { customer_room: { room_id: room, is_waiting: false, is_resolved: false } },
  });
});

test('max_agent is about the room: a full one refuses, even the agent who is in it', async () => {
  const outsider = await startOutsider();
  const [first, second] = makeAgents(outsider);
  const room_id = makeRoom(outsider);
  const assign = (agent_id: number, max_agent: number) =>
    outsider.write('assign_agent', { room_id, agent_id, max_agent });
  await assign(first, 1);
  expect(await assign(second, 1)).toMatchObject(FULL);
  expect(await assign(first, 1)).toMatchObject(FULL);
  expect(await assign(second, 2)).toMatchObject({ status: 200 });
  expect(outsider.qiscus.room(room_id)?.agentIds).toEqual([first, second]);
});

test('nobody counts the load, and offline agents can be assigned', async () => {
  const outsider = await startOutsider();
  const { id } = outsider.qiscus.addAgent({ name: 'Off', available: false });
  for (let n = 0; n < 5; n += 1) {
    const room = { room_id: makeRoom(outsider), agent_id: id, max_agent: 1 };
    expect(await outsider.write('assign_agent', room)).toMatchObject({ status: 200 });
  }
  expect(outsider.qiscus.agents()[0]?.customerCount).toBe(5);
});

test('a replacement silently takes the room from whoever has it, and moves the count', async () => {
  const outsider = await startOutsider();
  const [first, second] = makeAgents(outsider);
  const room_id = makeRoom(outsider);
  outsider.qiscus.assignByHand({ roomId: room_id, agentId: first });
  const replacement = { room_id, agent_id: second, max_agent: 1, replace_latest_agent: true };
  expect(await outsider.write('assign_agent', replacement)).toMatchObject({ status: 200 });
  expect(outsider.qiscus.room(room_id)).toMatchObject({ agentIds: [second], isWaiting: false });
  expect(outsider.qiscus.agents().map(({ customerCount }) => customerCount)).toEqual([0, 1]);
  expect(outsider.qiscus.assignments().map(({ replaced }) => replaced)).toEqual([null, first]);
});

test('what is missing or unknown is named', async () => {
  const outsider = await startOutsider();
  const room_id = makeRoom(outsider);
  const { write } = outsider;
  expect(await write('assign_agent', {})).toMatchObject({
    status: 400,
    json: { errors: { room_id: ['The room id field is required.'] } },
  });
  expect(await write('assign_agent', { room_id })).toMatchObject({ status: 400 });
  expect(await write('assign_agent', { room_id: 'x', agent_id: 1 })).toMatchObject({ status: 404 });
  expect(await write('assign_agent', { room_id, agent_id: 1 })).toMatchObject({ status: 404 });
});

test('writes come as a form or as JSON, not as multipart', async () => {
  const outsider = await startOutsider();
  const [agent] = makeAgents(outsider);
  const path = '/api/v1/admin/service/assign_agent';
  const body = () => ({ room_id: makeRoom(outsider), agent_id: String(agent) });
  expect(await outsider.call(path, { json: body() })).toMatchObject({ status: 200 });
  expect(await outsider.call(path, { form: body() })).toMatchObject({ status: 200 });
  expect(await outsider.call(path, { multipart: body() })).toMatchObject({ status: 415 });
});

test('with freshRoom400 the first assign of each session is refused and the next passes', async () => {
  const outsider = await startOutsider({ freshRoom400: 1 });
  const [agent_id] = makeAgents(outsider);
  const room_id = makeRoom(outsider);
  const assign = () => outsider.write('assign_agent', { room_id, agent_id, max_agent: 1 });
  expect(await assign()).toMatchObject(FULL);
  expect(await assign()).toMatchObject({ status: 200 });
  outsider.qiscus.resolveByHand({ roomId: room_id });
  outsider.qiscus.customerMessage({ roomId: room_id, userId: 'c', name: 'C', text: 'Again' });
  expect(await assign()).toMatchObject(FULL);
});

test.each([
  [false, [400]],
  [409, [409]],
  [true, [400, 402, 403, 404, 409, 422]],
] as const)('a resolved room is refused: resolvedRoom4xx %s', async (resolvedRoom4xx, statuses) => {
  const outsider = await startOutsider({ resolvedRoom4xx });
  const [agent_id] = makeAgents(outsider);
  const room_id = makeRoom(outsider);
  outsider.qiscus.resolveByHand({ roomId: room_id });
  const seen = new Set<number>();
  for (let n = 0; n < 60; n += 1) {
    seen.add((await outsider.write('assign_agent', { room_id, agent_id })).status);
  }
  expect([...seen].sort()).toEqual(statuses);
});

test('a room of permanent4xxRooms refuses every write, and can be read', async () => {
  const room_id = 'poison';
  const outsider = await startOutsider({ permanent4xxRooms: new Set([room_id]) });
  const [agent_id] = makeAgents(outsider);
  outsider.qiscus.customerMessage({ roomId: room_id, userId: 'c', name: 'C', text: 'Hi' });
  for (const verb of ['assign_agent', 'assign_agent', 'remove_agent', 'mark_as_resolved']) {
    expect(await outsider.write(verb, { room_id, agent_id })).toMatchObject({ status: 422 });
  }
  expect(await outsider.call(`/api/v2/customer_rooms/${room_id}`)).toMatchObject({ status: 200 });
});

test('a removed agent leaves the room waiting', async () => {
  const outsider = await startOutsider();
  const [agent_id] = makeAgents(outsider);
  const room_id = makeRoom(outsider);
  outsider.qiscus.assignByHand({ roomId: room_id, agentId: agent_id });
  expect(await outsider.write('remove_agent', { room_id, agent_id })).toMatchObject({
    status: 200,
  });
  expect(outsider.qiscus.room(room_id)).toMatchObject({ isWaiting: true, agentIds: [] });
  expect(await outsider.write('remove_agent', { room_id, agent_id })).toMatchObject({
    status: 400,
  });
});

test('Qiscus’ own allocation suggests the least busy available agent, or assigns one', async () => {
  const outsider = await startOutsider();
  const [busy, free] = makeAgents(outsider);
  outsider.qiscus.assignByHand({ roomId: makeRoom(outsider), agentId: busy });
  const suggested = await outsider.write('allocate_agent', { source: 'qiscus' });
  expect(suggested.json).toMatchObject({ data: { agent: { id: free, count: 0 } } });
  outsider.qiscus.updateAgent(free, { available: false });
  const room_id = makeRoom(outsider);
  await outsider.write('allocate_assign_agent', { room_id });
  expect(outsider.qiscus.room(room_id)?.agentIds).toEqual([busy]);
  outsider.qiscus.updateAgent(busy, { available: false });
  expect(await outsider.write('allocate_agent', { source: 'qiscus' })).toMatchObject({
    status: 400,
  });
});
