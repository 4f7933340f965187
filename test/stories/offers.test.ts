// Where a channel's acceptance is manual, what an agent is given is an offer, in the back office as over MQTT.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { type AgentClient, connectAgent, connectVisitor } from '../makers/web-client.ts';

/** Ana has been offered a visitor's conversation. */
async function begin() {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '3600000' });
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Shop', config: { acceptance: 'manual' } },
  });
  const { id: channelId } = made.body as { id: string };
  const ana = await connectAgent(usher, { name: 'Ana' });
  await ana.beat();
  const visitor = await connectVisitor(usher, { channelId, customer: { id: 'c1' } });
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  const { sessionTopic } = await ana.receives();
  const [offered] = await usher.conversations('assigned');
  const path = `/api/v1/conversations/${offered?.id}`;
  const as = (who: AgentClient, method: string, below: string, body?: unknown) =>
    usher.call(method, `${path}${below}`, { token: who.token, body });
  const now = async () => (await usher.call('GET', path)).body as Conversation;
  const isReady = () =>
    visitor.heard.filter(
      ({ topic, body }) =>
        topic.endsWith('/client/control') && body.instruction === 'session/ready',
    ).length;
  return { usher, ana, visitor, sessionTopic, offered, path, as, now, isReady };
}

test('an offer says until when it stands, and accepting it tells the visitor', async () => {
  const { usher, ana, offered, path, as, now, isReady } = await begin();
  const until = Date.parse(offered?.offeredUntil ?? '') - Date.parse(offered?.assignedAt ?? '');
  expect([until, isReady()]).toEqual([30_000, 0]);
  const accepted = await as(ana, 'POST', '/accept');
  expect(accepted.body).toMatchObject({ agentId: ana.agentId, offeredUntil: null });
  expect((await now()).confirmedAt).not.toBeNull();
  await eventually(isReady, (count) => count === 1);
  const again = await as(ana, 'POST', '/accept');
  expect([again.status, again.body]).toMatchObject([200, { offeredUntil: null }]);
  expect((await as(ana, 'POST', '/decline')).body).toMatchObject({
    ...{ status: 409, code: 'conversation.not-offered' },
    detail: 'It was accepted before, so it stays.',
  });
  const { body } = await usher.call('GET', `${path}/events`);
  const types = (body as { items: { type: string }[] }).items.map(({ type }) => type);
  expect(types.filter((type) => type.includes('ed') && !type.includes('message'))).toEqual([
    'conversation.opened',
    'conversation.assigned',
    'conversation.offered',
    'conversation.assignment-confirmed',
    'conversation.accepted',
  ]);
});

test('what is declined is offered to another agent, and not to the same one again', async () => {
  const { usher, ana, as, now } = await begin();
  const budi = await connectAgent(usher, { name: 'Budi' });
  expect((await as(budi, 'POST', '/decline')).body).toMatchObject({
    code: 'conversation.not-offered',
  });
  expect((await as(ana, 'POST', '/decline')).body).toMatchObject({ state: 'waiting' });
  await budi.beat();
  await budi.receives();
  expect(await now()).toMatchObject({ agentId: budi.agentId, confirmedAt: null });
  const offered = 'select agent_id as id from assignment order by assigned_at';
  const { rows } = await usher.database.pool.query(offered);
  expect(rows.map(({ id }) => id)).toEqual([ana.agentId, budi.agentId]);
});

test('an answer over HTTP accepts, and the visitor hears both', async () => {
  const { ana, visitor, sessionTopic, as, now, isReady } = await begin();
  expect((await as(ana, 'POST', '/notes', { text: 'a note accepts nothing' })).status).toBe(201);
  expect((await now()).confirmedAt).toBeNull();
  expect((await as(ana, 'POST', '/messages', { text: 'Good morning' })).status).toBe(201);
  expect((await now()).confirmedAt).not.toBeNull();
  await visitor.hears(`${sessionTopic}/messages`);
  await eventually(isReady, (count) => count === 1);
});

test('an answer over MQTT accepts too', async () => {
  const { ana, visitor, sessionTopic, now, isReady } = await begin();
  await ana.say(`${sessionTopic}/server/messages`, { content: 'Good morning' });
  expect((await now()).confirmedAt).not.toBeNull();
  await visitor.hears(`${sessionTopic}/messages`);
  await eventually(isReady, (count) => count === 1);
});

test('whoever takes over a conversation is not asked whether they accept', async () => {
  const { usher, as, now } = await begin();
  const budi = await connectAgent(usher, { name: 'Budi' });
  expect((await as(budi, 'POST', '/take-over')).body).toMatchObject({
    agentId: budi.agentId,
    offeredUntil: null,
  });
  expect((await now()).confirmedAt).not.toBeNull();
});
