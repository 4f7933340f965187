// A team that is handed over to Rocket.Chat, and conversations of it that change hands: there, here, and by time.
import { expect, test } from 'vitest';
import type { Room } from '../../sandbox/rocketchat/state.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type RocketDesk, startWithRocketChat } from '../makers/start-with-rocketchat.ts';

const MINUTE = 60_000;

const roomMade = async (desk: RocketDesk, id: string): Promise<Room> =>
  (await eventually(
    () => desk.roomOf(id),
    (room) => room?.open === true,
  )) as Room;
const closed = (room: Room) =>
  eventually(
    () => room.open,
    (open) => open !== true,
  );
const nameOf = async (desk: RocketDesk, id: string): Promise<string | null> => {
  const { agentId } = await desk.read(id);
  return (await desk.listAgents()).find((agent) => agent.id === agentId)?.name ?? null;
};
const heldBy = (desk: RocketDesk, id: string, wanted: string | null) =>
  eventually(
    () => nameOf(desk, id),
    (name) => name === wanted,
  );
const waitsThere = async (desk: RocketDesk, id: string) => {
  await desk.looked();
  expect(await desk.read(id)).toMatchObject({ state: 'waiting', agentId: null });
};

/** Somebody who answers in Usher, in these teams. */
async function addOwn(desk: RocketDesk, teamIds: string[] = []): Promise<string> {
  const body = { name: 'Own', capacity: 5, availability: 'online', answersHere: true, teamIds };
  const made = await desk.usher.call('POST', '/api/v1/agents', { body });
  expect(made.status).toBe(201);
  return (made.body as { id: string }).id;
}

async function joinTeam(desk: RocketDesk, name: string, teamId: string): Promise<void> {
  const agent = (await desk.listAgents()).find((one) => one.name === name);
  const body = { teamIds: [teamId] };
  const changed = await desk.usher.call('PATCH', `/api/v1/agents/${agent?.id}`, { body });
  expect(changed.status).toBe(200);
}

/** How often it was given to somebody, and that nobody has it beside another. */
async function givenTo(desk: RocketDesk, id: string): Promise<(string | null)[]> {
  const { decisions } = await desk.why(id);
  expect(decisions.filter(({ endedAt }) => endedAt === null).length).toBeLessThan(2);
  return decisions.map(({ agentName }) => agentName).toReversed();
}

test('when nobody over there takes it in time, Usher gives the room to an agent of the team', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  const { teamId } = await desk.handOver({ agents: ['agent.1'] });
  await joinTeam(desk, 'Agent 2', teamId);
  const { conversationId: id } = await desk.open();
  const room = await roomMade(desk, id);
  await desk.advance(5 * MINUTE);
  await waitsThere(desk, id);
  await eventually(
    async () => {
      await desk.advance(MINUTE / 2);
      return nameOf(desk, id);
    },
    (name) => name === 'Agent 2',
  );
  await desk.placed(id);
  expect(desk.roomOf(id)).toBe(room);
  expect(room.servedBy?.username).toBe('agent.2');
  expect(await givenTo(desk, id)).toEqual(['Agent 2']);
});

test('after that time the department may still take it, and the first one has it', async () => {
  const desk = await startWithRocketChat();
  await desk.handOver({ seconds: 60 });
  const { conversationId: id } = await desk.open();
  const room = await roomMade(desk, id);
  await eventually(
    async () => {
      await desk.advance(MINUTE / 2);
      return (await desk.why(id)).reasons;
    },
    (reasons) => reasons.some((one) => one.code === 'handed-over' && !one.alone),
  );
  expect((await desk.why(id)).reasons.map(({ code }) => code)).toContain('nobody-could');
  desk.rocket.people.take('agent.1', room._id);
  await heldBy(desk, id, 'Agent 1');
  expect(await givenTo(desk, id)).toEqual(['Agent 1']);
});

test('without an end of that time Usher gives it to nobody', async () => {
  const desk = await startWithRocketChat();
  const { teamId } = await desk.handOver({ seconds: null });
  await addOwn(desk, [teamId]);
  const { conversationId: id } = await desk.open();
  await roomMade(desk, id);
  await desk.advance(24 * 60 * MINUTE);
  await waitsThere(desk, id);
});

test('with Rocket.Chat away it goes to our own agent in the end, and no room is opened afterwards', async () => {
  const desk = await startWithRocketChat();
  const { teamId } = await desk.handOver();
  await addOwn(desk, [teamId]);
  await desk.rocket.goDown();
  const { conversationId: id } = await desk.open();
  await eventually(
    async () => {
      await desk.advance(MINUTE);
      return nameOf(desk, id);
    },
    (name) => name === 'Own',
    60_000,
  );
  await desk.rocket.comeBack();
  await desk.advance(MINUTE);
  await desk.looked();
  expect(desk.roomOf(id)).toBeUndefined();
  expect(await givenTo(desk, id)).toEqual(['Own']);
});

test('assigned by hand to our own agent, its room over there is closed and nothing ends', async () => {
  const desk = await startWithRocketChat();
  await desk.handOver();
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  const room = await roomMade(desk, id);
  const agentId = await addOwn(desk);
  expect(await desk.act(id, 'assign', { agentId })).toBeLessThan(300);
  await closed(room);
  await desk.looked();
  expect(await desk.read(id)).toMatchObject({ state: 'assigned', agentId });
  expect(desk.seen(ticket.ticketId)).toEqual([]);
  expect(await givenTo(desk, id)).toEqual(['Own']);
});

test('whoever takes a room over there that is being taken back is too late', async () => {
  const desk = await startWithRocketChat();
  await desk.handOver();
  const { conversationId: id } = await desk.open();
  const room = await roomMade(desk, id);
  const agentId = await addOwn(desk);
  const { faults, requests, people } = desk.rocket;
  faults.next('server-error', { path: 'room.closeByUser', times: 3 });
  expect(await desk.act(id, 'assign', { agentId })).toBeLessThan(300);
  await eventually(
    () => requests.some(({ fault }) => fault === 'server-error'),
    (refused) => refused,
  );
  people.take('agent.1', room._id);
  await closed(room);
  await desk.looked();
  expect(await desk.read(id)).toMatchObject({ state: 'assigned', agentId });
  expect(await givenTo(desk, id)).toEqual(['Own']);
});

test('transferred by hand to another team, it is taken back and routed here', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  await desk.handOver({ agents: ['agent.1'] });
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  const room = await roomMade(desk, id);
  const team = await desk.usher.call('POST', '/api/v1/teams', { body: { name: 'Own team' } });
  const { id: teamId } = team.body as { id: string };
  expect(await desk.act(id, 'transfer', { teamId })).toBeLessThan(300);
  await closed(room);
  expect(await desk.read(id)).toMatchObject({ state: 'waiting' });
  await joinTeam(desk, 'Agent 2', teamId);
  await heldBy(desk, id, 'Agent 2');
  const next = await desk.placed(id);
  expect(next._id).not.toBe(room._id);
  expect(next.servedBy?.username).toBe('agent.2');
  expect(desk.seen(ticket.ticketId)).toEqual([]);
});

test('with the handover taken back, what waits there is routed here, and who has a room keeps it', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  await desk.handOver({ agents: ['agent.1', 'agent.2'] });
  const held = await desk.open();
  const waiting = await desk.open();
  const taken = await roomMade(desk, held.conversationId);
  const room = await roomMade(desk, waiting.conversationId);
  desk.rocket.people.take('agent.1', taken._id);
  await heldBy(desk, held.conversationId, 'Agent 1');
  expect((await desk.setHandovers([])).status).toBe(200);
  await closed(room);
  await desk.looked();
  expect(await nameOf(desk, held.conversationId)).toBe('Agent 1');
  expect(taken.open).toBe(true);
  const { teamId } = await desk.read(waiting.conversationId);
  await joinTeam(desk, 'Agent 2', teamId ?? '');
  await heldBy(desk, waiting.conversationId, 'Agent 2');
  const next = await desk.placed(waiting.conversationId);
  expect(next._id).not.toBe(room._id);
  expect([...desk.seen(held.ticketId), ...desk.seen(waiting.ticketId)]).toEqual([]);
});

test('handed to another department, what waits is opened there', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  const { teamId } = await desk.handOver({ agents: ['agent.1'] });
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  const room = await roomMade(desk, id);
  await desk.customerSays(ticket, 'Hello');
  await eventually(
    () => desk.said(id),
    (said) => said.includes('Hello'),
  );
  const { _id: departmentId } = desk.rocket.addDepartment({ name: 'Other', agents: ['agent.2'] });
  expect((await desk.setHandovers([{ teamId, departmentId }])).status).toBe(200);
  await closed(room);
  const next = await eventually(
    () => desk.roomOf(id),
    (found) => found?._id !== room._id && found?.open === true,
  );
  expect(next?.departmentId).toBe(departmentId);
  await eventually(
    () => desk.said(id),
    (said) => said.includes('Hello'),
  );
  expect(desk.seen(ticket.ticketId)).toEqual([]);
});

test('given back here, it waits in the department again, in a room of its own', async () => {
  const desk = await startWithRocketChat();
  const { departmentId } = await desk.handOver();
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  const room = await roomMade(desk, id);
  desk.rocket.people.take('agent.1', room._id);
  await heldBy(desk, id, 'Agent 1');
  expect(await desk.act(id, 'requeue')).toBeLessThan(300);
  await closed(room);
  const next = (await eventually(
    () => desk.roomOf(id),
    (found) => found?._id !== room._id && found?.open === true,
  )) as Room;
  expect(next).toMatchObject({ departmentId });
  expect(next.servedBy).toBeUndefined();
  await waitsThere(desk, id);
  desk.rocket.people.take('agent.1', next._id);
  await heldBy(desk, id, 'Agent 1');
  expect(desk.seen(ticket.ticketId)).toEqual([]);
});

test('returned to its queue over there it waits there, and whoever takes it next has it', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  const { teamId } = await desk.handOver({ agents: ['agent.1', 'agent.2'] });
  await addOwn(desk, [teamId]);
  const { conversationId: id } = await desk.open();
  const room = await roomMade(desk, id);
  desk.rocket.people.take('agent.1', room._id);
  await heldBy(desk, id, 'Agent 1');
  desk.rocket.people.returnToQueue(room._id);
  await heldBy(desk, id, null);
  await waitsThere(desk, id);
  expect(desk.roomOf(id)).toBe(room);
  desk.rocket.people.take('agent.2', room._id);
  await heldBy(desk, id, 'Agent 2');
  expect(await givenTo(desk, id)).toEqual(['Agent 1', 'Agent 2']);
});

test('forwarded over there, to an agent or a department, it is followed', async () => {
  const desk = await startWithRocketChat({ agents: 3 });
  await desk.handOver({ agents: ['agent.1'] });
  const { conversationId: id } = await desk.open();
  const room = await roomMade(desk, id);
  const { people } = desk.rocket;
  people.take('agent.1', room._id);
  await heldBy(desk, id, 'Agent 1');
  await people.forward('agent.1', room._id, { agent: 'agent.2' });
  await heldBy(desk, id, 'Agent 2');
  expect((await desk.why(id)).reasons.map(({ code }) => code)).toEqual(['taken-outside']);
  const { _id: departmentId } = desk.rocket.addDepartment({ name: 'Other', agents: ['agent.3'] });
  await people.forward('agent.2', room._id, { departmentId });
  await heldBy(desk, id, null);
  await waitsThere(desk, id);
  expect(room).toMatchObject({ open: true, departmentId });
  people.take('agent.3', room._id);
  await heldBy(desk, id, 'Agent 3');
});

test('what people hold counts, also beyond the capacity, and then Usher gives them nothing', async () => {
  const desk = await startWithRocketChat({ capacity: 1 });
  await desk.handOver();
  const tickets = [await desk.open(), await desk.open()];
  for (const { conversationId: id } of tickets) {
    desk.rocket.people.take('agent.1', (await roomMade(desk, id))._id);
    await heldBy(desk, id, 'Agent 1');
  }
  await eventually(desk.listAgents, ([agent]) => agent?.load === 2 && agent.externalLoad === 0);
  await desk.usher.call('PATCH', `/api/v1/channels/${desk.channelId}`, { body: { teamId: null } });
  const other = await desk.open();
  await waitsThere(desk, other.conversationId);
});

test('a channel that is removed gives everything that waits there back to Usher', async () => {
  const desk = await startWithRocketChat();
  const { teamId } = await desk.handOver();
  const { conversationId: id } = await desk.open();
  await roomMade(desk, id);
  await addOwn(desk, [teamId]);
  const gone = await desk.usher.call('DELETE', `/api/v1/channels/${desk.bridge.id}`);
  expect(gone.status).toBe(204);
  await heldBy(desk, id, 'Own');
});
