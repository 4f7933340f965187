// A colleague's conversation is taken over by a verb of its own; nobody writes into it before.
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { type AgentClient, connectAgent, connectVisitor } from '../makers/web-client.ts';

/** Ana has a conversation; Budi came after it was given. */
async function begin() {
  const usher = await startTestUsher();
  const ana = await connectAgent(usher, { name: 'Ana' });
  await ana.beat();
  const visitor = await connectVisitor(usher);
  const { customerId } = visitor.session;
  await visitor.say('server/sessions/request', { customerId, requestID: 'r1' });
  const { sessionTopic } = await ana.receives();
  const budi = await connectAgent(usher, { name: 'Budi', capacity: 1 });
  const [conversation] = await usher.conversations('assigned');
  const path = `/api/v1/conversations/${conversation?.id}`;
  const as = (who: AgentClient, method: string, below: string, body?: unknown) =>
    usher.call(method, `${path}${below}`, { token: who.token, body });
  const textsOf = async () => {
    const { body } = await usher.call('GET', `${path}/messages`);
    return (body as { items: { text: string }[] }).items.map(({ text }) => text);
  };
  const eventsOf = async () => {
    const { body } = await usher.call('GET', `${path}/events`);
    return (body as { items: { type: string; data: Record<string, unknown> }[] }).items;
  };
  return { usher, ana, budi, visitor, sessionTopic, as, textsOf, eventsOf, path };
}

test('who has a conversation writes in it, and a colleague is told to take it over, by either door', async () => {
  const { ana, budi, sessionTopic, as, textsOf } = await begin();
  const refused = await as(budi, 'POST', '/messages', { text: 'from Budi' });
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({ code: 'conversation.held-by-another' });
  expect(refused.text).toMatch(/Ana has this conversation.*take-over/);
  // Over MQTT a forbidden publish has no other answer than the end of the connection.
  budi.mqtt.publish(`${sessionTopic}/server/messages`, '{"content":"from Budi"}');
  await expect.poll(() => budi.isClosed()).toBe(true);
  expect((await as(ana, 'POST', '/messages', { text: 'from Ana' })).status).toBe(201);
  expect((await as(budi, 'POST', '/notes', { text: 'ask for the number' })).status).toBe(201);
  expect(await textsOf()).toEqual(['from Ana', 'ask for the number']);
});

test('a conversation that waits is taken before anybody answers in it', async () => {
  const { usher, ana, budi, as, textsOf } = await begin();
  await usher.call('PATCH', `/api/v1/agents/${ana.agentId}`, { body: { availability: 'away' } });
  await as(ana, 'POST', '/requeue', {});
  const refused = await as(budi, 'POST', '/messages', { text: 'hello' });
  expect(refused.body).toMatchObject({ status: 409, code: 'conversation.not-assigned' });
  expect((await as(budi, 'POST', '/take-over')).body).toMatchObject({ agentId: budi.agentId });
  expect((await as(budi, 'POST', '/messages', { text: 'hello' })).status).toBe(201);
  expect(await textsOf()).toEqual(['hello']);
});

test('taking over is an event that names both, and then the colleague writes no more', async () => {
  const { ana, budi, as, eventsOf } = await begin();
  const taken = await as(budi, 'POST', '/take-over');
  expect(taken.status).toBe(200);
  expect(taken.body).toMatchObject({ state: 'assigned', agentId: budi.agentId });
  const events = await eventsOf();
  expect(events.slice(-2)).toMatchObject([
    {
      type: 'conversation.taken-over',
      data: { from: ana.agentId, toAgentId: budi.agentId, by: `agent:${budi.agentId}` },
    },
    { type: 'conversation.assigned', data: { agentId: budi.agentId } },
  ]);
  const refused = await as(ana, 'POST', '/messages', { text: 'too late' });
  expect(refused.body).toMatchObject({ code: 'conversation.held-by-another' });
  // Again changes nothing.
  expect((await as(budi, 'POST', '/take-over')).status).toBe(200);
  expect(await eventsOf()).toHaveLength(events.length);
});

test('a colleague’s conversation that is transferred to oneself is taken over too', async () => {
  const { budi, as, eventsOf } = await begin();
  expect((await as(budi, 'POST', '/transfer', { agentId: budi.agentId })).status).toBe(200);
  expect((await eventsOf()).map(({ type }) => type)).toContain('conversation.taken-over');
});

const HELD = { status: 409, body: { code: 'conversation.held-by-another' } };

test('a bystander neither closes, requeues, transfers nor reopens what a colleague has, by either door', async () => {
  const { usher, ana, budi, visitor, as, eventsOf } = await begin();
  const team = await usher.call('POST', '/api/v1/teams', { body: { name: 'Sales' } });
  const { id: teamId } = team.body as { id: string };
  const cici = await connectAgent(usher, { name: 'Cici' });
  const before = await eventsOf();
  for (const [verb, body] of [
    ['/close', { reason: 'spam' }],
    ['/requeue', {}],
    ['/transfer', { agentId: cici.agentId }],
    ['/transfer', { teamId }],
    ['/transfer', { skillIds: [] }],
  ] as const) {
    expect(await as(budi, 'POST', verb, body), verb).toMatchObject(HELD);
  }
  const { sessionId } = visitor.session;
  budi.mqtt.publish('server/sessions/close', JSON.stringify({ sessionId }));
  await expect.poll(() => budi.isClosed()).toBe(true);
  expect(await eventsOf()).toEqual(before);
  expect((await as(ana, 'POST', '/close', {})).status).toBe(200);
  expect(await as(budi, 'POST', '/reopen')).toMatchObject(HELD);
  expect((await as(ana, 'POST', '/reopen')).body).toMatchObject({ agentId: ana.agentId });
});

test('a supervisor directs what others have without taking it over', async () => {
  const { usher, as } = await begin();
  const susi = await connectAgent(usher, { name: 'Susi', role: 'supervisor' });
  const cici = await connectAgent(usher, { name: 'Cici' });
  const moved = await as(susi, 'POST', '/transfer', { agentId: cici.agentId });
  expect(moved.body).toMatchObject({ agentId: cici.agentId });
  expect((await as(susi, 'POST', '/requeue', {})).status).toBe(200);
  expect((await as(susi, 'POST', '/close', {})).body).toMatchObject({ state: 'closed' });
});

test('a limited token does not come by a transfer to what it may not take over', async () => {
  const { usher, budi, as, eventsOf } = await begin();
  const make = async (role: string, scopes: string[]): Promise<AgentClient> => {
    const body = { name: role, role, scopes, agentId: budi.agentId };
    const made = await usher.call('POST', '/api/v1/tokens', { body });
    return { ...budi, token: (made.body as { token: string }).token };
  };
  const before = await eventsOf();
  const works = await make('agent', ['read', 'conversations.work']);
  const denied = { status: 403, body: { code: 'role.insufficient' } };
  const toBudi = { agentId: budi.agentId };
  expect(await as(works, 'POST', '/take-over')).toMatchObject(denied);
  expect(await as(works, 'POST', '/transfer', toBudi)).toMatchObject(denied);
  const steersNot = await make('supervisor', ['read', 'conversations.work']);
  expect(await as(steersNot, 'POST', '/transfer', toBudi)).toMatchObject(denied);
  expect(await as(steersNot, 'POST', '/close', {})).toMatchObject(HELD);
  expect(await eventsOf()).toEqual(before);
  const steers = await make('supervisor', ['conversations.work', 'conversations.force']);
  expect((await as(steers, 'POST', '/close', {})).status).toBe(200);
});

test('of a bystander and a holder who close at the same moment the holder does', async () => {
  const { ana, budi, as, eventsOf } = await begin();
  const bystanders = [1, 2, 3].map(() => as(budi, 'POST', '/close', { reason: 'bystander' }));
  const holder = as(ana, 'POST', '/close', { reason: 'holder' });
  for (const { status } of await Promise.all(bystanders)) expect(status).toBe(409);
  expect((await holder).status).toBe(200);
  expect((await eventsOf()).at(-1)).toMatchObject({ data: { reason: 'holder' } });
});

test('who is full takes nothing over, and what is closed is not taken', async () => {
  const { usher, ana, budi, as, path } = await begin();
  const budis = `/api/v1/agents/${budi.agentId}`;
  await usher.call('PATCH', budis, { body: { capacity: 0 } });
  expect((await as(budi, 'POST', '/take-over')).body).toMatchObject({ code: 'agent.at-capacity' });
  const force = { force: true };
  expect((await as(budi, 'POST', '/take-over', force)).body).toMatchObject({
    code: 'role.insufficient',
  });
  const noAgent = await usher.call('POST', `${path}/take-over`, {});
  expect(noAgent.body).toMatchObject({ status: 400, code: 'request.invalid' });
  await as(ana, 'POST', '/close', {});
  expect((await as(budi, 'POST', '/take-over')).body).toMatchObject({
    code: 'conversation.closed',
  });
});
