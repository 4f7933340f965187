// What was closed is opened again whenever somebody needs it: to its agent where they are there, else to the queue, and where the channel allows it.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { makePlace } from '../makers/make-place.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { connectAgent, connectVisitor } from '../makers/web-client.ts';

const WEEK_MS = 7 * 24 * 60 * 60_000;

async function begin() {
  const usher = await startTestUsher();
  const place = await makePlace(usher, { kind: 'api' });
  const act = async (id: string, verb: string, body: object = {}) => {
    const answer = await usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { body });
    if (answer.status >= 300) throw new Error(answer.text);
    return answer.body as Conversation;
  };
  return { usher, ...place, act };
}

async function hire(usher: TestUsher, more: object = {}): Promise<string> {
  const body = { name: 'Ana', capacity: 2, ...more };
  return ((await usher.call('POST', '/api/v1/agents', { body })).body as { id: string }).id;
}

const change = (usher: TestUsher, agentId: string, body: object) =>
  usher.call('PATCH', `/api/v1/agents/${agentId}`, { body });

async function loadOf(usher: TestUsher, agentId: string): Promise<number> {
  const { body } = await usher.call('GET', `/api/v1/agents/${agentId}`);
  return (body as { load: number }).load;
}

test('a week later it goes back to its agent who is online, and that is on record', async () => {
  const { usher, open, act } = await begin();
  const agentId = await hire(usher, { availability: 'online' });
  const id = await open();
  await eventually(
    async () => (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation,
    (one) => one.agentId === agentId,
  );
  await act(id, 'close', { reason: 'solved' });
  await usher.clock.advance(WEEK_MS);
  await change(usher, agentId, { availability: 'online' });
  expect(await act(id, 'reopen')).toMatchObject({
    ...{ state: 'assigned', agentId, closedAt: null, closeReason: null },
  });
  expect(await loadOf(usher, agentId)).toBe(1);
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/events`);
  const { items } = body as { items: { type: string; data: object }[] };
  expect(items.map(({ type }) => type).slice(-2)).toEqual([
    'conversation.reopened',
    'conversation.assigned',
  ]);
  expect(items.at(-2)?.data).toMatchObject({ agentId, by: 'token:environment' });
});

test('where its agent is away, full or gone it waits, and the router gives it to somebody else', async () => {
  const { usher, open, act } = await begin();
  const ana = await hire(usher, { capacity: 1 });
  const [away, full, gone] = [await open(), await open(), await open()];
  for (const id of [away, full, gone]) {
    await act(id, 'assign', { agentId: ana });
    await act(id, 'close');
  }
  await usher.clock.advance(60_000);
  expect(await act(away, 'reopen')).toMatchObject({ state: 'waiting', agentId: null });
  await act(away, 'assign', { agentId: ana });
  await change(usher, ana, { availability: 'online' });
  expect(await act(full, 'reopen')).toMatchObject({ state: 'waiting', agentId: null });
  expect((await usher.call('DELETE', `/api/v1/agents/${ana}`)).status).toBe(204);
  expect(await act(gone, 'reopen')).toMatchObject({ state: 'waiting', agentId: null });
  const ben = await hire(usher, { name: 'Ben', capacity: 5, availability: 'online' });
  await eventually(
    () => usher.conversations('assigned'),
    (all) => all.filter(({ agentId }) => agentId === ben).length === 3,
  );
});

test('its plan begins anew: what a step or a limit had long been due for does not happen at once', async () => {
  const { usher, open, act } = await begin();
  const { policy } = (await usher.call('GET', '/api/v1/policy')).body as { policy: object };
  const then = 'then';
  const put = await usher.call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      plans: [
        { name: 'Default', steps: [{ after: 0 }], limits: { waitFor: 300, [then]: 'close' } },
      ],
      rules: [{ name: 'Everybody', [then]: { plan: 'Default' } }],
    },
  });
  expect(put.status, put.text).toBe(200);
  const id = await open();
  const get = async () =>
    (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  await eventually(get, ({ plan }) => plan === 'Default');
  await act(id, 'close');
  await usher.clock.advance(WEEK_MS);
  expect(await act(id, 'reopen')).toMatchObject({ state: 'waiting' });
  await usher.clock.advance(200_000);
  expect(await get()).toMatchObject({ state: 'waiting', plan: 'Default' });
  await usher.clock.advance(110_000);
  const { closedAt } = await eventually(get, ({ state }) => state === 'closed');
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/events`);
  const { items } = body as { items: { type: string; at: string }[] };
  const reopened = items.find(({ type }) => type === 'conversation.reopened')?.at ?? '';
  expect(Date.parse(closedAt ?? '') - Date.parse(reopened)).toBeGreaterThanOrEqual(299_000);
});

test('a visitor who is still there goes on in the chat that was reopened; one whose session is over cannot be reached, and that is said', async () => {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '3600000' });
  const agent = await connectAgent(usher, { name: 'Ana' });
  await agent.beat();
  const ask = async (id: string) => {
    const visitor = await connectVisitor(usher, { customer: { id, name: id } });
    await visitor.say('server/sessions/request', { customerId: id, requestID: 'r1' });
    const session = await agent.receives(({ sessionTopic }) => sessionTopic.includes(id));
    const [found] = (await usher.conversations()).filter(
      ({ contact }) => contact.externalId === id,
    );
    return { visitor, session, id: found?.id ?? '' };
  };
  const verb = (id: string, name: string) =>
    usher.call('POST', `/api/v1/conversations/${id}/${name}`, { body: {} });
  const first = await ask('dewi');
  await verb(first.id, 'close');
  // Another one has had the visitor's topic since, and has ended too.
  await first.visitor.say('server/sessions/request', { customerId: 'dewi', requestID: 'r2' });
  const [second] = await eventually(
    async () =>
      (await usher.conversations()).filter(
        ({ id, contact }) => contact.externalId === 'dewi' && id !== first.id,
      ),
    (found) => found.length === 1,
  );
  await verb(second?.id ?? '', 'close');
  await usher.clock.advance(40_000);
  await agent.beat();
  const reopened = await verb(first.id, 'reopen');
  expect(reopened.body, reopened.text).toMatchObject({ state: 'assigned', agentId: agent.agentId });
  await agent.say(`${first.session.sessionTopic}/server/messages`, { content: 'Once more' });
  const heard = await first.visitor.hears(
    `${first.session.sessionTopic}/messages`,
    ({ message }) => message?.content === 'Once more',
  );
  expect(heard.message.content).toBe('Once more');
  // Nobody need be there for it: silence does not end it until the visitor has come.
  await first.visitor.close();
  for (let minutes = 0; minutes < 30; minutes += 10) {
    await usher.clock.advance(600_000);
    await agent.beat();
  }
  const { body: now } = await usher.call('GET', `/api/v1/conversations/${first.id}`);
  expect(now).toMatchObject({ state: 'assigned', agentId: agent.agentId });

  const gone = await ask('rini');
  await verb(gone.id, 'close');
  await usher.clock.advance(40_000);
  await usher.database.pool.query(
    `update web_session set ended_at = now() where customer_id = 'rini'`,
  );
  expect(await verb(gone.id, 'reopen')).toMatchObject({
    ...{ status: 409, body: { code: 'conversation.visitor-gone' } },
  });
});
