// What people do in Rocket.Chat is followed here, by webhook, by the app's events, or by looking.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import { eventually } from '../makers/start-test-usher.ts';
import {
  type RocketDesk,
  startWithRocketChat,
  WEBHOOK_SECRET,
} from '../makers/start-with-rocketchat.ts';

const holder = async (desk: RocketDesk, id: string): Promise<string | null> => {
  const { agentId } = await desk.read(id);
  const found = (await desk.listAgents()).find((agent) => agent.id === agentId);
  return found?.name ?? null;
};
const others = (desk: RocketDesk, username: string) =>
  desk.agents.filter((agent) => agent.username !== username);
const serving = (desk: RocketDesk, id: string) => desk.roomOf(id)?.servedBy?.username ?? '';
const loadsOf = (agents: Agent[]) =>
  Object.fromEntries(agents.map(({ name, load, externalLoad }) => [name, load + externalLoad]));

test('an answer reaches the customer with its file', async () => {
  const desk = await startWithRocketChat();
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  const room = await desk.placed(id);
  const bytes = Buffer.from('a picture');
  desk.rocket.people.upload('agent.1', room._id, { name: 'map.png', type: 'image/png', bytes });
  const [message] = await eventually(
    () => desk.messages(id),
    (messages) => messages.length === 1,
  );
  const [file] = message?.attachments ?? [];
  expect(file).toMatchObject({ name: 'map.png', type: 'image/png', size: bytes.length });
  const fetched = await fetch(new URL(file?.url ?? '', desk.usher.url), {
    headers: { authorization: `Bearer ${desk.usher.token}` },
  });
  expect(await fetched.text()).toBe('a picture');
});

test('a file that is kept elsewhere is not fetched with our token, and is named instead', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const ticket = await desk.open();
  await desk.placed(ticket.conversationId);
  const fileUpload = { publicFilePath: 'http://127.0.0.1:9/steal', type: 'image/png', size: 3 };
  const ts = new Date(Date.now() - 1000).toISOString();
  const one = { _id: 'f1', msg: '', ts, agentId: desk.agents[0]?._id, file: { name: 'a.png' } };
  await desk.tell(desk.envelope(ticket.conversationId, { messages: [{ ...one, fileUpload }] }));
  const [message] = await eventually(
    () => desk.messages(ticket.conversationId),
    (messages) => messages.length === 1,
  );
  expect(message).toMatchObject({ attachments: [], text: expect.stringContaining('a.png') });
});

test('an agent’s file of ours goes into the room once, though the answer to the upload was lost', async () => {
  const desk = await startWithRocketChat();
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  await desk.placed(id);
  const form = new FormData();
  form.append('file', new Blob(['plan'], { type: 'text/plain' }), 'plan.txt');
  const uploaded = await fetch(`${desk.usher.url}/api/v1/attachments`, {
    ...{ method: 'POST', body: form },
    headers: { authorization: `Bearer ${desk.usher.token}` },
  });
  const attachment = (await uploaded.json()) as { id: string };
  desk.rocket.faults.next('answer-dropped', { path: 'livechat/upload' });
  await desk.say(id, 'Here it is', [attachment.id]);
  await desk.customerSays(ticket, 'Thanks');
  await eventually(
    () => desk.said(id),
    (said) => said.includes('Thanks'),
  );
  const { files } = desk.rocket.world.state;
  expect([...files.values()].map(({ name }) => name)).toEqual(['plan.txt']);
  expect(desk.said(id)[0]).toContain('Here it is');
});

test('who takes a returned room has the conversation, and whoever gave it back is left alone', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  const { conversationId: id } = await desk.open();
  const room = await desk.placed(id);
  const before = serving(desk, id);
  desk.rocket.people.returnToQueue(room._id);
  await eventually(
    () => serving(desk, id),
    (username) => username !== '' && username !== before,
  );
  const now = others(desk, before)[0];
  await eventually(
    () => holder(desk, id),
    (name) => name === now?.name,
  );
  const { text } = await desk.usher.call('GET', `/api/v1/conversations/${id}/events`);
  expect(text).toContain('returned-elsewhere');
});

test('a room that an agent closes ends the conversation, with the comment as a note', async () => {
  const desk = await startWithRocketChat();
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  desk.rocket.people.answer('agent.1', room._id, 'Bye');
  desk.rocket.people.close('agent.1', room._id, 'Paid in full');
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.includes('#closed'),
  );
  expect(desk.seen(ticket.ticketId)).toEqual(['Bye', '#closed']);
  const notes = (await desk.messages(ticket.conversationId)).filter(({ kind }) => kind === 'note');
  expect(notes.map(({ text }) => text)).toEqual(['Paid in full']);
  await eventually(desk.listAgents, ([agent]) => agent?.load === 0);
});

test('a transfer here forwards the room, and a closing here closes it', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  const { conversationId: id } = await desk.open();
  const room = await desk.placed(id);
  const other = others(desk, serving(desk, id))[0];
  const agent = (await desk.listAgents()).find(({ name }) => name === other?.name);
  expect(await desk.act(id, 'transfer', { agentId: agent?.id })).toBeLessThan(300);
  await eventually(
    () => serving(desk, id),
    (username) => username === other?.username,
  );
  await desk.placed(id);
  expect(await desk.act(id, 'close', { note: 'Done here' })).toBeLessThan(300);
  await eventually(
    () => room.open,
    (open) => open !== true,
  );
  expect(room.closer).toBe('user');
});

test('without any webhook, answers, takers, ends and what people hold are found by looking', async () => {
  const desk = await startWithRocketChat({ agents: 2, deaf: true });
  const [one, two] = [await desk.open(), await desk.open()];
  const rooms = [await desk.placed(one.conversationId), await desk.placed(two.conversationId)];
  const first = serving(desk, one.conversationId);
  const other = others(desk, first)[0];
  desk.rocket.people.answer(first, rooms[0]?._id ?? '', 'Unheard');
  await desk.rocket.people.forward(first, rooms[0]?._id ?? '', { agent: other?.username ?? '' });
  desk.rocket.people.close(serving(desk, two.conversationId), rooms[1]?._id ?? '');
  await desk.looked();
  await eventually(
    () => holder(desk, one.conversationId),
    (name) => name === other?.name,
  );
  await eventually(
    () => desk.read(two.conversationId),
    ({ state }) => state === 'closed',
  );
  await eventually(
    () => desk.seen(one.ticketId),
    (seen) => seen.includes('Unheard'),
  );
});

test('a room that is found closed gives its last words before its end', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  desk.rocket.people.answer('agent.1', room._id, 'Bye');
  desk.rocket.people.close('agent.1', room._id);
  await desk.looked();
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.includes('#closed'),
  );
  expect(desk.seen(ticket.ticketId)).toEqual(['Bye', '#closed']);
});

test('rooms that are none of ours count on their agents, and leave no place for more', async () => {
  const desk = await startWithRocketChat({ agents: 2, capacity: 1 });
  const busy = desk.agents[0];
  const { state } = desk.rocket.world;
  const calls = (path: string, body: object) =>
    fetch(`${desk.rocket.url}/api/v1/${path}`, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json' },
    });
  await calls('livechat/visitor', { visitor: { token: 'walk-in' } });
  await fetch(`${desk.rocket.url}/api/v1/livechat/room?token=walk-in`);
  const foreign = [...state.rooms.values()].find(({ v }) => v.token === 'walk-in');
  desk.rocket.people.take(busy?.username ?? '', foreign?._id ?? '');
  await desk.looked();
  const load = async () => loadsOf(await desk.listAgents())[busy?.name ?? ''];
  await eventually(load, (held) => held === 1);
  const opened = [await desk.open(), await desk.open()];
  await eventually(
    () => Promise.all(opened.map(({ conversationId }) => holder(desk, conversationId))),
    (names) => names.filter((name) => name !== null).length === 1,
  );
  const names = await Promise.all(opened.map(({ conversationId }) => holder(desk, conversationId)));
  expect(names).not.toContain(busy?.name);
});

test('the app’s events are acknowledged by their ids, and each is taken once', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  const event = (seq: number) => ({
    ...{ id: `e${seq}`, seq, type: 'Message' },
    payload: {
      _id: room._id,
      messages: [
        {
          ...{ _id: `m${seq}`, msg: `line ${seq}`, agentId: desk.agents[0]?._id },
          ts: new Date(Date.now() - 10_000 + seq).toISOString(),
        },
      ],
    },
  });
  const post = (body: unknown, token: string) =>
    desk.usher.call('POST', desk.bridge.urls.events ?? '', { body, token });
  expect((await post({ events: [] }, 'not-the-secret')).status).toBe(401);
  expect((await post({ nothing: 1 }, WEBHOOK_SECRET)).status).toBe(400);
  const events = [event(2), event(1), event(3)];
  const first = await post({ events }, WEBHOOK_SECRET);
  expect(first).toMatchObject({ status: 200, body: { accepted: ['e1', 'e2', 'e3'] } });
  await post({ events }, WEBHOOK_SECRET);
  await post({ events: [event(4)] }, WEBHOOK_SECRET);
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.includes('line 4'),
  );
  expect(desk.seen(ticket.ticketId)).toEqual(['line 1', 'line 2', 'line 3', 'line 4']);
});
