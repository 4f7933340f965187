// What parking means to the contacts of each channel: they notice nothing, and bring it back by writing.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startWithRapidPro } from '../makers/start-with-rapidpro.ts';
import { connectAgent, connectVisitor } from '../makers/web-client.ts';

const HALF_AN_HOUR = 1_800_000;

async function read(usher: TestUsher, id: string) {
  const one = (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/events`);
  const { items } = body as { items: { seq: number; type: string; data: { cause?: string } }[] };
  return { ...one, events: items };
}

async function beginChat(environment: Record<string, string> = {}) {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '3600000', ...environment });
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Shop' },
  });
  const { id: channelId } = made.body as { id: string };
  const ana = await connectAgent(usher, { name: 'Ana', capacity: 1 });
  await ana.beat();
  const visitor = await connectVisitor(usher, { channelId, customer: { id: 'c1' } });
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  const { sessionTopic } = await ana.receives();
  await visitor.hears(
    `${sessionTopic}/client/control`,
    (one) => one.instruction === 'session/ready',
  );
  const [{ id }] = (await usher.conversations('assigned')) as [Conversation];
  const act = (verb: string, body?: object) =>
    usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { token: ana.token, body });
  const controls = () =>
    visitor.heard
      .filter(({ topic }) => topic === `${sessionTopic}/client/control`)
      .map(({ body }) => body.instruction as string);
  return { usher, channelId, ana, visitor, sessionTopic, id, act, controls };
}

test('web chat: to the visitor and the agent’s own client it is still with the agent, who may write', async () => {
  const { usher, ana, visitor, sessionTopic, act, controls, id } = await beginChat();
  expect((await act('park')).status).toBe(200);
  const told = await ana.hears(
    `client/attendants/assign/${ana.agentId}`,
    (one) => one.sessionTopic === sessionTopic,
  );
  expect(told).toMatchObject({ status: 'online', assignedAttendants: [ana.agentId] });
  expect(controls().filter((one) => one !== 'session/ready' && one !== 'session/queued')).toEqual(
    [],
  );
  expect(controls().at(-1)).toBe('session/ready');
  // The agent's client may listen to it and write in it.
  expect(await ana.listen(`${sessionTopic}/messages`)).toEqual([1]);
  await ana.say(`${sessionTopic}/server/messages`, { content: 'I call you on Monday.' });
  await visitor.hears(
    `${sessionTopic}/messages`,
    ({ message }) => message.content === 'I call you on Monday.',
  );
  expect((await read(usher, id)).state).toBe('parked');
});

test('web chat: what the visitor writes and the return are one, and the agent has it again at once', async () => {
  const { usher, visitor, id, act, ana, sessionTopic } = await beginChat();
  expect(
    (await act('park', { until: new Date(usher.clock.now() + HALF_AN_HOUR).toISOString() })).status,
  ).toBe(200);
  const words = ['Found it: 4711', 'And the date'];
  await Promise.all(
    words.map((content, nth) =>
      visitor.say(`${sessionTopic}/server/messages`, { content, clientMessageId: `m${nth}` }),
    ),
  );
  const back = await eventually(
    () => read(usher, id),
    ({ state, lastMessage }) => state === 'assigned' && lastMessage?.seq === 2,
  );
  expect([back.agentId, back.lastMessage?.text, back.parked]).toEqual([
    ana.agentId,
    words[1],
    null,
  ]);
  const at = (type: string) => back.events.filter((one) => one.type === type);
  expect(at('conversation.returned')).toMatchObject([{ data: { cause: 'contact' } }]);
  const [returned] = at('conversation.returned');
  const [first] = at('message.created');
  // Nobody ever saw the message in what was still parked.
  expect((returned?.seq ?? 0) < (first?.seq ?? 0)).toBe(true);
});

test('web chat: a visitor who leaves does not end what is parked, and has the usual time from its return on', async () => {
  const SILENT = 600_000;
  const { usher, visitor, id, act } = await beginChat({ SESSION_KEEP_ALIVE_TIME: String(SILENT) });
  await visitor.close();
  const until = new Date(usher.clock.now() + HALF_AN_HOUR).toISOString();
  expect((await act('park', { until })).status).toBe(200);
  await usher.clock.advance(HALF_AN_HOUR - 5000);
  expect((await read(usher, id)).state).toBe('parked');
  await usher.clock.advance(5001);
  await eventually(
    () => read(usher, id),
    ({ state }) => state === 'assigned',
  );
  await usher.clock.advance(SILENT / 2);
  expect((await read(usher, id)).state).toBe('assigned');
  await usher.clock.advance(SILENT);
  await eventually(
    () => read(usher, id),
    ({ state, closeReason }) => state === 'closed' && closeReason === 'expired',
  );
});

test('RapidPro: the ticket stays open, and the contact’s message brings it back in one transaction', async () => {
  const { usher, open, act, organisation, messages } = await startWithRapidPro();
  const made = await usher.call('POST', '/api/v1/agents', {
    body: { name: 'Ana', capacity: 1, availability: 'online' },
  });
  const { id: agentId } = made.body as { id: string };
  const { conversationId, ticketId, contact } = await open();
  await eventually(
    () => read(usher, conversationId),
    ({ state }) => state === 'assigned',
  );
  expect(await act(conversationId, 'park')).toBe(200);
  expect(organisation.ticket(ticketId)).toMatchObject({ status: 'open' });
  await organisation.sendMessage({ contact, text: 'I am back' });
  const back = await eventually(
    () => read(usher, conversationId),
    ({ state }) => state === 'assigned',
  );
  expect(back.agentId).toBe(agentId);
  expect((await messages(conversationId)).map(({ text }) => text)).toEqual(['I am back']);
  const { rows } = await usher.database.pool.query(
    `select count(distinct xmin::text)::integer as transactions from event
    where stream_id = $1 and type in ('conversation.returned', 'message.created')`,
    [conversationId],
  );
  expect(rows).toEqual([{ transactions: 1 }]);
});
