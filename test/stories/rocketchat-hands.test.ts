// A conversation that changes hands, in Rocket.Chat or here, before or after its room is up to date.
import { expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { type RocketDesk, startWithRocketChat } from '../makers/start-with-rocketchat.ts';

async function transferToOwn(desk: RocketDesk, id: string): Promise<string> {
  const body = { name: 'Own', capacity: 1, availability: 'online', answersHere: true };
  const made = await desk.usher.call('POST', '/api/v1/agents', { body });
  const { id: agentId } = made.body as { id: string };
  expect(await desk.act(id, 'transfer', { agentId })).toBeLessThan(300);
  return agentId;
}

test('a message that could not be brought there is brought after somebody has forwarded the room', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  const { people, faults, world, requests } = desk.rocket;
  faults.next('server-error', { path: 'livechat/message', times: 1 });
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  const saying = desk.customerSays(ticket, 'Hello');
  await eventually(
    () => requests.find(({ fault }) => fault === 'server-error') !== undefined,
    (failed) => failed,
  );
  await saying;
  const room = desk.roomOf(id);
  const from = room?.servedBy?.username ?? '';
  const to = [...world.state.users.values()].find(
    ({ username, statusLivechat }) => statusLivechat === 'available' && username !== from,
  );
  await people.forward(from, room?._id ?? '', { agent: to?.username ?? '' });
  await eventually(
    () => desk.said(id),
    (said) => said.includes('Hello'),
  );
  expect(desk.said(id)).toEqual(['Hello']);
});

test('a transfer to an agent of our own desk closes the room there, and ends nothing', async () => {
  const desk = await startWithRocketChat();
  const { conversationId: id, ticketId } = await desk.open();
  const room = await desk.placed(id);
  const agentId = await transferToOwn(desk, id);
  await eventually(
    () => room.open,
    (open) => open !== true,
  );
  expect(room.closer).toBe('user');
  await desk.looked();
  expect(await desk.read(id)).toMatchObject({ state: 'assigned', agentId });
  expect(desk.seen(ticketId)).toEqual([]);
});

test('a room that somebody closes there after a transfer to our own desk ends nothing', async () => {
  const desk = await startWithRocketChat();
  const { conversationId: id, ticketId } = await desk.open();
  const room = await desk.placed(id);
  const { faults, requests, people } = desk.rocket;
  faults.next('server-error', { path: 'room.closeByUser', times: 1 });
  const agentId = await transferToOwn(desk, id);
  await eventually(
    () => requests.some(({ fault }) => fault === 'server-error'),
    (refused) => refused,
  );
  people.close('agent.1', room._id, 'Bye');
  await desk.looked();
  expect(await desk.read(id)).toMatchObject({ state: 'assigned', agentId });
  expect(desk.seen(ticketId)).toEqual([]);
});

test('what was given back to the queue here is not given to whoever still has its room there', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const { conversationId: id } = await desk.open();
  await desk.placed(id);
  desk.rocket.people.setStatus('agent.1', { statusLivechat: 'not-available' });
  await desk.looked();
  await eventually(desk.listAgents, ([agent]) => agent?.availability !== 'online');
  expect(await desk.act(id, 'requeue')).toBeLessThan(300);
  await desk.looked();
  expect(await desk.read(id)).toMatchObject({ state: 'waiting', agentId: null });
});

test('a page of a proxy that says 404 costs no message and no assignment', async () => {
  const desk = await startWithRocketChat();
  const { faults } = desk.rocket;
  faults.next('not-found-page', { path: 'livechat/room', times: 3 });
  const ticket = await desk.open();
  await desk.placed(ticket.conversationId);
  faults.next('not-found-page', { path: 'livechat/message', times: 10 });
  await desk.customerSays(ticket, 'Hello');
  await eventually(
    async () => {
      await desk.advance(20_000);
      return desk.said(ticket.conversationId);
    },
    (said) => said.includes('Hello'),
  );
  const events = await desk.usher.call(
    'GET',
    `/api/v1/conversations/${ticket.conversationId}/events`,
  );
  expect(events.text).not.toContain('refused-there');
});

test('a message that Rocket.Chat refuses itself is left out with a note, and holds up no other', async () => {
  const desk = await startWithRocketChat();
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  await desk.placed(id);
  // Sending it, and looking whether it is there, four times.
  desk.rocket.faults.next('refused', { path: 'livechat/message', times: 8 });
  await desk.customerSays(ticket, 'Refused');
  await desk.customerSays(ticket, 'Welcome');
  await eventually(
    () => desk.said(id),
    (said) => said.includes('Welcome'),
  );
  expect(desk.said(id)).not.toContain('Refused');
  const notes = (await desk.messages(id)).filter(({ kind }) => kind === 'note');
  expect(notes.map(({ text }) => text)).toEqual([
    expect.stringMatching(/could not be brought .*error-not-allowed.*: Refused$/),
  ]);
});
