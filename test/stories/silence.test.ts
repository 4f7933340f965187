// Silence in held conversations: contacts are reminded and conversations end through their own channels, in five languages; supervisors are told of agents.
import { randomUUID } from 'node:crypto';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Decisions } from '../../src/contract/decisions.ts';
import type { EventType } from '../../src/contract/event-types.ts';
import { eventData } from '../../src/contract/events.ts';
import { readyWords } from '../../src/contract/policy/ready-words.ts';
import { advanceAtRest } from '../makers/advance-at-rest.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startWithRapidPro } from '../makers/start-with-rapidpro.ts';
import { connectVisitor, type VisitorClient } from '../makers/web-client.ts';

const THEN = 'then';
const languages = ['en', 'ar', 'id', 'ko', 'pt-BR'] as const;
const words = { reminder: readyWords.reminder, ended: readyWords.ended };
/** It has no hours, so when it opens is not known and is left out. */
const ended = (language: string) =>
  (readyWords.ended[language] ?? '')
    .split(/(?<=[.。])\s/u)
    .slice(0, 2)
    .join(' ');

async function putPlan({ call }: Pick<TestUsher, 'call'>, silence: object): Promise<void> {
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const put = await call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      language: 'en',
      plans: [{ name: 'Default', steps: [{ after: 0 }], words, silence }],
      rules: [{ name: 'Everybody', [THEN]: { plan: 'Default' } }],
    },
  });
  expect(put.status, put.text).toBe(200);
}

async function addAgent({ call }: Pick<TestUsher, 'call'>, name: string, capacity = 20) {
  const body = { name, capacity, availability: 'online' };
  const made = (await call('POST', '/api/v1/agents', { body })).body as Agent;
  const limited = { name, role: 'agent', agentId: made.id };
  const { body: shown } = await call('POST', '/api/v1/tokens', { body: limited });
  const { token } = shown as { token: string };
  const say = async (id: string, text = 'What is your number?', more = {}) => {
    const said = { token, body: { text, ...more } };
    const { status, text: why } = await call('POST', `/api/v1/conversations/${id}/messages`, said);
    expect(status, why).toBe(201);
  };
  return { id: made.id, token, say };
}

const readOne = async ({ call }: Pick<TestUsher, 'call'>, id: string) =>
  (await call('GET', `/api/v1/conversations/${id}`)).body as Conversation;

const readHeld = (usher: Pick<TestUsher, 'call'>) =>
  eventually(
    async () => {
      const { body } = await usher.call('GET', '/api/v1/conversations?state=assigned&limit=100');
      return (body as { items: Conversation[] }).items;
    },
    (items) => items.length === languages.length,
    20_000,
  );

test('web chat: who does not write is reminded in their language, then told of the end, each once', async () => {
  const usher = await startTestUsher();
  await putPlan(usher, { contact: { remind: 20, close: 40 } });
  const ana = await addAgent(usher, 'Ana');
  const visitors = await Promise.all(
    languages.map(async (locale) => {
      const customer = { id: locale, name: locale };
      const visitor = await connectVisitor(usher, { locale, customer });
      await visitor.say('server/sessions/request', {
        ...{ customerId: visitor.session.customerId, requestID: 'r1' },
      });
      return visitor;
    }),
  );
  for (const { id } of await readHeld(usher)) await ana.say(id);
  const texts = ({ heard, session }: VisitorClient) =>
    heard
      .filter(({ topic }) => topic === `${session.sessionTopic}/messages`)
      .map(({ body }) => (body as { message: { content: string } }).message.content);
  const hear = (count: number) =>
    eventually(
      async () => visitors.map(texts),
      (all) => all.every((one) => one.length === count),
      20_000,
    );
  await hear(1);
  await advanceAtRest(usher, 20_000);
  const reminded = await hear(2);
  await advanceAtRest(usher, 20_000);
  const over = await hear(3);
  for (const [nth, language] of languages.entries()) {
    expect(reminded[nth]?.[1]).toBe(readyWords.reminder[language]);
    expect(over[nth]?.[2]).toBe(ended(language));
  }
  await advanceAtRest(usher, 60_000);
  expect(visitors.map((one) => texts(one).length)).toEqual(languages.map(() => 3));
}, 90_000);

test('RapidPro: the contact hears the reminder and the end in their language before the ticket is closed', async () => {
  const { usher, organisation, seen } = await startWithRapidPro();
  await putPlan(usher, { contact: { remind: 20, close: 40 } });
  const ana = await addAgent(usher, 'Ana');
  const open = async (language: string) => {
    const contact = organisation.addContact({ name: 'Ryan' });
    const opened = await organisation.openTicket({ contact, customFields: { language } });
    expect(opened.opened, JSON.stringify(opened)).toBe(true);
    return opened.ticketUuid as string;
  };
  const tickets = await Promise.all(['eng', 'ara', 'ind', 'kor', 'por'].map(open));
  for (const { id } of await readHeld(usher)) await ana.say(id);
  const hear = (fits: (one: string[]) => boolean) =>
    eventually(
      async () => tickets.map(seen),
      (all) => all.every(fits),
      30_000,
    );
  await hear((one) => one.length === 1);
  await advanceAtRest(usher, 20_000);
  await hear((one) => one.length === 2);
  await advanceAtRest(usher, 20_000);
  const heard = await hear((one) => one.includes('#closed'));
  for (const [nth, language] of languages.entries()) {
    expect(heard[nth]).toEqual([
      ...['What is your number?', readyWords.reminder[language], ended(language), '#closed'],
    ]);
  }
}, 90_000);

async function begin(silence: object) {
  const usher = await startTestUsher();
  const { call } = usher;
  await putPlan(usher, silence);
  const channel = await call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'Shop' } });
  const { id: channelId } = channel.body as { id: string };
  const path = `/api/v1/channels/${channelId}/conversations`;
  const open = async (more = {}) => {
    const contact = { externalId: randomUUID(), name: 'Eka' };
    const body = { externalId: randomUUID(), contact, ...more };
    const id = ((await call('POST', path, { body })).body as Conversation).id;
    await eventually(
      () => readOne(usher, id),
      ({ state }) => state === 'assigned',
    );
    return id;
  };
  const advance = (seconds: number) => advanceAtRest(usher, seconds * 1000);
  const events = async (id: string) => {
    const { body } = await call('GET', `/api/v1/conversations/${id}/events`);
    const { items } = body as { items: { type: EventType; data: Record<string, unknown> }[] };
    // As the reference of events has them.
    for (const { type, data } of items) {
      expect([...Value.Errors(eventData[type], data)], type).toEqual([]);
    }
    return items;
  };
  const typesOf = async (id: string) => (await events(id)).map(({ type }) => type);
  return { usher, call, path, open, advance, events, typesOf };
}

test('API: each language has its reminder and its end as events, with when it ends', async () => {
  const { usher, open, advance, events, call } = await begin({
    contact: { remind: 20, close: 40 },
  });
  const ana = await addAgent(usher, 'Ana');
  for (const language of languages) {
    const id = await open({ contact: { externalId: randomUUID(), name: 'Eka', language } });
    await ana.say(id);
    await eventually(
      () => readOne(usher, id),
      ({ silence }) => silence?.of === 'contact',
    );
    await advance(20);
    const reminded = await eventually(
      () => readOne(usher, id),
      ({ silence }) => silence?.noticedAt != null,
    );
    const { since, dueAt } = reminded.silence ?? {};
    expect(Date.parse(dueAt ?? '') - Date.parse(since ?? '')).toBe(40_000);
    await advance(20);
    await eventually(
      () => readOne(usher, id),
      ({ state }) => state === 'closed',
    );
    const said = await events(id);
    const shown = said.filter(({ data }) => data.authorKind === 'system' || 'since' in data);
    expect(shown).toMatchObject([
      { type: 'message.created', data: { text: readyWords.reminder[language] } },
      { type: 'conversation.reminded', data: { plan: 'Default', agentId: ana.id, dueAt } },
      { type: 'message.created', data: { text: ended(language) } },
    ]);
    expect(said.at(-1)).toMatchObject({
      type: 'conversation.closed',
      data: { reason: 'contact-silent', by: 'policy', agentId: ana.id },
    });
    const why = (await call('GET', `/api/v1/conversations/${id}/decisions`)).body as Decisions;
    expect(why.reasons[0]).toMatchObject({ code: 'closed', closeReason: 'contact-silent' });
  }
}, 90_000);

test('a file is a message of the agent, a note is none, and an ended conversation hears nothing more', async () => {
  const { usher, call, open, advance, typesOf } = await begin({ contact: { remind: 60 } });
  const ana = await addAgent(usher, 'Ana');
  const id = await open();
  await ana.say(id);
  await advance(40);
  const note = { token: ana.token, body: { text: 'Hm' } };
  expect((await call('POST', `/api/v1/conversations/${id}/notes`, note)).status).toBe(201);
  await advance(30);
  await eventually(
    () => typesOf(id),
    (all) => all.filter((one) => one === 'conversation.reminded').length === 1,
  );
  const close = await call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  expect(close.status).toBe(200);
  await advance(3600);
  expect((await typesOf(id)).at(-1)).toBe('conversation.closed');
}, 60_000);

test('supervisors see whose customer waits too long; then it goes to somebody else, and is shown no more', async () => {
  const { usher, call, open, advance, events } = await begin({ agent: 60 });
  const ana = await addAgent(usher, 'Ana');
  const id = await open();
  await eventually(
    () => readOne(usher, id),
    ({ silence }) => silence?.of === 'agent',
  );
  const count = async () => {
    const { unanswered } = (await call('GET', '/api/v1/inbox/counts')).body as {
      unanswered: number;
    };
    const { body } = await call('GET', '/api/v1/conversations?unanswered=true');
    return { unanswered, listed: (body as { items: unknown[] }).items.length };
  };
  expect(await count()).toEqual({ unanswered: 0, listed: 0 });
  await advance(60);
  // It may be noticed between the two questions.
  await eventually(count, ({ unanswered, listed }) => unanswered === 1 && listed === 1);
  const { rankAt } = await readOne(usher, id);
  const budi = await addAgent(usher, 'Budi');
  await advance(60);
  const given = await eventually(
    () => readOne(usher, id),
    ({ agentId }) => agentId === budi.id,
  );
  expect(given.rankAt).toBe(rankAt);
  expect(await count()).toEqual({ unanswered: 0, listed: 0 });
  expect((await events(id)).filter(({ type }) => !type.includes('assign'))).toMatchObject([
    { type: 'conversation.opened' },
    { type: 'conversation.unanswered', data: { agentId: ana.id, plan: 'Default' } },
    { type: 'conversation.requeued', data: { reason: 'not-answered', by: 'policy' } },
  ]);
  const { decisions } = (await call('GET', `/api/v1/conversations/${id}/decisions`))
    .body as Decisions;
  expect(decisions).toMatchObject([
    { agentId: budi.id, state: 'confirmed' },
    { agentId: ana.id, state: 'ended', endReason: 'not-answered' },
  ]);
}, 60_000);

test.each([
  [{ agent: 0 }, '/plans/0/silence/agent', 'document.too-small'],
  [{ agent: -300 }, '/plans/0/silence/agent', 'document.too-small'],
  [{ agent: 1e12 }, '/plans/0/silence/agent', 'document.too-large'],
  [{ agent: 7.5 }, '/plans/0/silence/agent', 'document.wrong-type'],
  [
    { contact: { remind: 60, close: 30 } },
    '/plans/0/silence/contact/close',
    'silence.close-too-early',
  ],
  [{}, '/plans/0/silence', 'silence.none'],
])('silence of %j is refused with its place and what to do', async (silence, path, code) => {
  const { call } = await startTestUsher();
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const body = {
    ...policy,
    plans: [{ name: 'Default', steps: [{ after: 0 }], words, silence }],
    rules: [{ name: 'Everybody', [THEN]: { plan: 'Default' } }],
  };
  const put = await call('PUT', '/api/v1/policy', { body });
  expect(put.status).toBe(400);
  const { faults } = put.body as { faults: { path: string; code: string; remedy: string }[] };
  expect(faults).toMatchObject([{ path, code, remedy: expect.stringMatching(/\w/) }]);
});
