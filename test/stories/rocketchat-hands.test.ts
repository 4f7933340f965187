// A conversation that changes hands, in Rocket.Chat or here, before or after its room is up to date.
import { expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { startWithRocketChat } from '../makers/start-with-rocketchat.ts';

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

test('a transfer to an agent of our own desk closes the room, which needs a comment there', async () => {
  const desk = await startWithRocketChat();
  const { conversationId: id } = await desk.open();
  const room = await desk.placed(id);
  const body = { name: 'Own', capacity: 5, availability: 'online', answersHere: true };
  const made = await desk.usher.call('POST', '/api/v1/agents', { body });
  expect(made.status).toBe(201);
  const { id: agentId } = JSON.parse(made.text) as { id: string };
  expect(await desk.act(id, 'transfer', { agentId })).toBeLessThan(300);
  await eventually(
    () => room.open,
    (open) => open !== true,
  );
  expect(room.closer).toBe('user');
});
