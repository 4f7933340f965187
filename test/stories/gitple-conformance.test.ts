// Every body of stories of all kinds against the contract's own tables, presence and order of the keys included.
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import type { Receiver } from '../../sandbox/receiver/start-receiver.ts';
import { type EventType, eventTypes, type GitpleType } from '../../src/contract/event-types.ts';
import { EventBody, eventData } from '../../src/contract/events.ts';
import { type AbsentTimes, gitpleBody } from '../../src/delivery/gitple/gitple-body.ts';
import { eventually, type TestUsher } from '../makers/start-test-usher.ts';
import { ALL_GITPLE, type Listening, startWithReceiver } from '../makers/start-with-receiver.ts';
import { connectVisitor } from '../makers/web-client.ts';

type Json = Record<string, unknown>;
interface Session extends Json {
  id: string;
  openTime: string;
  reason: string;
}
type GitpleBody = Json & { type: GitpleType; ctime: string; session: Session };

const bodiesOf = ({ requests }: Receiver) =>
  requests.map(({ body }) => JSON.parse(body.toString()) as GitpleBody);

/** Fails with what is wrong and the body. */
function conforms(schema: Type.TSchema, body: unknown): void {
  expect(
    [...Value.Errors(schema, body)].map(({ instancePath, message }) => [
      instancePath,
      message,
      body,
    ]),
  ).toEqual([]);
}

/** What is there stands in the order of the schema, at every depth. */
function expectOrder(schema: Type.TSchema, body: Json): void {
  const properties = (schema as Type.TObject).properties as Record<string, Type.TSchema>;
  expect(Object.keys(body)).toEqual(Object.keys(properties).filter((key) => key in body));
  for (const [key, inner] of Object.entries(properties)) {
    if (Type.IsObject(inner)) expectOrder(inner, body[key] as Json);
  }
}

function check(receiver: Receiver, absentTimes: AbsentTimes = 'omit'): void {
  for (const body of bodiesOf(receiver)) {
    const schema = gitpleBody(body.type, absentTimes);
    conforms(schema, body);
    expectOrder(schema, body);
    if (body.session === undefined) continue;
    const { openTime, inprogressTime, closeTime } = body.session;
    for (const time of [openTime, inprogressTime, closeTime]) {
      if (typeof time === 'string') expect(time <= body.ctime).toBe(true);
    }
  }
  expect(receiver.unsigned()).toEqual([]);
  expect(receiver.repeats()).toEqual([]);
}

const arrived = (receiver: Receiver, count: number) =>
  eventually(
    () => receiver.requests.length,
    (found) => found >= count,
  );
const told = (receiver: Receiver, id: string) =>
  bodiesOf(receiver)
    .filter(({ session }) => session.id === id)
    .map(({ type, session }) => `${type.replace('session_state_', '')} ${session.reason}`);

/** Every road that a conversation can take; answers the ids by road. */
async function everyRoad({ usher, open, addAgent, act }: Listening, receiver: Receiver) {
  const neverAssigned = await open();
  await act(neverAssigned, 'close', { reason: 'userTimeout' });
  const ana = await addAgent({ name: 'Ana' });
  const [transferred, requeued, room] = [
    await open(),
    await open(),
    await open({ externalId: 'again' }),
  ];
  await eventually(
    () => usher.conversations('assigned'),
    (found) => found.length === 3,
  );
  const budi = await addAgent({ name: 'Budi' });
  await act(transferred, 'transfer', { agentId: budi });
  await act(transferred, 'close', { note: 'Solved.', tags: ['sss'], categories: ['aaa', 'bbb'] });
  await act(requeued, 'requeue', { reason: 'lunch' });
  await eventually(
    () => told(receiver, requeued).length,
    (count) => count === 3,
  );
  await act(requeued, 'close', { meta: [{ type: 'input', name: 'order', value: null }] });
  await act(room, 'close');
  const reopened = await open({ externalId: 'again' });
  await eventually(
    () => told(receiver, reopened).length,
    (count) => count === 2,
  );
  await usher.call('PATCH', `/api/v1/agents/${ana}`, { body: { availability: 'away' } });
  await usher.call('PATCH', `/api/v1/agents/${budi}`, { body: { availability: 'away' } });
  const closedAfterReturn = await open();
  await act(closedAfterReturn, 'assign', { agentId: ana, force: true });
  await act(closedAfterReturn, 'requeue');
  await act(closedAfterReturn, 'close');
  await arrived(receiver, 18);
  return { ana, neverAssigned, transferred, requeued, room, reopened, closedAfterReturn };
}

test.each(['omit', 'null'] as const)(
  'every session body of every road is as the contract has it, times not reached: %s',
  async (absentTimes) => {
    const story = await startWithReceiver();
    const { receiver } = await story.listen({ absentTimes });
    const ids = await everyRoad(story, receiver);
    check(receiver, absentTimes);
    expect(told(receiver, ids.neverAssigned)).toEqual(['open user', 'close userTimeout']);
    expect(told(receiver, ids.transferred)).toEqual([
      'open user',
      'inprogress auto',
      'inprogress transfer',
      'close agent',
    ]);
    expect(told(receiver, ids.requeued)).toEqual([
      'open user',
      'inprogress auto',
      'inprogress auto',
      'close agent',
    ]);
    expect(told(receiver, ids.room)).toEqual(['open user', 'inprogress auto', 'close agent']);
    expect(told(receiver, ids.reopened)).toEqual(['open user', 'inprogress auto']);
    const last = bodiesOf(receiver).find(
      ({ type, session }) => type === 'session_state_close' && session.id === ids.closedAfterReturn,
    );
    // It had been assigned, though nobody has it any more.
    expect(last?.session).toMatchObject({ assigneeType: 'agent', assigneeId: ids.ana });
    expect(last?.session.inprogressTime).toEqual(expect.any(String));
  },
);

test('the reason of a close is one of six; what people make up is the agent’s doing', async () => {
  const { listen, open, act } = await startWithReceiver();
  const { receiver } = await listen({ events: ['session_state_close'] });
  const reasons = ['userCancel', 'agent', 'userTimeout', 'agentTimeout', 'bot', 'system'];
  for (const reason of [...reasons, 'sold out']) await act(await open(), 'close', { reason });
  await arrived(receiver, 7);
  check(receiver);
  const found = bodiesOf(receiver).map(({ session }) => session.reason);
  expect(found.toSorted()).toEqual([...reasons, 'agent'].toSorted());
});

test('an external message tells all that is known of the contact, and nothing that is not', async () => {
  const { usher, listen, open } = await startWithReceiver();
  const { receiver } = await listen({ events: ['send_external_message'] });
  const contact = { avatarUrl: null, name: null, email: null, phone: null, attributes: {} };
  const idOf = async (externalId: string) => {
    const id = await open({ contact: { ...contact, externalId } });
    const { body } = await usher.call('GET', `/api/v1/conversations/${id}`);
    return (body as { contact: { id: string } }).contact.id;
  };
  const [unknown, known] = [await idOf('stranger'), await idOf('friend')];
  const fields = {
    name: '홍길동',
    email: 'gildong@example.com',
    phone: '+82 10',
    lang: 'ko-KR',
    groups: ['g1'],
    tags: ['t1', 't2'],
    attributes: { plan: 'gold' },
  };
  await usher.call('PATCH', `/api/v1/contacts/${known}`, { body: fields });
  const text = '\u2028 "quoted" \\ \t\n👋 ';
  for (const id of [unknown, known]) {
    await usher.call('POST', `/api/v1/contacts/${id}/external-message`, { body: { text } });
  }
  await arrived(receiver, 2);
  check(receiver);
  const bodies = bodiesOf(receiver) as unknown as { to: Json; message: Json }[];
  const of = (id: string) => bodies.find(({ to }) => to.id === id);
  expect(of(unknown)?.to).toEqual({
    type: 'user',
    id: unknown,
    identifier: 'stranger',
    anonymous: false,
    lang: 'en',
    groups: [],
    tags: [],
    meta: {},
  });
  const { attributes: meta, ...rest } = fields;
  expect(of(known)?.to).toMatchObject({ ...rest, lang: 'ko', meta });
  expect(of(known)?.message).toEqual({ type: 'text/plain', content: text });
});

/** A visitor who rates the chat and wants it by mail. */
async function chatOnce(usher: TestUsher): Promise<void> {
  const visitor = await connectVisitor(usher);
  const { sessionId, sessionTopic, mqtt } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'hi' });
  const token = mqtt.password;
  const path = (end: string) => `/session/${sessionId}/${end}`;
  await usher.call('POST', path('rating'), { token, body: { score: 5, comment: 'kind' } });
  await usher.call('POST', path('transcript'), { token, body: { email: 'sari@example.com' } });
}

/** From the agent, by another one. */
async function takeOver(
  { usher, act }: Awaited<ReturnType<typeof startWithReceiver>>,
  conversationId: string,
  agentId: string,
): Promise<void> {
  await act(conversationId, 'assign', { agentId, force: true });
  const agent = await usher.call('POST', '/api/v1/agents', { body: { name: 'Citra' } });
  const { id } = agent.body as { id: string };
  const body = { name: 'Citra', role: 'supervisor', agentId: id };
  const made = await usher.call('POST', '/api/v1/tokens', { body });
  const { token } = made.body as { token: string };
  await usher.call('POST', `/api/v1/conversations/${conversationId}/take-over`, {
    token,
    body: {},
  });
}

async function missTarget({
  usher,
  open,
}: Awaited<ReturnType<typeof startWithReceiver>>): Promise<void> {
  const { body } = await usher.call('GET', '/api/v1/policy');
  const plans = [{ name: 'Shop', steps: [{ after: 0 }], targets: { firstAnswer: 60 } }];
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const rules = [{ name: 'Everybody', then: { plan: 'Shop' } }];
  const policy = { ...(body as { policy: object }).policy, plans, rules };
  await usher.call('PUT', '/api/v1/policy', { body: policy });
  const id = await open();
  const look = async () => (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Json;
  await eventually(look, ({ due }) => due !== null);
  await usher.clock.advance(61_000);
}

test('every body of Usher’s own types is as the reference of events has it', async () => {
  const story = await startWithReceiver();
  const gitple = await story.listen({ events: [...ALL_GITPLE] });
  const { receiver } = await story.listen({ events: eventTypes });
  const { ana } = await everyRoad(story, gitple.receiver);
  const contact = await story.usher.database.pool.query('select contact_id as id from contact');
  const path = `/api/v1/contacts/${contact.rows[0].id}/external-message`;
  await story.usher.call('POST', path, { body: { text: 'hello' } });
  const noted = await story.open();
  await story.act(noted, 'notes', { text: 'to be remembered' });
  await story.act(noted, 'close');
  await story.act(noted, 'reopen');
  await story.usher.call('PATCH', `/api/v1/conversations/${noted}`, { body: { tags: ['late'] } });
  await takeOver(story, noted, ana);
  await story.act(noted, 'whisper', { text: 'Ten percent' });
  await story.act(noted, 'consult', { agentIds: [ana], note: 'Is this covered?' });
  await story.act(noted, 'end-consult', { agentId: ana });
  await story.act(noted, 'return', { force: true });
  await story.act(noted, 'park');
  await story.act(noted, 'unpark');
  await chatOnce(story.usher);
  await missTarget(story);
  // They need an outside desk, a broken endpoint, an offer, silence, a bot or automations, and have stories of their own.
  const elsewhere = [
    'endpoint.disabled',
    ...['conversation.automated', 'automation.called', 'automation.disabled'],
    'conversation.assignment-confirmed',
    'conversation.handed-over',
    ...['conversation.offered', 'conversation.accepted'],
    ...['conversation.declined', 'conversation.missed'],
    ...['conversation.unanswered', 'conversation.reminded', 'conversation.left-by-bot'],
  ];
  const wanted = eventTypes.filter((type) => !elsewhere.includes(type));
  const types = () => new Set(bodiesOf(receiver).map(({ type }) => type as string));
  await eventually(types, (found) => wanted.every((type) => found.has(type)));
  for (const body of bodiesOf(receiver) as unknown as (Json & { type: EventType })[]) {
    conforms(EventBody, body);
    conforms(eventData[body.type], body.data);
    expect('conversation' in body).toBe(/^(conversation|message)\./.test(body.type));
    const extra = Object.keys(body.data as Json).filter(
      (key) => !(key in eventData[body.type].properties),
    );
    expect(extra).toEqual([]);
  }
});
