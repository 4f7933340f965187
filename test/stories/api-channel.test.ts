// A channel of the API: a company's own program opens conversations, and agents answer them here.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Channel } from '../../src/contract/channels.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

async function makeChannel(usher: TestUsher): Promise<Channel> {
  const body = { kind: 'api', name: 'Our shop' };
  const made = await usher.call('POST', '/api/v1/channels', { body });
  expect(made.status).toBe(201);
  return made.body as Channel;
}

const opening = {
  externalId: 'case-17',
  contact: { externalId: 'customer-4', name: 'Ana', email: 'ana@example.com' },
};

const open = (usher: TestUsher, channelId: string, change: object = {}, token = usher.token) =>
  usher.call('POST', `/api/v1/channels/${channelId}/conversations`, {
    body: { ...opening, ...change },
    token,
  });

async function makeAgent(usher: TestUsher): Promise<{ agent: Agent; token: string }> {
  const agent = (await usher.call('POST', '/api/v1/agents', { body: { name: 'Ben' } }))
    .body as Agent;
  const availability = { body: { availability: 'online' } };
  expect((await usher.call('PATCH', `/api/v1/agents/${agent.id}`, availability)).status).toBe(200);
  const body = { name: 'Ben', role: 'agent', agentId: agent.id };
  const made = await usher.call('POST', '/api/v1/tokens', { body });
  return { agent, token: (made.body as { token: string }).token };
}

test('a conversation opened over the API is routed, answered in the desk, closed and taken back', async () => {
  const usher = await startTestUsher();
  const channel = await makeChannel(usher);
  expect(channel.urls.conversations).toBe(
    `${usher.url}/api/v1/channels/${channel.id}/conversations`,
  );
  const { agent, token } = await makeAgent(usher);

  const opened = await open(usher, channel.id, { priority: 'high' });
  expect(opened).toMatchObject({ status: 201, body: { opened: true } });
  const { id } = opened.body as { id: string };
  const look = async () =>
    (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  await eventually(look, (one) => one.agentId === agent.id);
  expect(await look()).toMatchObject({
    channelKind: 'api',
    externalId: 'case-17',
    priority: 'high',
    state: 'assigned',
    confirmedAt: expect.any(String),
    contact: { externalId: 'customer-4', displayName: 'Ana', verified: null },
  });

  const act = (verb: string, body: object) =>
    usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { body, token });
  expect(await act('messages', { text: 'How can I help?' })).toMatchObject({ status: 201 });
  expect(await act('close', {})).toMatchObject({ status: 200, body: { state: 'closed' } });
  expect(await act('reopen', {})).toMatchObject({ status: 200, body: { agentId: agent.id } });
  const sent = 'select count(*)::integer as count from delivery where event_id is null';
  expect((await usher.database.pool.query(sent)).rows).toEqual([{ count: 0 }]);
});

test('a repeat while it is open opens nothing new, and after the end a new one', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const first = await open(usher, channelId);
  expect(await open(usher, channelId)).toMatchObject({
    status: 200,
    body: { ...(first.body as object), opened: false },
  });
  const { id } = first.body as { id: string };
  await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  const next = await open(usher, channelId);
  expect(next).toMatchObject({ status: 201, body: { opened: true } });
  expect((next.body as { id: string }).id).not.toBe(id);
});

test('an agent’s token opens none, nor does any on a channel of another kind or in a wrong form', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { token } = await makeAgent(usher);
  expect((await open(usher, channelId, {}, token)).status).toBe(403);
  const { body } = await usher.call('GET', '/api/v1/channels');
  for (const { id, kind } of (body as { items: Channel[] }).items) {
    if (kind !== 'api') expect((await open(usher, id)).status).toBe(404);
  }
  for (const change of [{ externalId: '' }, { externalId: 'x'.repeat(65) }, { contact: {} }]) {
    expect((await open(usher, channelId, change)).status).toBe(400);
  }
  const update = { body: { config: { title: 'Hello' } } };
  expect(await usher.call('PATCH', `/api/v1/channels/${channelId}`, update)).toMatchObject({
    status: 400,
    body: { detail: 'body/config holds what an API channel does not know' },
  });
  expect(await usher.conversations()).toEqual([]);
});

test('the first message stands in the conversation, once, however often the opening is repeated', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const url = 'https://files.example/a.png';
  const message = { text: 'My parcel is lost.', attachments: [{ type: 'image/png', url }] };
  const first = await open(usher, channelId, { message });
  expect(first.status, first.text).toBe(201);
  expect((await open(usher, channelId, { message })).status).toBe(200);
  const { id } = first.body as { id: string };
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/messages`);
  const { items } = body as { items: object[] };
  expect(items).toEqual([
    expect.objectContaining({
      ...message,
      kind: 'text',
      authorKind: 'contact',
    }),
  ]);
});

test('what is too large, or no address, is refused with its place, and opens nothing', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const many = (count: number) => Object.fromEntries([...Array(count).keys()].map((n) => [n, 1]));
  const { contact } = opening;
  const attachments = [{ type: 'text/html', url: 'javascript:alert(1)' }];
  for (const [change, place] of [
    [{ meta: { text: 'a'.repeat(16_384) } }, 'body.meta'],
    [{ meta: many(51) }, 'body.meta'],
    [{ contact: { ...contact, attributes: many(51) } }, 'body.contact.attributes'],
    [{ contact: { ...contact, attributes: { deep: {} } } }, 'body.contact.attributes.deep'],
    [{ contact: { ...contact, language: 'a language' } }, 'body.contact.language'],
    [{ tags: ['a', 'a'] }, 'body.tags'],
    [{ message: { text: ' ' } }, 'body.message'],
    [{ message: { text: 'a', attachments } }, 'body.message.attachments.0.url'],
  ] as const) {
    const refused = await open(usher, channelId, change);
    expect(refused.status, refused.text).toBe(400);
    expect((refused.body as { detail: string }).detail).toContain(place);
  }
  expect(await usher.conversations()).toEqual([]);
});

test('what comes of a contact again is added to what is known', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const say = (more: object) => ({ contact: { ...opening.contact, ...more } });
  const first = await open(usher, channelId, say({ tags: ['vip'], attributes: { tier: 'gold' } }));
  await open(usher, channelId, {
    ...say({ tags: ['vip', 'new'], attributes: { city: 'Porto' }, language: 'pt' }),
    externalId: 'case-18',
  });
  const { id } = first.body as { id: string };
  const conversation = (await usher.call('GET', `/api/v1/conversations/${id}`))
    .body as Conversation;
  const contact = await usher.call('GET', `/api/v1/contacts/${conversation.contact.id}`);
  expect(contact.body).toMatchObject({
    ...{ tags: ['vip', 'new'], attributes: { tier: 'gold', city: 'Porto' }, lang: 'pt' },
  });
});
