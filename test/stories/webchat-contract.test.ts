// The test vectors of the Chimp Assist contract against the running server (chimp-assist.md §10).
import { expect, test } from 'vitest';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { connectAgent, connectVisitor, connectWeb, startSession } from '../makers/web-client.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test('A1: an empty POST /session gives the right to talk, and opens nothing', async () => {
  const usher = await startTestUsher();
  const session = await startSession(usher);
  expect(session).toMatchObject({
    sessionId: expect.stringMatching(UUID),
    keepAliveTTL: 600_000,
    sessionTopic: `server/sessions/${session.customerId}/${session.sessionId}`,
    customerId: expect.any(String),
    visitorKey: expect.any(String),
    mqtt: {
      username: session.sessionId,
      baseTopic: '',
      url: expect.stringMatching(/^ws:.*\/mqtt$/),
    },
  });
  expect(await usher.conversations()).toEqual([]);
});

test('A2, A4: requests of a visitor make one conversation, and each is answered', async () => {
  const usher = await startTestUsher();
  const session = await startSession(usher);
  const visitor = await connectWeb(session.mqtt);
  const control = `server/sessions/c1/${session.sessionId}/client/control`;
  expect(await visitor.listen('client/sessions/c1/+', control)).toEqual([1, 1]);
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  const first = await visitor.hears('client/sessions/c1/r1');
  expect(first).toMatchObject({
    update: 'session/queued',
    instruction: 'session/queued',
    position: 1,
    sessionInfo: {
      sessionId: session.sessionId,
      requestID: 'r1',
      status: 'waitingAttendantsAssignment',
      customer: { id: 'c1' },
      assignedAttendants: [],
      lastMessages: [],
    },
  });
  expect(await visitor.hears(control)).toMatchObject({
    instruction: 'session/queued',
    position: 1,
  });
  visitor.heard.length = 0;
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  await visitor.hears('client/sessions/c1/r1');
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r2' });
  await visitor.hears('client/sessions/c1/r2');
  expect(await usher.conversations()).toHaveLength(1);
});

test('A3: a topic with the visitor’s own ids is taken', async () => {
  const usher = await startTestUsher();
  const session = await startSession(usher, { customer: { id: 'c1' } });
  const visitor = await connectWeb(session.mqtt);
  await visitor.listen('server/sessions/c1/client/control');
  await visitor.say('server/sessions/request', {
    sessionTopic: 'server/sessions/c1',
    sessionId: session.sessionId,
    customerId: 'c1',
    requestID: 'r1',
  });
  const told = await visitor.hears('server/sessions/c1/client/control');
  expect(told.sessionInfo.sessionTopic).toBe('server/sessions/c1');
});

test('A5: the topic is told below the asker’s branch, and nowhere else', async () => {
  const usher = await startTestUsher();
  const other = await connectVisitor(usher, { customer: { id: 'c2' } });
  await other.listen('client/c2/#');
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  await visitor.listen('client/c1/#');
  const { sessionId, sessionTopic } = visitor.session;
  for (const responseTopic of ['client/c2/x', 'client/#', 'client/c1/+', 'server/sessions/c1']) {
    await visitor.say('server/channels/request', { userRequesting: 'c1', responseTopic });
  }
  await visitor.say('server/channels/request', {
    userRequesting: 'c1',
    responseTopic: 'client/c1/x',
  });
  expect(await visitor.hears('client/c1/x')).toEqual({ channelTopic: sessionTopic, sessionId });
  expect(other.heard).toEqual([]);
  expect(visitor.heard).toHaveLength(1);
});

test('A6: the start object of an old widget opens a conversation', async () => {
  const usher = await startTestUsher();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  await visitor.say('server/sessions/online', {
    sessionId: visitor.session.sessionId,
    sessionTopic: visitor.session.sessionTopic,
    requestID: 'r1',
    customer: { id: 'c1', name: 'Guest 1', avatarURL: 'https://example.com/a.png' },
    lastMessages: [],
    sessionTemplate: { customersAllowed: 1, attendants: [{ type: 'support/firstLevel' }] },
  });
  expect(await visitor.hears('client/sessions/c1/r1')).toMatchObject({
    instruction: 'session/queued',
    position: 1,
  });
});

test('A7, A8, A9: an agent is assigned, and what is said is stamped and shown once to both', async () => {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher);
  const visitor = await connectVisitor(usher, { customer: { id: 'c1', name: 'Sari' } });
  const { sessionTopic } = visitor.session;
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  await visitor.hears('client/sessions/c1/r1');
  await agent.beat();
  const session = await agent.receives();
  expect(session).toMatchObject({ sessionTopic, customer: { id: 'c1', name: 'Sari' } });
  const ready = await visitor.hears(
    `${sessionTopic}/client/control`,
    ({ instruction }) => instruction === 'session/ready',
  );
  expect(ready.sessionInfo).toMatchObject({
    status: 'online',
    assignedAttendants: [agent.agentId],
    attendant: { id: agent.agentId, name: 'Ana' },
  });

  await visitor.say(`${sessionTopic}/server/messages`, { clientMessageId: 'm1', content: 'hi' });
  await visitor.say(`${sessionTopic}/server/messages`, { clientMessageId: 'm1', content: 'hi' });
  const before = Date.now() - 5000;
  for (const side of [visitor, agent]) {
    const { message } = await side.hears(`${sessionTopic}/messages`);
    expect(message).toMatchObject({
      seq: 1,
      clientMessageId: 'm1',
      content: 'hi',
      from: { id: 'c1', name: 'Sari' },
      readAt: null,
    });
    expect(message.timestamp).toBeGreaterThan(before);
  }
  await visitor.say(`${sessionTopic}/messages`, {
    sessionInfo: { sessionId: 'forged', customer: { id: 'c2' } },
    message: { from: { id: 'c2', name: 'Eve' }, timestamp: 1, content: 'forged' },
  });
  const { message: second, sessionInfo } = await agent.hears(
    `${sessionTopic}/messages`,
    ({ message }) => message.seq === 2,
  );
  expect(second).toMatchObject({ content: 'forged', from: { id: 'c1', name: 'Sari' } });
  expect(second.timestamp).toBeGreaterThan(before);
  expect(sessionInfo.sessionId).toBe(visitor.session.sessionId);

  await agent.say(`${sessionTopic}/server/messages`, { clientMessageId: 'a1', content: 'hello' });
  const { message: third } = await visitor.hears(
    `${sessionTopic}/messages`,
    ({ message }) => message.seq === 3,
  );
  expect(third).toMatchObject({ content: 'hello', from: { id: agent.agentId, name: 'Ana' } });
  await visitor.say(`${sessionTopic}/server/viewed`, { upToSeq: 3 });
  const viewed = await agent.hears(`${sessionTopic}/messages/viewed`);
  expect(viewed).toMatchObject({ upToSeq: 3, readMessages: [{ id: third.id }] });
  await agent.say(`${sessionTopic}/server/typing`, { typing: true }, 0);
  expect(await visitor.hears(`${sessionTopic}/typing`)).toEqual({
    from: { id: agent.agentId, name: 'Ana', avatarURL: null },
    typing: true,
  });
});

test('A10, A11: what is not a visitor’s own is refused, and trying costs the connection', async () => {
  const usher = await startTestUsher();
  await startSession(usher, { customer: { id: 'c1' } });
  const visitor = await connectVisitor(usher, { customer: { id: 'c2' } });
  const filters = ['server/sessions/#', 'server/sessions/c1/messages', '#', '$SYS/#', 'client/+/x'];
  for (const filter of filters) expect(await visitor.listen(filter), filter).toEqual([128]);
  for (const topic of ['server/attendants/online', 'server/sessions/c1/server/messages']) {
    const intruder = await connectVisitor(usher);
    // Never answered: the connection ends instead.
    void intruder.say(topic, { attendantInfo: { id: 'x' }, content: 'x' }).catch(() => {});
    await eventually(intruder.isClosed, (closed) => closed);
  }
  expect(await usher.conversations()).toEqual([]);
});

test('A12, A13: an agent who falls silent is gone; one whose link broke for a moment is not', async () => {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '1000', USHER_SWEEP_MS: '200' });
  const agent = await connectAgent(usher, { capacity: 1 });
  await agent.beat();
  await agent.close();
  await new Promise((done) => setTimeout(done, 500));
  const again = await connectAgent(usher, { agentId: agent.agentId });
  await again.beat();
  const tab = await connectAgent(usher, { agentId: agent.agentId });
  await tab.beat();
  await tab.close();
  const visitor = await connectVisitor(usher);
  await visitor.say('server/sessions/request', {
    customerId: visitor.session.customerId,
    requestID: 'r1',
  });
  await again.receives();

  await new Promise((done) => setTimeout(done, 1500));
  const second = await connectVisitor(usher);
  await second.say('server/sessions/request', {
    customerId: second.session.customerId,
    requestID: 'r1',
  });
  await second.hears(`client/sessions/${second.session.customerId}/r1`);
  await new Promise((done) => setTimeout(done, 600));
  expect((await usher.conversations('waiting')).length).toBe(1);
});

test('A14: a silent visitor’s session expires, its place is free, and the next message begins anew', async () => {
  const usher = await startTestUsher({ SESSION_KEEP_ALIVE_TIME: '1000' });
  const agent = await connectAgent(usher, { capacity: 1 });
  await agent.beat();
  const visitor = await connectVisitor(usher);
  const { sessionTopic } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'one' });
  await agent.receives();
  await visitor.hears(
    `${sessionTopic}/client/control`,
    ({ instruction }) => instruction === 'session/aborted/expired',
  );
  expect(await usher.conversations('closed')).toHaveLength(1);
  visitor.heard.length = 0;
  agent.heard.length = 0;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'two' });
  await agent.receives();
  const { message } = await visitor.hears(`${sessionTopic}/messages`);
  expect(message).toMatchObject({ seq: 1, content: 'two' });
});

test('A15: what was missed while the link was cut is fetched by number, none twice', async () => {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher);
  await agent.beat();
  const visitor = await connectVisitor(usher);
  const { sessionTopic, sessionId, mqtt } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'hi' });
  await agent.receives();
  const speak = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, n) =>
        agent.say(`${sessionTopic}/server/messages`, {
          clientMessageId: `m${from + n}`,
          content: `${from + n}`,
        }),
      ),
    );
  await speak(2, 52);
  await visitor.hears(`${sessionTopic}/messages`, ({ message }) => message.seq === 51);
  await visitor.close();
  await speak(52, 101);
  const back = await connectWeb(mqtt);
  await back.listen(`${sessionTopic}/messages`);
  const got = visitor.heard.filter(({ topic }) => topic === `${sessionTopic}/messages`);
  const known = Math.max(...got.map(({ body }) => body.message.seq));
  const missed = await usher.call('GET', `/session/${sessionId}/messages?afterSeq=${known}`, {
    token: mqtt.password,
  });
  const rest = missed.body as { message: { seq: number } }[];
  const seqs = [...got.map(({ body }) => body.message.seq), ...rest.map((one) => one.message.seq)];
  expect(seqs).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
});

test('A18: a logged-in customer is proved by the channel’s key', async () => {
  const usher = await startTestUsher();
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Shop', secrets: { widgetSecret: 'widget-secret' } },
  });
  const { id: channelId } = made.body as { id: string };
  const identityHash = 'ead8b8f87c7e10f628029506a463a99969a72c77aaaee0683805ac1ff6cefa4a';
  const customer = { id: '298301', name: 'Sari' };
  const proved = await startSession(usher, { channelId, customer, identityHash });
  expect(proved.customerId).toBe('298301');
  for (const wrong of [undefined, '', `${identityHash.slice(1)}0`]) {
    const body = { channelId, customer, identityHash: wrong };
    const answer = await usher.call('POST', '/session', { body, token: null });
    expect([answer.status, answer.body]).toEqual([403, { error: 'identity not verified' }]);
  }
});

test('A19: what is said is text, of at most 10,000 characters', async () => {
  const usher = await startTestUsher();
  const visitor = await connectVisitor(usher);
  const { sessionTopic } = visitor.session;
  const texts = ['<img src=x onerror=alert(1)>', '👩‍🚀🇧🇷', 'x'.repeat(10_000)];
  for (const content of texts) await visitor.say(`${sessionTopic}/server/messages`, { content });
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'x'.repeat(10_001) });
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'last' });
  await visitor.hears(`${sessionTopic}/messages`, ({ message }) => message.content === 'last');
  const heard = visitor.heard.filter(({ topic }) => topic === `${sessionTopic}/messages`);
  expect(heard.map(({ body }) => body.message.content)).toEqual([...texts, 'last']);
});

test('A20: the client id of another visitor is refused, and that one stays', async () => {
  const usher = await startTestUsher();
  const first = await startSession(usher);
  const second = await startSession(usher);
  const victim = await connectWeb({ ...first.mqtt, clientId: 'mine' });
  for (const clientId of ['mine', first.mqtt.clientId]) {
    await expect(connectWeb({ ...second.mqtt, clientId })).rejects.toThrow(/rejected|identifier/i);
  }
  expect(victim.isClosed()).toBe(false);
  await expect(connectWeb({ ...first.mqtt, password: 'wrong' })).rejects.toThrow();
  await expect(connectWeb({ url: first.mqtt.url })).rejects.toThrow();
});
