// An agent writes to a contact first: where the channel allows it, within their capacity, once, and told to whoever carries it.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { addPerson } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { type ProgramWorld, startWithProgram, summarise } from '../makers/start-with-program.ts';
import { connectAgent, connectVisitor } from '../makers/web-client.ts';

interface Reach {
  items: {
    identityId: string;
    channelId: string;
    obstacle: string | null;
    openId: string | null;
  }[];
}

const reachOf = async (usher: TestUsher, contactId: string) =>
  ((await usher.call('GET', `/api/v1/contacts/${contactId}/reach`)).body as Reach).items;

/** A contact of the program's channel, whose conversation is over. */
async function meetAndPart(world: ProgramWorld): Promise<{ contactId: string; first: string }> {
  const first = await world.open('chat-1');
  await world.held(first);
  const { body } = await world.usher.call('GET', `/api/v1/conversations/${first}`);
  await world.act(first, 'close');
  return { contactId: (body as Conversation).contact.id, first };
}

const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code;

test('it is theirs at once, and the program hears of it under the name that it knows', async () => {
  const world = await startWithProgram();
  const { usher, agentId, agentToken } = world;
  const { contactId, first } = await meetAndPart(world);
  const { after } = (await world.updates()).body as { after: string };
  const [reach] = await reachOf(usher, contactId);
  expect(reach).toMatchObject({ obstacle: null, openId: null, channelId: world.channelId });
  const ask = (key: string) =>
    usher.call('POST', `/api/v1/contacts/${contactId}/conversations`, {
      ...{ token: agentToken, headers: { 'idempotency-key': key } },
      body: { identityId: reach?.identityId, text: 'Your parcel has arrived.' },
    });
  const started = await ask('once');
  expect(started.status, started.text).toBe(201);
  const conversation = started.body as Conversation;
  expect(conversation).toMatchObject({
    ...{ state: 'assigned', agentId, externalId: 'chat-1', contact: { id: contactId } },
  });
  expect(conversation.id).not.toBe(first);
  // A repeat under the same key is the same one; another is told of it.
  expect((await ask('once')).text).toBe(started.text);
  expect([(await ask('twice')).status, codeOf(await ask('thrice'))]).toEqual([
    409,
    'contact.already-open',
  ]);
  expect(await reachOf(usher, contactId)).toMatchObject([
    { obstacle: 'open', openId: conversation.id },
  ]);
  const { items } = await world.read(after);
  expect(summarise(items)).toEqual([
    'chat-1 queued',
    'chat-1 assigned Ben',
    'chat-1 message agent: Your parcel has arrived.',
  ]);
  const told = await usher.call('GET', `/api/v1/conversations/${conversation.id}/events`);
  const types = (told.body as { items: { type: string }[] }).items.map(({ type }) => type);
  expect(types).toEqual(['conversation.opened', 'conversation.assigned', 'message.created']);
  // What the contact answers comes to the same agent.
  expect((await world.say('chat-1', 'm-2', 'Thank you')).status).toBe(201);
  const { body } = await usher.call('GET', `/api/v1/agents/${agentId}`);
  expect(body).toMatchObject({ load: 1 });
});

test('who is full writes to nobody first, unless a supervisor does it all the same', async () => {
  const world = await startWithProgram();
  const { usher, agentId, agentToken } = world;
  const { contactId } = await meetAndPart(world);
  const [reach] = await reachOf(usher, contactId);
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { capacity: 1 } });
  await world.held(await world.open('chat-2', { externalId: 'customer-2' }));
  const body = { identityId: reach?.identityId, text: 'Hello' };
  const path = `/api/v1/contacts/${contactId}/conversations`;
  const refused = await usher.call('POST', path, { token: agentToken, body });
  expect([refused.status, codeOf(refused)]).toEqual([409, 'agent.at-capacity']);
  expect((refused.body as { detail: string }).detail).toContain('Ben holds 1 of 1');
  const forced = { token: agentToken, body: { ...body, force: true } };
  expect((await usher.call('POST', path, forced)).status).toBe(403);
  expect(await reachOf(usher, contactId)).toMatchObject([{ obstacle: null }]);
  expect((await usher.conversations()).filter(({ state }) => state !== 'closed')).toHaveLength(1);

  const susi = await addPerson(usher, {
    ...{ name: 'Susi', email: 'susi@example.com', role: 'supervisor' },
  });
  await usher.call('PATCH', `/api/v1/agents/${susi.agentId}`, { body: { capacity: 0 } });
  const byHer = (more: object) =>
    susi.browser.send<Conversation>('POST', path, { body: { ...body, ...more } });
  expect((await byHer({})).status).toBe(409);
  expect((await byHer({ force: true })).body).toMatchObject({ agentId: susi.agentId });
});

test('of two who write first at the same moment one has it, and the other is told', async () => {
  const world = await startWithProgram();
  const { usher } = world;
  const { contactId } = await meetAndPart(world);
  const [reach] = await reachOf(usher, contactId);
  const people = await Promise.all(
    ['Ana', 'Cara'].map((name) =>
      addPerson(usher, { name, email: `${name.toLowerCase()}@example.com`, role: 'agent' }),
    ),
  );
  const answers = await Promise.all(
    people.map(({ browser }) =>
      browser.send('POST', `/api/v1/contacts/${contactId}/conversations`, {
        body: { identityId: reach?.identityId, text: 'Hello' },
      }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect((await usher.conversations()).filter(({ state }) => state !== 'closed')).toHaveLength(1);
});

test('a visitor of a web chat is written to while a session of theirs stands, and need not be there', async () => {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '3600000' });
  const agent = await connectAgent(usher, { name: 'Ana' });
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'dewi', name: 'Dewi' } });
  await visitor.say('server/sessions/request', { customerId: 'dewi', requestID: 'r1' });
  const first = await agent.receives();
  const [{ id: firstId, contact } = { id: '', contact: { id: '' } }] = await usher.conversations();
  await usher.call('POST', `/api/v1/conversations/${firstId}/close`, { body: {} });
  const [reach] = await reachOf(usher, contact.id);
  expect(reach).toMatchObject({ obstacle: null });
  const path = `/api/v1/contacts/${contact.id}/conversations`;
  const body = { identityId: reach?.identityId, text: 'It is back in stock.' };
  const started = await usher.call('POST', path, { token: agent.token, body });
  expect(started.status, started.text).toBe(201);
  const { id } = started.body as Conversation;
  const { message } = await visitor.hears(
    `${first.sessionTopic}/messages`,
    (told) => told.message?.content === 'It is back in stock.',
  );
  expect(message.content).toBe('It is back in stock.');
  await visitor.close();
  // Nobody has heard of the visitor for long, and it stays open until they come.
  for (let minutes = 0; minutes < 40; minutes += 10) {
    await usher.clock.advance(600_000);
    await agent.beat();
  }
  const { body: now } = await usher.call('GET', `/api/v1/conversations/${id}`);
  expect(now).toMatchObject({ state: 'assigned', agentId: agent.agentId });

  await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  await usher.database.pool.query(`update web_session set ended_at = now()`);
  expect(await reachOf(usher, contact.id)).toMatchObject([{ obstacle: 'visitor-gone' }]);
  const again = await usher.call('POST', path, { token: agent.token, body });
  expect([again.status, codeOf(again)]).toEqual([409, 'contact.unreachable']);
});

test('where nobody can write first it is said why, before and when it is tried', async () => {
  const world = await startWithProgram();
  const { usher, agentToken } = world;
  const put = await usher.call('PUT', world.at('contacts/customer-9'), {
    ...{ token: world.token, body: { name: 'Nine' } },
  });
  const unknown = (put.body as { id: string }).id;
  expect(await reachOf(usher, unknown)).toMatchObject([{ obstacle: 'unknown-name' }]);
  const { open } = await makePlace(usher, { kind: 'qiscus' });
  const room = await open();
  const { body } = await usher.call('GET', `/api/v1/conversations/${room}`);
  const inRoom = (body as Conversation).contact.id;
  const reaches = await reachOf(usher, inRoom);
  expect(reaches).toMatchObject([{ obstacle: 'no-call' }]);
  const write = (contactId: string, more: object) =>
    usher.call('POST', `/api/v1/contacts/${contactId}/conversations`, {
      ...{ token: agentToken, body: { identityId: unknown, text: 'Hello', ...more } },
    });
  const refused = await write(inRoom, { identityId: reaches[0]?.identityId });
  expect([refused.status, codeOf(refused)]).toEqual([409, 'contact.unreachable']);
  expect((refused.body as { detail: string }).detail).toContain('the customer writes first');
  expect(codeOf(await write(unknown, {}))).toBe('contact.unreachable');
  expect(codeOf(await write(inRoom, {}))).toBe('contact.not-found');
  expect((await write(unknown, { text: '' })).status).toBe(400);
  expect((await write(unknown, { text: ' '.repeat(3) })).status).toBe(400);
  expect((await write(unknown, { text: 'x'.repeat(10_001) })).status).toBe(400);

  const { contactId } = await meetAndPart(world);
  const [reach] = await reachOf(usher, contactId);
  const byNobody = await usher.call('POST', `/api/v1/contacts/${contactId}/conversations`, {
    body: { identityId: reach?.identityId, text: 'Hello' },
  });
  expect(byNobody.status).toBe(400);
  await usher.call('POST', `/api/v1/contacts/${contactId}/block`, { body: { reason: 'Rude' } });
  expect(await reachOf(usher, contactId)).toMatchObject([{ obstacle: 'blocked' }]);
  const blocked = await write(contactId, { identityId: reach?.identityId });
  expect([blocked.status, codeOf(blocked)]).toEqual([403, 'contact.blocked']);
  await eventually(
    () => usher.conversations('assigned'),
    (all) => all.length === 0,
  );
});
