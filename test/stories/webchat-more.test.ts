// What else happens in web chat: acceptance, tabs, identities, places in the queue, marks, hints and notes.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import { sendTranscripts, WITH_LOCAL_ENDPOINTS } from '../makers/send-transcripts.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { connectAgent, connectVisitor, type VisitorClient } from '../makers/web-client.ts';

async function makeChannel(usher: TestUsher, body: object): Promise<string> {
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Shop', ...body },
  });
  expect(made.status, made.text).toBe(201);
  return (made.body as { id: string }).id;
}

const THEN = 'then';
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const ask = (visitor: VisitorClient, requestID = 'r1') =>
  visitor.say('server/sessions/request', { customerId: visitor.session.customerId, requestID });
const control = ({ session }: VisitorClient) => `${session.sessionTopic}/client/control`;
// biome-ignore lint/suspicious/noExplicitAny: as tests look into it
const says = (instruction: string) => (body: any) => body.instruction === instruction;

/** A channel whose agents must accept, two of them, and a visitor who was given to the first. */
async function makeOffer() {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '3600000' });
  const channelId = await makeChannel(usher, { config: { acceptance: 'manual' } });
  const first = await connectAgent(usher, { name: 'First' });
  await first.beat();
  const visitor = await connectVisitor(usher, { channelId, customer: { id: 'c1' } });
  await ask(visitor);
  const offered = await first.receives();
  const answer = (accepted?: boolean) =>
    first.say('server/attendants/assign', {
      attendantInfo: { id: first.agentId },
      sessionInfo: offered,
      ...(accepted !== undefined && { accepted }),
    });
  return { usher, first, visitor, offered, answer };
}

test('where agents must accept, the visitor waits until one has', async () => {
  const { first, visitor, offered, answer } = await makeOffer();
  expect(offered).toMatchObject({ status: 'waitingAttendantsAssignment', assignedAttendants: [] });
  expect(visitor.heard.some(({ body }) => body.instruction === 'session/ready')).toBe(false);
  await answer();
  const { sessionInfo } = await visitor.hears(control(visitor), says('session/ready'));
  expect(sessionInfo).toMatchObject({ status: 'online', assignedAttendants: [first.agentId] });
  // Once more is a formality, and declining comes too late.
  await answer(false);
  await sleep(200);
  expect(visitor.heard.at(-1)?.body.instruction).toBe('session/ready');
});

test('what an agent declines goes to another, at its old rank', async () => {
  const { usher, first, visitor, answer } = await makeOffer();
  const [before] = await usher.conversations();
  await answer(false);
  const [waiting] = await eventually(
    () => usher.conversations('waiting'),
    (found) => found.length === 1,
  );
  expect(waiting?.queuedAt).toBe(before?.queuedAt);
  const second = await connectAgent(usher, { name: 'Second' });
  await second.beat();
  const session = await second.receives();
  await second.say('server/attendants/assign', {
    attendantInfo: { id: second.agentId },
    sessionInfo: session,
  });
  await visitor.hears(control(visitor), says('session/ready'));
  // On record, for the one offer may be told twice.
  const { rows } = await usher.database.pool.query(
    'select agent_id as id from assignment order by assigned_at',
  );
  expect(rows.map(({ id }) => id)).toEqual([first.agentId, second.agentId]);
});

test('an agent’s silence of thirty seconds is a no', async () => {
  const { usher, visitor, answer } = await makeOffer();
  const { pool } = usher.database;
  const offeredAt = await pool.query<{ at: Date }>('select assigned_at as at from conversation');
  await usher.clock.advance(29_000);
  await eventually(
    () => usher.conversations('waiting'),
    (found) => found.length === 1,
  );
  const takenBack = await pool.query<{ at: Date; reason: string }>(
    `select at, data->>'reason' as reason from event where type = 'conversation.requeued'`,
  );
  expect(takenBack.rows).toMatchObject([{ reason: 'not-accepted' }]);
  const silence = Number(takenBack.rows[0]?.at) - Number(offeredAt.rows[0]?.at);
  expect(silence).toBeGreaterThanOrEqual(30_000);
  await answer();
  await sleep(200);
  expect(visitor.heard.some(({ body }) => body.instruction === 'session/ready')).toBe(false);
});

test('with nobody online the session ends at once, where the policy says so', async () => {
  const usher = await startTestUsher();
  const policy = { ...defaultPolicy, whenNobodyOnline: 'abort' };
  expect((await usher.call('PUT', '/api/v1/policy', { body: policy })).status).toBe(200);
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  await ask(visitor);
  const told = await visitor.hears(control(visitor), says('session/aborted/unavailableAttendants'));
  expect(told.sessionInfo.status).toBe('aborted');
  await visitor.hears('client/sessions/c1/r1', ({ update }) => update === told.instruction);
  const agent = await connectAgent(usher);
  await agent.beat();
  await ask(visitor, 'r2');
  await visitor.hears('client/sessions/c1/r2', says('session/ready'));
});

test('a second tab joins the conversation, and both see all of it', async () => {
  const usher = await startTestUsher();
  const first = await connectVisitor(usher);
  const { customerId, visitorKey, sessionTopic } = first.session;
  await first.say(`${sessionTopic}/server/messages`, { content: 'one' });
  const second = await connectVisitor(usher, { visitorKey });
  expect(second.session.customerId).toBe(customerId);
  expect(second.session.visitorKey).toBeNull();
  await ask(second, 'tab2');
  const { sessionInfo } = await second.hears(`client/sessions/${customerId}/tab2`);
  expect(sessionInfo.sessionTopic).toBe(sessionTopic);
  expect(await second.listen(`${sessionTopic}/messages`)).toEqual([1]);
  const token = second.session.mqtt.password;
  const path = `/session/${second.session.sessionId}/messages?afterSeq=0`;
  const { body } = await usher.call('GET', path, { token });
  expect(body).toMatchObject([{ message: { seq: 1, content: 'one' } }]);
  await second.say(`${sessionTopic}/server/messages`, { content: 'two' });
  for (const tab of [first, second]) {
    await tab.hears(`${sessionTopic}/messages`, ({ message }) => message.content === 'two');
  }
  expect(await usher.conversations()).toHaveLength(1);
});

test('a guest who logs in keeps the conversation, on a topic of their own, and the agent follows', async () => {
  const usher = await startTestUsher();
  const secret = 'widget-secret';
  const channelId = await makeChannel(usher, { secrets: { widgetSecret: secret } });
  const agent = await connectAgent(usher);
  await agent.beat();
  const guest = await connectVisitor(usher, { channelId });
  await guest.say(`${guest.session.sessionTopic}/server/messages`, { content: 'as a guest' });
  await agent.receives();
  const identityHash = createHmac('sha256', secret).update('c1').digest('hex');
  const { visitorKey } = guest.session;
  const customer = { id: 'c1', name: 'Sari' };
  const known = await connectVisitor(usher, { channelId, customer, identityHash, visitorKey });
  await ask(known);
  const { sessionInfo } = await known.hears('client/sessions/c1/r1');
  expect(sessionInfo.customer).toMatchObject({ id: 'c1', name: 'Sari' });
  const { sessionTopic } = sessionInfo;
  expect(await known.listen(`${sessionTopic}/messages`)).toEqual([1]);
  // The guest's may be told once more.
  await agent.receives((session) => session.sessionTopic === sessionTopic);
  await known.say(`${known.session.sessionTopic}/server/messages`, { content: 'as myself' });
  for (const side of [known, agent]) {
    const { message } = await side.hears(`${sessionTopic}/messages`);
    expect(message).toMatchObject({ seq: 2, content: 'as myself', from: { id: 'c1' } });
  }
  const token = known.session.mqtt.password;
  const history = await usher.call('GET', '/customer/c1/messages', { token });
  expect(history.body).toMatchObject([{ message: { seq: 1 } }, { message: { seq: 2 } }]);
  // The guest's own token does not open what is the customer's now.
  const old = guest.session.mqtt.password;
  const read = await usher.call('GET', `/session/${guest.session.sessionId}`, { token: old });
  expect(read.status).toBe(403);
});

test('a company’s token proves a customer only as it was signed, for as long as it says', async () => {
  const usher = await startTestUsher();
  const secret = 'widget-secret';
  const channelId = await makeChannel(usher, { secrets: { widgetSecret: secret } });
  const sign = (claims: { sub?: string; alg?: string; expires?: string; key?: string }) => {
    const { sub = 'c1', alg = 'HS256', expires = '1h', key = secret } = claims;
    const jwt = new SignJWT({ name: 'Sari', email: 'sari@example.com' });
    return jwt
      .setProtectedHeader({ alg })
      .setSubject(sub)
      .setExpirationTime(expires)
      .sign(new TextEncoder().encode(key.padEnd(alg === 'HS256' ? 0 : 64, key)));
  };
  const start = async (identityToken: string, more = {}) =>
    (
      await usher.call('POST', '/session', {
        body: { channelId, identityToken, ...more },
        token: null,
      })
    ).status;
  expect(await start(await sign({}))).toBe(200);
  expect(await start(await sign({}), { customer: { id: 'c1' } })).toBe(200);
  expect(await start(await sign({}), { customer: { id: 'c2' } })).toBe(403);
  expect(await start(await sign({ expires: '-1h' }))).toBe(403);
  expect(await start(await sign({ key: 'another-secret' }))).toBe(403);
  expect(await start(await sign({ alg: 'HS512' }))).toBe(403);
  const [head, body] = (await sign({})).split('.');
  expect(await start(`${head}.${body}.`)).toBe(403);
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  expect(await start(`${none}.${body}.`)).toBe(403);
  for (const sub of ['+', '#', 'a/b', 'agents', 'sessions', 'x'.repeat(129), '']) {
    expect([400, 403], sub).toContain(await start(await sign({ sub })));
  }
  const visitor = await connectVisitor(usher, { channelId, identityToken: await sign({}) });
  await ask(visitor);
  const { sessionInfo } = await visitor.hears('client/sessions/c1/r1');
  expect(sessionInfo.customer).toMatchObject({ id: 'c1', name: 'Sari' });
});

test('guests and foreign pages are refused where the channel says so', async () => {
  const usher = await startTestUsher();
  const config = { requireIdentity: true, allowedOrigins: ['https://shop.example.com'] };
  const channelId = await makeChannel(usher, {
    config,
    secrets: { widgetSecret: 'widget-secret' },
  });
  const identityHash = createHmac('sha256', 'widget-secret').update('c1').digest('hex');
  const proved = { channelId, customer: { id: 'c1' }, identityHash };
  const start = async (body: object, origin?: string) =>
    (await usher.call('POST', '/session', { body, token: null, headers: origin ? { origin } : {} }))
      .status;
  expect(await start({ channelId })).toBe(403);
  expect(await start({ channelId, visitorKey: 'x' })).toBe(403);
  expect(await start(proved)).toBe(200);
  expect(await start(proved, 'https://shop.example.com')).toBe(200);
  for (const origin of ['https://shop.example.com.evil.test', 'http://shop.example.com', 'null']) {
    expect(await start(proved, origin), origin).toBe(403);
  }
});

test('places in the queue move, and everybody who waits is told', async () => {
  const usher = await startTestUsher();
  const waiting: VisitorClient[] = [];
  for (const id of ['a', 'b', 'c']) {
    const visitor = await connectVisitor(usher, { customer: { id } });
    await ask(visitor);
    const { position } = await visitor.hears(control(visitor), says('session/queued'));
    waiting.push(visitor);
    expect(position).toBe(waiting.length);
  }
  const [first, second, third] = waiting as [VisitorClient, VisitorClient, VisitorClient];
  await first.say('server/sessions/close', { sessionId: first.session.sessionId });
  const at = (position: number) => (body: { position?: number }) => body.position === position;
  await second.hears(control(second), at(1));
  const told = await third.hears(control(third), at(2));
  expect(told.sessionInfo).toMatchObject({ position: 2, status: 'waitingAttendantsAssignment' });
});

test('who waits in a plan is told when it opens, and that it has opened', async () => {
  const usher = await startTestUsher();
  // Open on one day a week that is not near.
  const far = new Date(Date.now() + 3 * 86_400_000);
  const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][far.getUTCDay()];
  const calendar = { name: 'Office', timeZone: 'UTC' };
  const weekly = [{ days: [day], from: '08:00', to: '17:00' }];
  const put = async (calendars: object[]) => {
    const plans = [
      { name: 'Day', steps: [{ after: 0 }], hours: { calendar: 'Office', otherwise: 'queue' } },
    ];
    const rules = [{ name: 'Everybody', [THEN]: { plan: 'Day' } }];
    const body = { ...defaultPolicy, calendars, plans, rules };
    const answer = await usher.call('PUT', '/api/v1/policy', { body });
    expect(answer.status, answer.text).toBe(200);
  };
  await put([{ ...calendar, weekly }]);
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  await ask(visitor);
  const isOpening = ({ sessionInfo }: { sessionInfo?: { opensAt?: number | null } }) =>
    typeof sessionInfo?.opensAt === 'number';
  const told = await visitor.hears(control(visitor), isOpening);
  const opening = `${far.toISOString().slice(0, 10)}T08:00:00.000Z`;
  expect(new Date(told.sessionInfo.opensAt).toISOString()).toBe(opening);
  expect(told).toMatchObject({ position: 1, sessionInfo: { waitRange: null } });

  visitor.heard.length = 0;
  await put([{ ...calendar, weekly: [{ days: everyDay, from: '00:00', to: '24:00' }] }]);
  await visitor.hears(control(visitor), ({ sessionInfo }) => sessionInfo?.opensAt === null);
});

test('typing and read marks go both ways, to the back office too', async () => {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher, { name: 'Ana' });
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1', name: 'Sari' } });
  const { sessionTopic } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'one' });
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'two' });
  await agent.receives();
  const [conversation] = await usher.conversations();
  await visitor.say(`${sessionTopic}/server/typing`, { typing: true }, 0);
  expect(await agent.hears(`client/agents/${agent.agentId}/typing`)).toEqual({
    conversationId: conversation?.id,
    typing: true,
    from: { id: 'c1', name: 'Sari', verified: false },
  });
  await agent.say('server/agents/typing', { conversationId: conversation?.id, typing: true }, 0);
  const typing = await visitor.hears(`${sessionTopic}/typing`, ({ from }) => from.name === 'Ana');
  expect(typing).toMatchObject({ typing: true, from: { id: agent.agentId } });
  // As programs say it.
  const own = { name: 'Ana', role: 'agent', agentId: agent.agentId };
  const { token } = (await usher.call('POST', '/api/v1/tokens', { body: own })).body as {
    token: string;
  };
  const path = `/api/v1/conversations/${conversation?.id}/typing`;
  const body = { typing: false };
  expect((await usher.call('POST', path, { token, body })).status).toBe(204);
  await visitor.hears(`${sessionTopic}/typing`, (told) => told.typing === false);

  await agent.say(`${sessionTopic}/server/viewed`, { upToSeq: 99 });
  const viewed = await visitor.hears(`${sessionTopic}/messages/viewed`);
  expect(viewed).toMatchObject({ upToSeq: 2, readMessages: [{ seq: 1 }, { seq: 2 }] });
  for (const { readAt } of viewed.readMessages) expect(readAt).toBeGreaterThan(0);
  // A mark never goes back, and the old form counts up to its newest.
  await agent.say(`${sessionTopic}/server/viewed`, { upToSeq: 1 });
  await agent.say(`${sessionTopic}/server/messages`, { content: 'three' });
  const { message } = await visitor.hears(
    `${sessionTopic}/messages`,
    (it) => it.message.content === 'three',
  );
  const old = { session: {}, readMessages: [{ ...message, from: { id: 'x' } }] };
  await visitor.say(`${sessionTopic}/messages/viewed`, old);
  const back = await agent.hears(`${sessionTopic}/messages/viewed`, (it) => it.upToSeq === 3);
  expect(back.session.readSeq).toEqual({ customer: 3, attendant: 2 });
  const marks = agent.heard.filter(({ topic }) => topic === `${sessionTopic}/messages/viewed`);
  expect(marks.map(({ body }) => body.upToSeq)).toEqual([2, 3]);
});

test('agents are hinted at what changed; visitors are shown what is said over the API, and never a note', async () => {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher, { name: 'Ana' });
  const idle = await connectAgent(usher, { name: 'Ida' });
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const { sessionTopic, sessionId } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'one' });
  await agent.receives();
  const [conversation] = await usher.conversations();
  const changed = { kind: 'conversation', id: conversation?.id };
  for (const { agentId, hears } of [agent, idle]) {
    const hint = await hears(`client/agents/${agentId}/changes`, ({ changed: all }) =>
      JSON.stringify(all).includes(JSON.stringify(changed)),
    );
    expect(Object.keys(hint).toSorted()).toEqual(['changed', 'no']);
    expect(JSON.stringify(hint)).not.toContain('one');
  }
  const path = `/api/v1/conversations/${conversation?.id}`;
  const { token } = agent;
  await usher.call('POST', `${path}/notes`, { token, body: { text: 'hidden' } });
  await usher.call('POST', `${path}/messages`, { token, body: { text: 'over the API' } });
  const { message } = await visitor.hears(
    `${sessionTopic}/messages`,
    (it) => it.message.content === 'over the API',
  );
  expect(message.from).toEqual({ id: agent.agentId, name: 'Ana', avatarURL: null });
  const own = visitor.session.mqtt.password;
  const reads = [`/session/${sessionId}/messages`, `/session/${sessionId}/messages?afterSeq=0`];
  for (const read of [...reads, `/session/${sessionId}`]) {
    const { text, status } = await usher.call('GET', read, { token: own });
    expect(status).toBe(200);
    expect(text).not.toContain('hidden');
  }
  expect(JSON.stringify(visitor.heard)).not.toContain('hidden');
});

test('a rating and a wish for a transcript become events, also after the end; a rating can be replaced', async () => {
  const usher = await startTestUsher(WITH_LOCAL_ENDPOINTS);
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const { sessionTopic, sessionId, mqtt } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'one' });
  const [conversation] = await usher.conversations();
  const post = async (path: string, body: unknown) =>
    (await usher.call('POST', `/session/${sessionId}/${path}`, { body, token: mqtt.password }))
      .status;
  for (const bad of [
    {},
    { score: 0 },
    { score: 6 },
    { score: 2.5 },
    { score: '5' },
    [],
    'x',
    null,
  ]) {
    expect(await post('rating', bad), JSON.stringify(bad)).toBe(400);
  }
  expect(await post('rating', { score: 5, comment: 'x'.repeat(2001) })).toBe(400);
  for (const email of ['', 'x', 'a@', 'a b@c', 'a\ud800@example.com', `${'a'.repeat(254)}@x`, 7]) {
    expect(await post('transcript', { email }), `${email}`).toBe(400);
  }
  expect(await post('rating', { score: 2, comment: 'slow' })).toBe(204);
  await visitor.say('server/sessions/close', { sessionId, reason: `${'x'.repeat(199)}\u{1F600}` });
  await visitor.hears(control(visitor), says('session/closed'));
  expect(await post('rating', { score: 5 })).toBe(204);
  // By mail only where something sends it.
  const transcriptIn = async () =>
    ((await usher.call('GET', '/widget/config', { token: null })).body as { transcript: string })
      .transcript;
  const wish = { email: 'sari@example.com' };
  expect([await transcriptIn(), await post('transcript', wish)]).toEqual(['download', 409]);
  await sendTranscripts(usher);
  expect([await transcriptIn(), await post('transcript', wish)]).toEqual(['email', 204]);
  const { body } = await usher.call('GET', `/api/v1/conversations/${conversation?.id}/events`);
  const events = (body as { items: { type: string; data: unknown }[] }).items;
  const of = (type: string) => events.filter((one) => one.type === type).map(({ data }) => data);
  expect(of('conversation.rated')).toEqual([
    { score: 2, comment: 'slow' },
    { score: 5, comment: null },
  ]);
  expect(of('conversation.transcript-requested')).toEqual([{ email: 'sari@example.com' }]);
});

test('whatever a page says of its visitor is stored as far as it can be', async () => {
  const usher = await startTestUsher();
  const odd = {
    [`${'k'.repeat(99)}\u{1F600}`]: 'v',
    'a\u0000b': 'n\u0000u\u0000l',
    name: `${'n'.repeat(999)}\u{1F600}`,
    lone: '\ud800',
    avatarURL: 'javascript:alert(1)',
    deep: { er: 1 },
  };
  const page = { url: `${'u'.repeat(499)}\u{1F600}`, title: '\udc00', referrer: 7 };
  const visitor = await connectVisitor(usher, { customer: odd, page, locale: 'x'.repeat(99) });
  await ask(visitor);
  const { sessionInfo } = await visitor.hears(control(visitor));
  expect(sessionInfo.customer.avatarURL).toBeNull();
  for (const body of ['[]', '"x"', '7', '{"customer":[]}', '{"visitorKey":{}}', '{']) {
    expect((await usher.call('POST', '/session', { body, token: null })).status, body).toBe(400);
  }
});

test('Chimp Assist’s reads answer in its shapes', async () => {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '45000' });
  const agent = await connectAgent(usher, { name: 'Ana' });
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const { sessionTopic, sessionId, mqtt } = visitor.session;
  const token = mqtt.password;
  const before = await usher.call('GET', `/session/${sessionId}`, { token });
  expect(before.text).toBe('null');
  for (let n = 1; n <= 5; n += 1) {
    await visitor.say(`${sessionTopic}/server/messages`, { content: `${n}` });
  }
  await agent.receives();
  const get = async (path: string, as = agent.token) =>
    (await usher.call('GET', path, { token: as })).body;
  const contents = (body: unknown) =>
    (body as { message: { content: string } }[]).map(({ message }) => message.content);
  expect(contents(await get(`/session/${sessionId}/messages?limit=2`, token))).toEqual(['5', '4']);
  const paged = await get(`/session/${sessionId}/messages?offset=2&limit=2`, token);
  expect(contents(paged)).toEqual(['3', '2']);
  const after = await get(`/session/${sessionId}/messages?afterSeq=3`, token);
  expect(contents(after)).toEqual(['4', '5']);
  const all = (await get('/customer/c1/messages')) as { sessionInfo: object }[];
  expect(contents(all)).toEqual(['1', '2', '3', '4', '5']);
  expect(all[0]?.sessionInfo).not.toHaveProperty('sessionTemplate');
  expect(all[0]?.sessionInfo).not.toHaveProperty('lastMessages');
  const session = { sessionId, sessionTopic, status: 'online', customer: { id: 'c1' } };
  expect(await get('/customer/c1/sessions/last')).toMatchObject([session]);
  expect(await get(`/attendant/${agent.agentId}/sessions`)).toMatchObject([session]);
  expect(await get('/config/attendant')).toEqual({ keepAliveTTL: 45_000 });
  for (const query of ['limit=x', 'offset=-1', 'afterSeq=', 'afterSeq=1e3', 'limit=99999999999']) {
    const { status } = await usher.call('GET', `/session/${sessionId}/messages?${query}`, {
      token,
    });
    expect(status, query).toBe(400);
  }
  const unknown = `/session/${crypto.randomUUID()}`;
  expect((await usher.call('GET', unknown, { token: agent.token })).status).toBe(404);
  expect((await usher.call('GET', '/session/x', { token: agent.token })).status).toBe(404);
});

test('a keep-alive tells the latest number, so that what was missed is noticed', async () => {
  const usher = await startTestUsher();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const { sessionTopic, sessionId } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'one' });
  const online = { sessionId, customer: { id: 'c1' }, requestID: 'k' };
  await visitor.say('server/sessions/online', online);
  const { sessionInfo } = await visitor.hears(control(visitor), says('session/update'));
  expect(sessionInfo).toMatchObject({ lastSeq: 1, readSeq: { customer: 0, attendant: 0 } });
});
