// A colleague is asked about a conversation: reads and writes notes, and nothing else, for as long as it is asked.
import { expect, test } from 'vitest';
import type { InboxCounts } from '../../src/contract/inbox.ts';
import { startDeskOfThree } from '../makers/start-desk-of-three.ts';
import { eventually } from '../makers/start-test-usher.ts';
import type { AgentClient } from '../makers/web-client.ts';

const HELD = { status: 409, body: { code: 'conversation.held-by-another' } };
const GONE = { status: 404, body: { code: 'conversation.not-found' } };

/** Agents see only their own and their teams'. */
async function begin() {
  const desk = await startDeskOfThree();
  const { usher, as, ana } = desk;
  const put = await usher.call('PATCH', '/api/v1/settings', {
    body: { agentsSee: 'own-and-teams' },
  });
  expect(put.status).toBe(200);
  const list = async (who: AgentClient, query: string) => {
    const { body } = await usher.call('GET', `/api/v1/conversations?${query}`, {
      token: who.token,
    });
    return (body as { items: { id: string }[] }).items.map(({ id }) => id);
  };
  return {
    ...desk,
    list,
    consulted: (who: AgentClient) => list(who, 'consulted=me'),
    counted: async (who: AgentClient) =>
      ((await usher.call('GET', '/api/v1/inbox/counts', { token: who.token })).body as InboxCounts)
        .consulted,
    ask: (...whom: AgentClient[]) =>
      as(ana, 'POST', '/consult', {
        ...{ agentIds: whom.map(({ agentId }) => agentId), note: 'Is this covered?' },
      }),
  };
}

test('who is asked reads the conversation, the question and the contact, and writes notes; nobody else does', async () => {
  const desk = await begin();
  const { usher, ana, budi, cici, as, ask, read, messages, consulted, counted, id } = desk;
  expect(await as(budi, 'GET', '')).toMatchObject(GONE);
  const asked = await ask(budi);
  const entry = { agentId: budi.agentId, by: `agent:${ana.agentId}`, note: 'Is this covered?' };
  expect(asked.body).toMatchObject({ agentId: ana.agentId, consulted: [entry] });
  const { contact } = await read(budi);
  expect((await messages(budi)).at(-1)).toMatchObject({
    ...{ kind: 'note', mark: 'consult', text: 'Is this covered?', toAgentIds: [budi.agentId] },
  });
  expect((await as(budi, 'POST', '/notes', { text: 'It is.' })).status).toBe(201);
  expect((await messages(ana)).at(-1)).toMatchObject({ text: 'It is.', authorId: budi.agentId });
  for (const below of ['/events', '/decisions', '/messages']) {
    expect((await as(budi, 'GET', below)).status, below).toBe(200);
    expect(await as(cici, 'GET', below), below).toMatchObject(GONE);
  }
  const of = (who: AgentClient) =>
    usher.call('GET', `/api/v1/contacts/${contact.id}`, { token: who.token });
  expect([(await of(budi)).status, (await of(cici)).status]).toEqual([200, 404]);
  expect(await consulted(budi)).toEqual([id]);
  expect([await counted(budi), await counted(cici), await counted(ana)]).toEqual([1, 0, 0]);
  // It takes no capacity, and is not theirs.
  const agent = await usher.call('GET', `/api/v1/agents/${budi.agentId}`);
  expect(agent.body).toMatchObject({ load: 0 });
});

test('who is asked is told at once, with what is written from then on, and that it is over', async () => {
  const { budi, ana, as, ask, id } = await begin();
  const hints = (who: AgentClient) =>
    who.heard.filter(({ body }) => JSON.stringify(body).includes(id)).length;
  const changes = (who: AgentClient) => `client/agents/${who.agentId}/changes`;
  const isOf = (body: object) => JSON.stringify(body).includes(id);
  await ask(budi);
  await budi.hears(changes(budi), isOf);
  const before = hints(budi);
  await as(ana, 'POST', '/messages', { text: 'One moment' });
  await eventually(
    async () => hints(budi),
    (count) => count > before,
  );
  const later = hints(budi);
  await as(ana, 'POST', '/end-consult', { agentId: budi.agentId });
  await eventually(
    async () => hints(budi),
    (count) => count > later,
  );
  const last = hints(budi);
  await as(ana, 'POST', '/messages', { text: 'Here I am' });
  await ana.hears(changes(ana), isOf);
  await expect.poll(() => hints(ana)).toBeGreaterThan(1);
  expect(hints(budi)).toBe(last);
});

test('who is asked writes nothing to the contact, and neither closes, hands over, returns nor takes it back to the queue', async () => {
  const { usher, ana, budi, cici, as, ask, read, visitor, sessionTopic, events } = await begin();
  await ask(budi);
  const before = await events();
  for (const [verb, body] of [
    ['/messages', { text: 'from Budi' }],
    ['/close', {}],
    ['/transfer', { agentId: cici.agentId }],
    ['/transfer', { plan: 'Front' }],
    ['/transfer', { skillIds: [] }],
    ['/requeue', {}],
    ['/return', {}],
    ['/consult', { agentIds: [cici.agentId] }],
    ['/end-consult', { agentId: cici.agentId }],
  ] as const) {
    expect(await as(budi, 'POST', verb, body), verb).toMatchObject(HELD);
  }
  const whispers = await as(budi, 'POST', '/whisper', { text: 'psst' });
  expect(whispers.body).toMatchObject({ code: 'role.insufficient' });
  expect(await budi.listen(`${sessionTopic}/messages`)).toEqual([128]);
  expect(await events()).toEqual(before);
  const count = visitor.heard.length;
  // Over MQTT a forbidden publish has no other answer than the end of the connection.
  budi.mqtt.publish(`${sessionTopic}/server/messages`, '{"content":"from Budi"}');
  await expect.poll(() => budi.isClosed()).toBe(true);
  expect(visitor.heard).toHaveLength(count);
  expect((await read()).agentId).toBe(ana.agentId);
  expect((await usher.conversations('assigned')).length).toBe(1);
});

test('a contact is never shown who is asked, nor what was asked', async () => {
  const { usher, budi, ask, visitor, as, ana } = await begin();
  await ask(budi);
  await as(budi, 'POST', '/notes', { text: 'It is not covered.' });
  await as(ana, 'POST', '/messages', { text: 'Good news' });
  const { sessionTopic, customerId } = visitor.session;
  await visitor.hears(`${sessionTopic}/messages`, (body) =>
    JSON.stringify(body).includes('Good news'),
  );
  const page = await usher.call('GET', `/customer/${customerId}/messages`, { token: null });
  for (const seen of [JSON.stringify(visitor.heard), page.text]) {
    expect(seen).not.toMatch(/covered|Budi/);
  }
});

test('thanked, or gone by themselves, they read nothing any more', async () => {
  const { usher, ana, budi, cici, as, ask, events, consulted, messages } = await begin();
  await ask(budi, cici);
  const note = (await messages()).at(-1);
  expect((await as(ana, 'POST', '/end-consult', { agentId: budi.agentId })).status).toBe(204);
  expect((await as(cici, 'POST', '/end-consult')).status).toBe(204);
  for (const who of [budi, cici]) {
    for (const below of ['', '/messages', '/events', '/decisions']) {
      expect(await as(who, 'GET', below), below).toMatchObject(GONE);
    }
    expect(await as(who, 'POST', '/notes', { text: 'still here' })).toMatchObject(GONE);
    expect(await as(who, 'POST', '/take-over')).toMatchObject(GONE);
    expect(await consulted(who)).toEqual([]);
  }
  const resend = `/api/v1/messages/${note?.id}/resend`;
  expect((await usher.call('POST', resend, { token: budi.token })).status).toBe(404);
  const ended = (await events()).filter(({ type }) => type === 'conversation.consult-ended');
  expect(ended.map(({ data }) => data)).toEqual([
    { agentId: budi.agentId, reason: 'thanked', by: `agent:${ana.agentId}` },
    { agentId: cici.agentId, reason: 'left', by: `agent:${cici.agentId}` },
  ]);
  expect(await as(ana, 'POST', '/end-consult', { agentId: budi.agentId })).toMatchObject({
    ...{ status: 404, body: { code: 'consult.not-found' } },
  });
});

test('the end of the conversation ends it, and a closing that is taken back asks them again', async () => {
  const { usher, ana, budi, as, ask, consulted } = await begin();
  await ask(budi);
  await as(ana, 'POST', '/close', {});
  expect(await as(budi, 'GET', '/messages')).toMatchObject(GONE);
  expect(await consulted(budi)).toEqual([]);
  await as(ana, 'POST', '/reopen');
  expect((await as(budi, 'GET', '/messages')).status).toBe(200);
  await as(ana, 'POST', '/close', {});
  await usher.clock.advance(600_000);
  const count = async () => (await usher.database.pool.query('select from consultation')).rowCount;
  await eventually(count, (rows) => rows === 0);
  expect(await as(budi, 'GET', '/messages')).toMatchObject(GONE);
});

test('while it waits, who was asked neither sees nor takes it', async () => {
  const { usher, ana, budi, as, ask, setAgent } = await begin();
  await ask(budi);
  const skill = await usher.call('POST', '/api/v1/skills', { body: { name: 'French' } });
  const { id: skillId } = skill.body as { id: string };
  await setAgent(ana, { availability: 'away' });
  await as(ana, 'POST', '/transfer', { skillIds: [skillId] });
  expect(await as(budi, 'GET', '')).toMatchObject(GONE);
  expect(await as(budi, 'POST', '/assign', { agentId: budi.agentId })).toMatchObject(GONE);
});

test('while nobody has it, a bystander does not end what its former agent asked', async () => {
  const { ana, budi, cici, as, ask, setAgent } = await begin();
  await ask(budi);
  await setAgent(ana, { availability: 'away' });
  for (const who of [budi, cici]) await setAgent(who, { availability: 'away' });
  expect((await as(ana, 'POST', '/requeue', {})).status).toBe(200);
  expect(await as(cici, 'POST', '/end-consult', { agentId: budi.agentId })).toMatchObject({
    ...{ status: 409, body: { code: 'conversation.not-assigned' } },
  });
  expect((await as(budi, 'POST', '/end-consult')).status).toBe(204);
});

test('handed over to who was asked, in one stroke, the question is over', async () => {
  const { ana, budi, cici, as, ask, events, read, consulted } = await begin();
  await ask(budi, cici);
  await as(ana, 'POST', '/transfer', { agentId: budi.agentId, note: 'Yours' });
  expect((await events()).slice(-3)).toMatchObject([
    { type: 'conversation.transferred' },
    { type: 'conversation.assigned' },
    { type: 'conversation.consult-ended', data: { agentId: budi.agentId, reason: 'given' } },
  ]);
  expect((await read(budi)).consulted).toMatchObject([{ agentId: cici.agentId }]);
  expect(await consulted(budi)).toEqual([]);
  expect((await as(budi, 'POST', '/end-consult', { agentId: cici.agentId })).status).toBe(204);
});

test('five at a time; nobody is asked twice, nor whoever has it, nor who does not exist', async () => {
  const { usher, ana, budi, cici, susi, as, ask, events, read } = await begin();
  const more = await Promise.all(
    [1, 2, 3, 4].map(async (n) => {
      const made = await usher.call('POST', '/api/v1/agents', { body: { name: `Agent ${n}` } });
      return (made.body as { id: string }).id;
    }),
  );
  const consult = (agentIds: unknown, note?: unknown) =>
    as(ana, 'POST', '/consult', { agentIds, ...(note !== undefined && { note }) });
  expect(await consult([ana.agentId])).toMatchObject({ body: { code: 'consult.of-holder' } });
  const nobody = '00000000-0000-4000-8000-000000000000';
  expect(await consult([budi.agentId, nobody])).toMatchObject({
    body: { code: 'agent.not-found' },
  });
  for (const wrong of [[], 'all', [budi.agentId, budi.agentId], ['x'], Array(6).fill(nobody)]) {
    expect((await consult(wrong)).status, JSON.stringify(wrong)).toBe(400);
  }
  expect((await consult([budi.agentId], 'x'.repeat(2001))).status).toBe(400);
  expect((await read()).consulted).toEqual([]);
  expect((await ask(budi)).status).toBe(200);
  const count = (await events()).length;
  expect((await ask(budi)).status).toBe(200);
  expect(await events()).toHaveLength(count);
  expect(await consult(more.slice(0, 4))).toMatchObject({ status: 200 });
  expect(await ask(cici)).toMatchObject({ status: 409, body: { code: 'consult.too-many' } });
  expect((await read()).consulted).toHaveLength(5);
  // Two at once for the last place: one has it.
  await as(susi, 'POST', '/end-consult', { agentId: budi.agentId });
  const both = await Promise.all([ask(budi), ask(cici)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await read()).consulted).toHaveLength(5);
});
