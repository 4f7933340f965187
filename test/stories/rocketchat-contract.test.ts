// The contract of the bridge to Rocket.Chat, vector by vector (docs/protocols/rocketchat-bridge.md, C1–C14).
import { expect, test } from 'vitest';
import type { Decisions } from '../../src/contract/decisions.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type RocketDesk, startWithRocketChat } from '../makers/start-with-rocketchat.ts';

const callsOf = ({ rocket }: RocketDesk, part = '') =>
  rocket.requests.filter(({ path }) => path.includes(part)).map(({ path }) => path);

const textsOf = async (desk: RocketDesk, id: string) =>
  (await desk.messages(id)).map(({ text }) => text);

/** By the emulator's own id of an agent. */
const agentOf = async (desk: RocketDesk, name: string) => {
  const found = (await desk.listAgents()).find((agent) => agent.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

const message = (desk: RocketDesk, change: object) => ({
  ...{ _id: 'm1', username: 'agent.1', msg: 'Hello', ts: '2026-01-01T10:00:00.000Z' },
  ...{ agentId: desk.agents[0]?._id, rid: 'r' },
  ...change,
});

test('C1: an assignment makes the visitor, then the room for the agent, then the messages by our ids', async () => {
  // Where it is left to Usher alone, Rocket.Chat takes no agent with the room: that is the test after this one.
  const desk = await startWithRocketChat({
    settings: { Livechat_Routing_Method: 'Auto_Selection' },
  });
  desk.rocket.people.setStatus('agent.1', { statusLivechat: 'not-available' });
  await desk.looked();
  await eventually(desk.listAgents, ([agent]) => agent?.availability === 'offline');
  const ticket = await desk.open();
  for (const text of ['one', 'two', 'three']) await desk.customerSays(ticket, text);
  desk.rocket.requests.length = 0;
  desk.rocket.people.setStatus('agent.1', { statusLivechat: 'available' });
  await desk.looked();
  const room = await desk.placed(ticket.conversationId);
  await eventually(
    () => desk.said(ticket.conversationId),
    (said) => said.length === 3,
  );
  expect(room.servedBy?._id).toBe(desk.agents[0]?._id);
  // With a room's id it is read, as a look does meanwhile; without one it is made.
  const ours = desk.rocket.requests.filter(
    ({ path, query }) =>
      /visitor|\/room$|message$|inquir/.test(path) && !(path.endsWith('/room') && 'rid' in query),
  );
  const steps = ours.map(({ path }) => path.replace(/^.*livechat\//, ''));
  expect(steps).toEqual(['visitor', 'room', 'message', 'message', 'message']);
  expect(desk.said(ticket.conversationId)).toEqual(['one', 'two', 'three']);
  const ids = (await desk.messages(ticket.conversationId)).map(({ id }) => id);
  const there = (desk.rocket.world.state.messagesByRoom.get(room._id) ?? []).map(({ _id }) => _id);
  expect(there.filter((id) => ids.includes(id))).toEqual(ids);
});

test('C1: a room that comes back without the agent is taken for them from the queue', async () => {
  const desk = await startWithRocketChat();
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  expect(room.servedBy?._id).toBe(desk.agents[0]?._id);
  expect(callsOf(desk, 'inquiries.take')).toHaveLength(1);
});

test('C1: e-mail and phone are custom fields, so two customers of one address are two visitors', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  const [first, second] = [await desk.open(), await desk.open()];
  const rooms = [await desk.placed(first.conversationId), await desk.placed(second.conversationId)];
  expect(new Set(rooms.map(({ v }) => v.token)).size).toBe(2);
  const { visitors } = desk.rocket.world.state;
  for (const { v } of rooms) expect(visitors.get(v._id)).not.toHaveProperty('visitorEmails');
});

test('C2: a message whose answer was lost is sent again by the same id, and is there once', async () => {
  const desk = await startWithRocketChat();
  const ticket = await desk.open();
  await desk.placed(ticket.conversationId);
  desk.rocket.faults.next('answer-dropped', { path: 'livechat/message' });
  await desk.customerSays(ticket, 'once');
  await eventually(
    () => callsOf(desk, 'livechat/message').length,
    (count) => count >= 2,
  );
  await desk.customerSays(ticket, 'after');
  await eventually(
    () => desk.said(ticket.conversationId),
    (said) => said.includes('after'),
  );
  expect(desk.said(ticket.conversationId)).toEqual(['once', 'after']);
});

test('C3: with nobody online there, it goes back to the queue with the reason, and is given again later', async () => {
  const desk = await startWithRocketChat();
  const undo = desk.rocket.nobodyOnline();
  const ticket = await desk.open();
  const timeline = async () =>
    (await desk.usher.call('GET', `/api/v1/conversations/${ticket.conversationId}/events`)).text;
  await eventually(timeline, (text) => text.includes('no-agent-online'));
  expect(await desk.read(ticket.conversationId)).toMatchObject({ state: 'waiting' });
  undo();
  await desk.looked();
  expect((await desk.placed(ticket.conversationId)).servedBy?._id).toBe(desk.agents[0]?._id);
});

test('C4: a refusal for too many requests is waited for, and the order is kept', async () => {
  const desk = await startWithRocketChat();
  desk.rocket.faults.next('too-many-requests', { path: 'livechat/visitor' });
  const ticket = await desk.open();
  await desk.customerSays(ticket, 'one');
  await desk.customerSays(ticket, 'two');
  await eventually(
    () => callsOf(desk, 'livechat/visitor').length,
    (count) => count === 1,
  );
  await desk.advance(61_000);
  await desk.placed(ticket.conversationId);
  await eventually(
    () => desk.said(ticket.conversationId),
    (said) => said.length === 2,
  );
  expect(desk.said(ticket.conversationId)).toEqual(['one', 'two']);
});

test('C5: a webhook is refused without the secret and with a wrong one, and taken with the right one', async () => {
  const desk = await startWithRocketChat();
  const body = { _id: 'unknown', type: 'Message', messages: [] };
  expect((await desk.tell(body, null)).status).toBe(401);
  expect((await desk.tell(body, 'wrong-secret-of-them')).status).toBe(401);
  const right = await desk.tell(body);
  expect(right).toEqual({ status: 200, text: '{}' });
  const elsewhere = `/channels/rocketchat/${desk.channelId}/webhook`;
  expect((await desk.tell(body, undefined, elsewhere)).status).toBe(401);
});

test('C6: a message that is told three times, twice at once, is one message', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const ticket = await desk.open();
  await desk.placed(ticket.conversationId);
  const body = desk.envelope(ticket.conversationId, { messages: [message(desk, {})] });
  await Promise.all([desk.tell(body), desk.tell(body)]);
  await desk.tell(body);
  await desk.tell(desk.envelope(ticket.conversationId, { messages: [message(desk, last)] }));
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.includes('Last'),
  );
  expect(desk.seen(ticket.ticketId)).toEqual(['Hello', 'Last']);
  expect(await textsOf(desk, ticket.conversationId)).toEqual(['Hello', 'Last']);
});

const last = { _id: 'last', msg: 'Last', ts: '2026-01-01T11:00:00.000Z' };

test('C7: the end of a room brings messages we never saw, in their order, and is not told back', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const ticket = await desk.open();
  await desk.placed(ticket.conversationId);
  const messages = [
    message(desk, { _id: 'm2', msg: 'second', ts: '2026-01-01T10:00:02.000Z' }),
    message(desk, { _id: 'm1', msg: 'first', ts: '2026-01-01T10:00:01.000Z' }),
  ];
  await desk.tell(desk.envelope(ticket.conversationId, { type: 'LivechatSession', messages }));
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.includes('#closed'),
  );
  expect(desk.seen(ticket.ticketId)).toEqual(['first', 'second', '#closed']);
  expect(await desk.read(ticket.conversationId)).toMatchObject({ state: 'closed' });
  expect(callsOf(desk, 'room.close')).toEqual([]);
});

test('C8: messages that arrive in the wrong order keep their own times, and each is sent on once', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  await desk.placed(id);
  const at = Date.now() - 60_000;
  const told = [2, 1].map((n) =>
    message(desk, { _id: `m${n}`, msg: `${n}`, ts: new Date(at + n * 1000).toISOString() }),
  );
  for (const one of told) await desk.tell(desk.envelope(id, { messages: [one] }));
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.length === 2,
  );
  expect(desk.seen(ticket.ticketId).toSorted()).toEqual(['1', '2']);
  const shown = (await desk.messages(id)).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  expect(shown.map(({ text }) => text)).toEqual(['1', '2']);
});

test('C9: an edit is marked, and nothing is sent again', async () => {
  const desk = await startWithRocketChat();
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  const said = desk.rocket.people.answer('agent.1', room._id, 'A tpyo');
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.length === 1,
  );
  desk.rocket.people.edit('agent.1', said._id, 'A typo');
  const [shown] = await eventually(
    () => desk.messages(ticket.conversationId),
    ([one]) => one?.editedAt !== null,
  );
  expect(shown?.text).toBe('A tpyo');
  desk.rocket.people.answer('agent.1', room._id, 'After');
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.includes('After'),
  );
  expect(desk.seen(ticket.ticketId)).toEqual(['A tpyo', 'After']);
});

test('C10: whatever the visitor’s address looks like, and with 5,000 messages, it is taken at once', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const ticket = await desk.open();
  await desk.placed(ticket.conversationId);
  const at = Date.now() - 10_000_000;
  const many = Array.from({ length: 5000 }, (_, n) => ({
    ...{ _id: `v${n}`, username: 'guest-1', msg: `line ${n}`, ts: new Date(at + n).toISOString() },
  }));
  const visitors = [{ email: [{ address: 'a@b.example' }] }, { email: 'a@b.example' }, {}];
  for (const visitor of visitors) {
    const began = process.cpuUsage();
    const body = desk.envelope(ticket.conversationId, {
      ...{ type: 'LivechatSessionTaken', visitor },
      messages: [...many, message(desk, { _id: `x${visitors.indexOf(visitor)}` })],
    });
    expect((await desk.tell(body)).status).toBe(200);
    const { user, system } = process.cpuUsage(began);
    // Processor time of sender and server together, whatever else the machine does.
    expect((user + system) / 1000).toBeLessThan(1000);
  }
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.length === 3,
  );
});

test('C11: when the customer ends it at the source, the room is closed, and “closed already” is done', async () => {
  const desk = await startWithRocketChat({ agents: 2, deaf: true });
  const [one, other] = [await desk.open(), await desk.open()];
  const rooms = [await desk.placed(one.conversationId), await desk.placed(other.conversationId)];
  await desk.organisation.closeTicket(one.ticketId);
  await eventually(
    () => rooms[0]?.open,
    (open) => open !== true,
  );
  expect(callsOf(desk, 'livechat/room.close')).toHaveLength(1);
  // The answer is lost, so that the repeat meets a room that is closed.
  desk.rocket.faults.next('answer-dropped', { path: 'livechat/room.close' });
  await desk.organisation.closeTicket(other.ticketId);
  await eventually(
    () => callsOf(desk, 'livechat/room.close').length,
    (count) => count === 3,
  );
  const failed = await desk.usher.database.pool.query(
    `select from delivery where type = 'desk-close' and state = 'failed'`,
  );
  expect(failed.rowCount).toBe(0);
});

test('C13: a manager forwards the room: the load moves, and Why says that it happened outside', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  const room = await desk.placed(id);
  const from = desk.agents.find(({ _id }) => _id === room.servedBy?._id)?.username ?? '';
  const to = desk.agents.find(({ username }) => username !== from);
  await desk.rocket.people.forward(from, room._id, { agent: to?.username ?? '' });
  const taker = await agentOf(desk, to?.name ?? '');
  await eventually(
    () => desk.read(id),
    ({ agentId }) => agentId === taker.id,
  );
  const loads = async () =>
    (await desk.listAgents()).map(({ name, load }) => ({ name, load })).filter(({ load }) => load);
  await eventually(loads, (held) => held.length === 1);
  expect(await loads()).toEqual([{ name: taker.name, load: 1 }]);
  const why = await desk.usher.call('GET', `/api/v1/conversations/${id}/decisions`);
  const { reasons, explanation } = why.body as Decisions;
  expect(reasons[0]).toMatchObject({ code: 'taken-outside', agentName: taker.name });
  expect(explanation[0]).toContain('outside');
});

test('C14: while Rocket.Chat is down messages wait in order, the channel says so, and nothing is lost', async () => {
  const desk = await startWithRocketChat();
  const ticket = await desk.open();
  await desk.placed(ticket.conversationId);
  await desk.rocket.goDown();
  const texts = Array.from({ length: 5 }, (_, n) => `line ${n}`);
  for (const text of texts) {
    await desk.customerSays(ticket, text);
    await desk.advance(120_000);
  }
  const channels = async () => (await desk.usher.call('GET', '/api/v1/channels')).text;
  await eventually(channels, (text) => text.includes('connection to Rocket.Chat failed'));
  await desk.rocket.comeBack();
  await desk.advance(120_000);
  await eventually(
    () => desk.said(ticket.conversationId),
    (said) => said.length === texts.length,
  );
  expect(desk.said(ticket.conversationId)).toEqual(texts);
});
