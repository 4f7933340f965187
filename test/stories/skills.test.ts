// A conversation asks for skills at each door, and only who has them is given it.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { startRapidPro } from '../makers/start-rapidpro.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startWithQiscus } from '../makers/start-with-qiscus.ts';
import { connectVisitor } from '../makers/web-client.ts';

async function make(usher: TestUsher, path: string, body: object): Promise<string> {
  const made = await usher.call('POST', `/api/v1/${path}`, { body });
  expect(made.status, made.text).toBe(201);
  return (made.body as { id: string }).id;
}

/** Two agents who are online; only Dewi has the skill Billing, and Ana has more room. */
async function addTwoAgents(usher: TestUsher) {
  const billing = await make(usher, 'skills', { name: 'Billing' });
  const shared = { availability: 'online', role: 'agent' };
  const ana = await make(usher, 'agents', { ...shared, name: 'Ana', capacity: 9 });
  const dewi = await make(usher, 'agents', {
    ...{ ...shared, name: 'Dewi', capacity: 4 },
    skillIds: [billing],
  });
  return { billing, ana, dewi };
}

async function find(usher: TestUsher, fits: (one: Conversation) => boolean): Promise<Conversation> {
  const look = async () => (await usher.conversations()).find(fits);
  const found = await eventually(look, (one) => one !== undefined);
  return found as Conversation;
}
const get = async (usher: TestUsher, id: string) =>
  (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
const given = (usher: TestUsher, id: string) =>
  eventually(
    () => get(usher, id),
    ({ state }) => state === 'assigned',
  );

async function whyOf(usher: TestUsher, id: string): Promise<object[]> {
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/decisions`);
  return (body as { reasons: object[] }).reasons;
}
async function notesOf(usher: TestUsher, id: string): Promise<string[]> {
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/messages`);
  const { items } = body as { items: { kind: string; text: string }[] };
  return items.filter(({ kind }) => kind === 'note').map(({ text }) => text);
}

async function expectWaits(usher: TestUsher, id: string, skills: string[]): Promise<void> {
  expect(await whyOf(usher, id)).toContainEqual({ code: 'lacks-skills', skills });
  expect(await get(usher, id)).toMatchObject({ state: 'waiting', agentId: null });
}

test('Qiscus: skills and a division in extras choose the agent, whatever the case; what is unknown stands in a note', async () => {
  // A look at the rooms would find one without its extras before the webhook comes.
  const environment = { QISCUS_SYNC_ROOMS_MS: '3600000' };
  const { usher, qiscus } = await startWithQiscus({ agents: 2, environment });
  const { body } = await usher.call('GET', '/api/v1/agents');
  const [, second] = (body as { items: { id: string; name: string }[] }).items.toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const billing = await make(usher, 'skills', { name: 'Billing' });
  const dutch = await make(usher, 'skills', { name: 'Dutch' });
  const finance = await make(usher, 'teams', { name: 'Finance' });
  const changed = await usher.call('PATCH', `/api/v1/agents/${second?.id}`, {
    body: { skillIds: [billing], teamIds: [finance] },
  });
  expect(changed.status, changed.text).toBe(200);
  const write = (n: number, extras: object) =>
    qiscus.customerMessage({
      ...{ userId: `c${n}`, name: `C${n}`, text: 'Hi', extras: JSON.stringify(extras) },
    }).roomId;
  const roomOf = (roomId: string) => find(usher, ({ externalId }) => externalId === roomId);

  const properties = [{ key: 'skills', value: 'billing, Klingon' }];
  const first = await roomOf(write(1, { division: 'FINANCE', user_properties: properties }));
  expect(first).toMatchObject({ skillIds: [billing], teamId: finance });
  expect(await given(usher, first.id)).toMatchObject({ agentId: second?.id });
  expect(await notesOf(usher, first.id)).toEqual([expect.stringContaining('Klingon')]);

  const nobody = await roomOf(write(2, { skills: ['Dutch'] }));
  expect(nobody.skillIds).toEqual([dutch]);
  await expectWaits(usher, nobody.id, ['Dutch']);
}, 60_000);

test('RapidPro: a department that names a skill, and the custom field skills, choose the agent', async () => {
  const { usher, call } = await startRapidPro();
  const { billing, dewi } = await addTwoAgents(usher);
  const dutch = await make(usher, 'skills', { name: 'Dutch' });
  const open = async (visitor: object) => {
    const ticket = { visitor: { token: randomUUID(), ...visitor }, ticketID: randomUUID() };
    const { status, body, text } = await call('GET', '/room', { body: ticket });
    expect(status, text).toBe(200);
    return (body as { id: string }).id;
  };
  const byDepartment = await open({ department: 'billing' });
  const byField = await open({ customFields: { skills: 'Billing' } });
  for (const id of [byDepartment, byField]) {
    expect(await given(usher, id)).toMatchObject({ agentId: dewi, skillIds: [billing] });
  }
  expect(await notesOf(usher, byDepartment)).toEqual([]);
  const nobody = await open({ customFields: { skills: 'billing,dutch' } });
  expect((await get(usher, nobody)).skillIds.toSorted()).toEqual([billing, dutch].toSorted());
  await expectWaits(usher, nobody, ['Dutch']);
}, 60_000);

test('web chat: the type of an attendant chooses the agent; the first level that nobody is asks for nobody', async () => {
  const usher = await startTestUsher();
  const { ana } = await addTwoAgents(usher);
  const second = await make(usher, 'skills', { name: 'support/secondLevel' });
  const eko = await make(usher, 'agents', {
    ...{ name: 'Eko', availability: 'online', capacity: 3, skillIds: [second] },
  });
  const ask = async (id: string, type: string) => {
    const { say, session } = await connectVisitor(usher, { customer: { id } });
    const sessionTemplate = { customersAllowed: 1, attendants: [{ type, required: true }] };
    await say('server/sessions/online', {
      ...{ sessionId: session.sessionId, customer: { id }, sessionTemplate },
    });
    return find(usher, ({ contact }) => contact.externalId === id);
  };
  const upper = await ask('c1', 'support/secondLevel');
  expect(await given(usher, upper.id)).toMatchObject({ agentId: eko, skillIds: [second] });
  const first = await ask('c2', 'support/firstLevel');
  expect(first.skillIds).toEqual([]);
  await given(usher, first.id);
  expect(await notesOf(usher, first.id)).toEqual([]);

  await usher.call('PATCH', `/api/v1/agents/${eko}`, { body: { skillIds: [] } });
  const nobody = await ask('c3', 'support/secondLevel');
  await expectWaits(usher, nobody.id, ['support/secondLevel']);
  await usher.call('PATCH', `/api/v1/agents/${ana}`, { body: { skillIds: [second] } });
  expect(await given(usher, nobody.id)).toMatchObject({ agentId: ana });
}, 60_000);

test('a channel and a team imply skills, and a transfer asks for them; what is unknown is refused by name', async () => {
  const usher = await startTestUsher();
  const { billing, dewi } = await addTwoAgents(usher);
  const dutch = await make(usher, 'skills', { name: 'Dutch' });
  const channels = (await usher.call('GET', '/api/v1/channels')).body as {
    items: { id: string; kind: string }[];
  };
  const path = `/api/v1/channels/${channels.items.find(({ kind }) => kind === 'webchat')?.id}`;
  const wrong = await usher.call('PATCH', path, { body: { config: { skills: ['Klingon'] } } });
  expect(wrong).toMatchObject({ status: 404, body: { code: 'skill.not-found' } });
  expect(wrong.text).toContain('Klingon');
  const set = await usher.call('PATCH', path, { body: { config: { skills: ['billing'] } } });
  expect(set.status, set.text).toBe(200);
  const ask = async (id: string) => {
    const { say } = await connectVisitor(usher, { customer: { id } });
    await say('server/sessions/request', { customerId: id, requestID: 'r1' });
    return find(usher, ({ contact }) => contact.externalId === id);
  };
  const { id } = await ask('c1');
  expect(await given(usher, id)).toMatchObject({ agentId: dewi, skillIds: [billing] });

  const finance = await make(usher, 'teams', { name: 'Finance', skillIds: [dutch] });
  const transfer = (body: object) =>
    usher.call('POST', `/api/v1/conversations/${id}/transfer`, { body });
  expect(await transfer({ skillIds: [randomUUID()] })).toMatchObject({
    ...{ status: 404, body: { code: 'skill.not-found' } },
  });
  expect((await transfer({ teamId: finance })).status).toBe(200);
  const moved = await get(usher, id);
  expect(moved).toMatchObject({ state: 'waiting', teamId: finance });
  expect(moved.skillIds.toSorted()).toEqual([billing, dutch].toSorted());
  // Nobody is in the team: what is said is what nobody at all has.
  await expectWaits(usher, id, ['Dutch']);
  expect((await transfer({ teamId: null })).status).toBe(200);
  expect(await given(usher, id)).toMatchObject({ agentId: dewi, skillIds: [billing] });

  // What its team implies holds of a channel from the moment it is said.
  await usher.call('PATCH', path, { body: { teamId: finance, config: { skills: [] } } });
  expect((await ask('c2')).skillIds).toEqual([dutch]);
  await usher.call('PATCH', `/api/v1/teams/${finance}`, { body: { skillIds: [] } });
  expect((await ask('c3')).skillIds).toEqual([]);
}, 60_000);

test('a requeue asks for skills, says so in its event, and leaves them as they were when it names none', async () => {
  const usher = await startTestUsher();
  const { billing, ana, dewi } = await addTwoAgents(usher);
  const { say } = await connectVisitor(usher, { customer: { id: 'c1' } });
  await say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  const { id } = await find(usher, ({ contact }) => contact.externalId === 'c1');
  expect(await given(usher, id)).toMatchObject({ agentId: ana, skillIds: [] });
  const requeue = (body: object) =>
    usher.call('POST', `/api/v1/conversations/${id}/requeue`, { body });
  expect((await requeue({ skillIds: [billing] })).status).toBe(200);
  expect(await given(usher, id)).toMatchObject({ agentId: dewi, skillIds: [billing] });
  expect((await requeue({})).status).toBe(200);
  expect(await given(usher, id)).toMatchObject({ agentId: dewi, skillIds: [billing] });

  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/events`);
  const requeued = (body as { items: { type: string; data: object }[] }).items.filter(
    ({ type }) => type === 'conversation.requeued',
  );
  expect(requeued.map(({ data }) => data)).toEqual([
    expect.objectContaining({ agentId: ana, skillIds: [billing] }),
    expect.not.objectContaining({ skillIds: expect.anything() }),
  ]);
});
