// Rights in web chat that are stolen, forged, or over (chimp-assist.md §1, §6).
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openRaw, packetBytes } from '../makers/raw-mqtt.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import {
  connectAgent,
  connectVisitor,
  connectWeb,
  startSession,
  type WebClient,
} from '../makers/web-client.ts';

const HEARD = ['client/control', 'messages', 'messages/viewed', 'typing'];

/** Waits until the broker has ended the connection. */
const cut = (client: WebClient) => eventually(client.isClosed, (is) => is, 20_000);

test('a guest takes a name that is free, but never that of a branch of topics', async () => {
  const usher = await startTestUsher();
  await startSession(usher, { customer: { id: 'taken' } });
  const bad = ['agents', 'sessions', 'attendants', 'taken', '$x', 'x'.repeat(129), '\u0085'];
  const guest = await connectWeb((await startSession(usher)).mqtt);
  for (const name of bad) expect(await guest.listen(`client/${name}/#`), name).toEqual([128]);
  expect(await guest.listen('client/agents/+/changes', 'client/sessions/#')).toEqual([128, 128]);
  expect(await guest.listen('client/free/#')).toEqual([1]);
  expect(await guest.listen('client/other/#')).toEqual([128]);
});

test('one session takes one name, however many connections it has', async () => {
  const usher = await startTestUsher();
  const session = await startSession(usher);
  const tabs = await Promise.all(
    ['a', 'b'].map((clientId) => connectWeb({ ...session.mqtt, clientId })),
  );
  expect(await tabs[0]?.listen('client/first/x')).toEqual([1]);
  expect(await tabs[1]?.listen('client/second/x')).toEqual([128]);
  expect(await tabs[1]?.listen('client/first/x')).toEqual([1]);
  await startSession(usher, { customer: { id: 'second' } });
});

test('a client id that is too long, and a login of nobody, are answered and closed', async () => {
  const usher = await startTestUsher();
  const { mqtt: login } = await startSession(usher);
  for (const [more, code] of [
    [{ clientId: 'x'.repeat(129) }, 2],
    [{ password: 'wrong' }, 4],
    [{ username: 'service' }, 4],
    [{ username: crypto.randomUUID() }, 4],
  ] as const) {
    await expect(connectWeb({ ...login, ...more })).rejects.toMatchObject({ code });
  }
});

test('MQTT 3.1 and 5 are answered that they are not spoken, and closed', async () => {
  const usher = await startTestUsher();
  const { mqtt: login } = await startSession(usher);
  for (const [protocolId, protocolVersion] of [
    ['MQIsdp', 3],
    ['MQTT', 5],
  ] as const) {
    const raw = await openRaw({ kind: 'ws', url: login.url });
    const { username } = login;
    const password = Buffer.from(login.password);
    const who = { clientId: 'x', username, password, clean: true, keepalive: 60 };
    raw.send(packetBytes({ cmd: 'connect', protocolId, protocolVersion, ...who }));
    await raw.closed;
    expect(raw.bytes()).toEqual(Buffer.from([0x20, 2, 0, 1]));
  }
});

test('QoS 2 and retained publishes end the connection, and nothing is kept for who comes later', async () => {
  const usher = await startTestUsher();
  for (const options of [{ qos: 2 as const }, { qos: 1 as const, retain: true }]) {
    const visitor = await connectVisitor(usher);
    const topic = `${visitor.session.sessionTopic}/server/messages`;
    visitor.mqtt.publish(topic, '{"content":"x"}', options);
    await cut(visitor);
  }
  expect(await usher.conversations()).toEqual([]);
});

test('what a client says of itself counts only where it is true', async () => {
  const usher = await startTestUsher();
  const victim = await connectVisitor(usher, { customer: { id: 'c1' } });
  await victim.say('server/sessions/request', { customerId: 'c1', requestID: 'r' });
  await victim.hears('client/sessions/c1/r');
  const forged: [string, object][] = [
    ['server/sessions/request', { customerId: 'c1', requestID: 'r' }],
    ['server/sessions/request', { customer: { id: 'c1' }, requestID: 'r' }],
    ['server/sessions/request', { sessionId: victim.session.sessionId }],
    ['server/sessions/online', { sessionId: '-'.repeat(36) }],
    ['server/sessions/close', { sessionId: victim.session.sessionId }],
    ['server/sessions/close', {}],
  ];
  for (const [topic, body] of forged) {
    const intruder = await connectVisitor(usher, { customer: { id: crypto.randomUUID() } });
    intruder.mqtt.publish(topic, JSON.stringify(body), { qos: 1 });
    await cut(intruder);
  }
  const asking = await connectVisitor(usher, { customer: { id: 'c2' } });
  await asking.listen('client/c2/#');
  await victim.listen('client/c1/#');
  const escapes = ['client/c1/x', 'client/c2', 'client/c2/', 'client/c2/+', 'client/c2/#/x'];
  const others = ['client/c2x/y', 'server/sessions/c2/messages', '$SYS/x', 'client/sessions/c1/x'];
  for (const responseTopic of [...escapes, ...others, 'client/c2/\u0000', 7, null, {}]) {
    await asking.say('server/channels/request', { userRequesting: 'c2', responseTopic });
  }
  // A topic of another is not taken; the server's own is told.
  const sessionTopic = victim.session.sessionTopic;
  await asking.say('server/sessions/request', { customerId: 'c2', requestID: 'q', sessionTopic });
  const told = await asking.hears('client/sessions/c2/q');
  expect(told.sessionInfo.sessionTopic).toBe(asking.session.sessionTopic);
  expect(asking.heard.filter(({ topic }) => topic.startsWith('client/c2/'))).toEqual([]);
  expect(victim.heard.some(({ topic }) => topic.startsWith('client/c1/'))).toBe(false);
});

/** An agent with one conversation, and its visitor. */
async function makeTalk(usher: TestUsher, capacity = 1) {
  const agent = await connectAgent(usher, { name: 'First', capacity });
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const { sessionTopic } = visitor.session;
  const say = (content: string) => visitor.say(`${sessionTopic}/server/messages`, { content });
  await say('one');
  await agent.receives();
  const [conversation] = await usher.conversations('assigned');
  const path = `/api/v1/conversations/${conversation?.id}`;
  return { agent, visitor, sessionTopic, say, path };
}

for (const [ending, body] of [
  ['close', {}],
  ['requeue', {}],
  ['transfer', { agentId: 'second' }],
] as const) {
  test(`an agent’s right to a session ends at once with its ${ending}`, async () => {
    const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '3600000' });
    const { agent, sessionTopic, say, path, visitor } = await makeTalk(usher);
    const second = await connectAgent(usher, { name: 'Second' });
    await second.beat();
    if (ending === 'requeue') {
      const capacity = { capacity: 0 };
      await usher.call('PATCH', `/api/v1/agents/${agent.agentId}`, { body: capacity });
    }
    const to = 'agentId' in body ? { agentId: second.agentId } : {};
    const answer = await usher.call('POST', `${path}/${ending}`, { body: to });
    expect(answer.status, answer.text).toBeLessThan(300);
    if (ending === 'close') {
      await visitor.hears(
        `${sessionTopic}/client/control`,
        ({ instruction }) => instruction === 'session/closed',
      );
      for (const end of HEARD) expect(await agent.listen(`${sessionTopic}/${end}`)).toEqual([128]);
      // The next conversation on this topic is for somebody else.
      await usher.call('PATCH', `/api/v1/agents/${agent.agentId}`, { body: { capacity: 0 } });
    }
    if (ending !== 'transfer') await say('two');
    await second.receives();
    agent.heard.length = 0;
    await say('secret');
    await second.hears(`${sessionTopic}/messages`, ({ message }) => message.content === 'secret');
    await visitor.say(`${sessionTopic}/server/typing`, { typing: true }, 0);
    await second.hears(`${sessionTopic}/typing`);
    expect(agent.heard.filter(({ topic }) => topic.startsWith(sessionTopic))).toEqual([]);
    for (const end of HEARD) expect(await agent.listen(`${sessionTopic}/${end}`)).toEqual([128]);
    // Nor does a repeat of what is known open the door.
    const known = { clientMessageId: 'known', content: 'x' };
    await second.say(`${sessionTopic}/server/messages`, known);
    agent.mqtt.publish(`${sessionTopic}/server/messages`, JSON.stringify(known), { qos: 1 });
    await cut(agent);
    await second.hears(`${sessionTopic}/messages`, ({ message }) => message.content === 'x');
    const said = second.heard.filter(({ body: { message } }) => message?.content === 'x');
    expect(said).toHaveLength(1);
  });
}

test('an agent who has lost a subscription is not answered for what nobody asked', async () => {
  const usher = await startTestUsher();
  const { agent, visitor, sessionTopic, path } = await makeTalk(usher);
  const answers: string[] = [];
  agent.mqtt.on('packetreceive', ({ cmd }) => answers.push(cmd));
  await usher.call('POST', `${path}/close`, { body: {} });
  // The visitor is told once it has been taken away.
  await visitor.hears(
    `${sessionTopic}/client/control`,
    ({ instruction }) => instruction === 'session/closed',
  );
  await sleep(200);
  expect(answers).not.toContain('unsuback');
});

test('each agent’s own names for messages are apart, and a message after the next beginning is kept', async () => {
  const usher = await startTestUsher();
  const { agent, sessionTopic, say, visitor, path } = await makeTalk(usher);
  const topic = `${sessionTopic}/server/messages`;
  await agent.say(topic, { clientMessageId: '1', content: 'of the first' });
  const second = await connectAgent(usher, { name: 'Second' });
  await second.beat();
  await usher.call('POST', `${path}/transfer`, { body: { agentId: second.agentId } });
  await second.receives();
  await second.say(topic, { clientMessageId: '1', content: 'of the second' });
  await visitor.hears(`${sessionTopic}/messages`, (it) => it.message.content === 'of the second');
  await usher.call('POST', `${path}/close`, { body: {} });
  await second.hears(`${sessionTopic}/client/control`, (it) => it.instruction === 'session/closed');
  await usher.call('PATCH', `/api/v1/agents/${agent.agentId}`, { body: { capacity: 0 } });
  second.heard.length = 0;
  await say('again');
  await second.receives();
  await second.say(topic, { clientMessageId: '2', content: 'welcome back' });
  await visitor.hears(`${sessionTopic}/messages`, (it) => it.message.content === 'welcome back');
});

test('what is sent again after its conversation ended is not said twice', async () => {
  const usher = await startTestUsher();
  const { visitor, sessionTopic, path } = await makeTalk(usher);
  const words = { clientMessageId: 'm1', content: 'once' };
  await visitor.say(`${sessionTopic}/server/messages`, words);
  await visitor.close();
  await usher.call('POST', `${path}/close`, { body: {} });
  const back = await connectWeb(visitor.session.mqtt);
  await back.say(`${sessionTopic}/server/messages`, words);
  await back.say(`${sessionTopic}/server/messages`, { clientMessageId: 'm2', content: 'new' });
  const { rows } = await usher.database.pool.query('select text from message order by text');
  expect(rows.map(({ text }) => text)).toEqual(['new', 'once', 'one']);
});

test('signing out ends every tab’s token and connection, also of a guest who took a name', async () => {
  const usher = await startTestUsher();
  const first = await startSession(usher);
  const { visitorKey } = first;
  const tab = await connectWeb(first.mqtt);
  const early = await connectWeb({ ...first.mqtt, clientId: 'early' });
  await tab.listen('client/named/#');
  const second = await connectVisitor(usher, { visitorKey });
  expect(second.session.customerId).toBe('named');
  const other = await connectVisitor(usher);
  const path = `/session/${first.sessionId}`;
  const token = first.mqtt.password;
  expect((await usher.call('POST', `${path}/forget`, { token })).status).toBe(204);
  await cut(tab);
  await cut(early);
  expect(other.isClosed()).toBe(false);
  expect((await usher.call('GET', path, { token })).status).toBe(401);
  await expect(connectWeb(first.mqtt)).rejects.toMatchObject({ code: 4 });
  await cut(second);
  const again = await startSession(usher, { visitorKey });
  expect(['named', first.customerId]).not.toContain(again.customerId);
});

test('an old client without credentials has the rights of the session it names, where the channel lets it in', async () => {
  const usher = await startTestUsher();
  const closed = await startSession(usher);
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Old', config: { anonymousVisitors: true } },
  });
  const { id: channelId } = made.body as { id: string };
  const open = await startSession(usher, { channelId });
  const { url } = open.mqtt;
  const stranger = await connectWeb({ url });
  const wish = { requestID: 'r', sessionId: closed.sessionId };
  stranger.mqtt.publish('server/sessions/request', JSON.stringify(wish), { qos: 1 });
  await cut(stranger);
  const guest = await connectWeb({ url });
  expect(await guest.listen(`client/sessions/${open.customerId}/+`)).toEqual([128]);
  await guest.say('server/sessions/request', { requestID: 'r', sessionId: open.sessionId });
  expect(await guest.listen(`client/sessions/${open.customerId}/+`)).toEqual([1]);
  await guest.say('server/sessions/request', { requestID: 'r', sessionId: open.sessionId });
  await guest.hears(`client/sessions/${open.customerId}/r`);
  guest.mqtt.publish('server/sessions/request', JSON.stringify(wish), { qos: 1 });
  await cut(guest);
});

test('an agent who was removed is sent away with the next heartbeat', async () => {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher);
  await agent.beat();
  await usher.call('DELETE', `/api/v1/agents/${agent.agentId}`);
  void agent.beat().catch(() => {});
  await cut(agent);
});
