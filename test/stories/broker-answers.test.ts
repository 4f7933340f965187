// What a broker beside Usher is answered when it asks who may do what, in both forms.
import { expect, test } from 'vitest';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { NO_BROKER } from '../makers/watch-errors.ts';
import { connectAgent, connectVisitor, startSession } from '../makers/web-client.ts';

const SECRET = 'a-secret-of-the-broker';
const headers = { 'x-hook-secret': SECRET };
const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };

type Asked = Record<string, string | number | boolean>;

/** By POST and by GET, which must agree. */
async function askRabbit(usher: TestUsher, name: string, asked: Asked): Promise<string> {
  const body = new URLSearchParams(asked as Record<string, string>).toString();
  const path = `/mqtt/auth/${name}`;
  const posted = await usher.call('POST', path, { body, headers: form, token: null });
  const got = await usher.call('GET', `${path}/${SECRET}?${body}`, { token: null });
  expect([posted.status, got.status, got.text]).toEqual([200, 200, posted.text]);
  return posted.text;
}

async function askEmqx(usher: TestUsher, name: string, body: Asked): Promise<string> {
  const answer = await usher.call('POST', `/mqtt/${name}`, { body, headers, token: null });
  expect(answer.status).toBe(200);
  return (answer.body as { result: string }).result;
}

/** The same question in both forms. */
async function askBoth(
  usher: TestUsher,
  asked: { username: string; action: 'publish' | 'subscribe'; topic: string },
): Promise<string> {
  const { username, action, topic } = asked;
  const emqx = await askEmqx(usher, 'acl', { ...asked, clientid: 'any', qos: 1 });
  const rabbit = await askRabbit(usher, 'topic', {
    ...{ username, vhost: '/', resource: 'topic', name: 'amq.topic' },
    permission: action === 'publish' ? 'write' : 'read',
    routing_key: topic.replaceAll('/', '.').replaceAll('+', '*'),
  });
  expect(rabbit).toBe(emqx);
  return emqx;
}

async function makeWorld() {
  const usher = await startTestUsher({ MQTT_HOOK_SECRET: SECRET });
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const other = await startSession(usher, { customer: { id: 'c2' } });
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  const agent = await connectAgent(usher);
  await agent.beat();
  await agent.receives();
  const idle = await connectAgent(usher, { name: 'Budi', capacity: 0 });
  return { usher, visitor, other, agent, idle };
}

test('a visitor may speak and listen below their own topics, and nowhere else', async () => {
  const { usher, visitor, other, agent } = await makeWorld();
  const { sessionId: username, sessionTopic: own } = visitor.session;
  const rows: [string, 'publish' | 'subscribe', string][] = [
    ...['channels/request', 'sessions/request', 'sessions/online', 'sessions/close'].map(
      (end): [string, 'publish', string] => ['allow', 'publish', `server/${end}`],
    ),
    ['allow', 'publish', `${own}/server/messages`],
    ['allow', 'publish', `${own}/server/viewed`],
    ['allow', 'publish', `${own}/server/typing`],
    ['allow', 'publish', 'server/sessions/c1/server/messages'],
    // Where others listen nobody but Usher speaks.
    ['deny', 'publish', `${own}/messages`],
    ['deny', 'publish', `${own}/messages/viewed`],
    ['deny', 'publish', `${own}/typing`],
    ['deny', 'publish', `${own}/client/control`],
    ['deny', 'publish', 'client/sessions/c1/r1'],
    ['deny', 'publish', `${other.sessionTopic}/server/messages`],
    ['deny', 'publish', 'server/attendants/online'],
    ['deny', 'publish', `server/agents/${agent.agentId}/sessions/close`],
    ['deny', 'publish', `server/agents/${username}/sessions/close`],
    ['deny', 'publish', `w/6a0d1f3c-1111-4222-8333-944455556666/server/sessions/close`],
    ['allow', 'subscribe', `${own}/messages`],
    ['allow', 'subscribe', `${own}/client/control`],
    ['allow', 'subscribe', 'client/sessions/c1/+'],
    ['allow', 'subscribe', 'client/c1/#'],
    ['deny', 'subscribe', `${own}/server/messages`],
    ['deny', 'subscribe', `${other.sessionTopic}/messages`],
    ['deny', 'subscribe', 'client/sessions/+/+'],
    ['deny', 'subscribe', 'server/#'],
    ['deny', 'subscribe', '#'],
    ['deny', 'subscribe', `client/agents/${agent.agentId}/changes`],
  ];
  const wrong: string[] = [];
  for (const [expected, action, topic] of rows) {
    const answer = await askBoth(usher, { username, action, topic });
    if (answer !== expected) wrong.push(`${action} ${topic}: ${answer}`);
  }
  expect(wrong).toEqual([]);
  const retained = { username, action: 'publish', topic: `${own}/server/messages`, retain: true };
  expect(await askEmqx(usher, 'acl', retained)).toBe('deny');
});

test('an agent may speak only under their own id, and listens to what they hold', async () => {
  const { usher, visitor, agent, idle } = await makeWorld();
  const { sessionTopic } = visitor.session;
  const talk = sessionTopic.replace('server/', '');
  const own = `server/agents/${agent.agentId}`;
  const rows: [string, 'publish' | 'subscribe', string][] = [
    ['allow', 'publish', `${own}/attendants/online`],
    ['allow', 'publish', `${own}/attendants/quit`],
    ['allow', 'publish', `${own}/attendants/assign`],
    ['allow', 'publish', `${own}/agents/typing`],
    ['allow', 'publish', `${own}/agents/looking`],
    ['allow', 'publish', `${own}/sessions/close`],
    ['allow', 'publish', `${own}/${talk}/server/messages`],
    ['deny', 'publish', `${own}/anything`],
    ['deny', 'publish', `server/agents/${idle.agentId}/attendants/online`],
    ['deny', 'publish', 'server/attendants/online'],
    ['deny', 'publish', 'server/sessions/close'],
    ['deny', 'publish', `${sessionTopic}/server/messages`],
    ['deny', 'publish', `${sessionTopic}/messages`],
    ['deny', 'publish', `client/agents/${agent.agentId}/changes`],
    ['allow', 'subscribe', `client/attendants/assign/${agent.agentId}`],
    ['allow', 'subscribe', `client/agents/${agent.agentId}/changes`],
    ['allow', 'subscribe', `client/agents/${agent.agentId}/onlookers`],
    ['deny', 'subscribe', `client/agents/${idle.agentId}/onlookers`],
    ['deny', 'subscribe', 'server/onlookers'],
    ['allow', 'subscribe', `${sessionTopic}/messages`],
    ['deny', 'subscribe', `client/attendants/assign/${idle.agentId}`],
    ['deny', 'subscribe', 'server/sessions/c2/messages'],
    ['deny', 'subscribe', 'server/#'],
  ];
  const wrong: string[] = [];
  for (const [expected, action, topic] of rows) {
    const answer = await askBoth(usher, { username: agent.agentId, action, topic });
    if (answer !== expected) wrong.push(`${action} ${topic}: ${answer}`);
  }
  expect(wrong).toEqual([]);
  const stolen = { action: 'subscribe' as const, topic: `${sessionTopic}/messages` };
  expect(await askBoth(usher, { username: idle.agentId, ...stolen })).toBe('deny');
});

test('nobody but a visitor, an agent and Usher gets in, under a client id that is theirs', async () => {
  const broker = 'mqtt://usher-node:of-the-broker@127.0.0.1:9';
  const usher = await startTestUsher({
    ...{ MQTT_HOOK_SECRET: SECRET, MQTT_URL: broker, MQTT_PUBLIC_URL: 'wss://mqtt.example.com' },
  });
  usher.expectErrors(NO_BROKER);
  const { mqtt } = await startSession(usher);
  const other = await startSession(usher);
  const dotted = await startSession(usher, { customer: { id: 'ana@example.com' } });
  expect(mqtt.url).toBe('wss://mqtt.example.com');
  const enter = async (
    username: string,
    password: string,
    id = mqtt.clientId,
  ): Promise<string[]> => [
    await askEmqx(usher, 'auth', { username, password, clientid: id }),
    await askRabbit(usher, 'user', { username, password, client_id: id, vhost: '/' }),
  ];
  const { username, password, clientId } = mqtt;
  expect(await enter(username, password, clientId)).toEqual(['allow', 'allow']);
  expect(await enter(username, other.mqtt.password)).toEqual(['deny', 'deny']);
  expect(await enter(other.mqtt.username, password)).toEqual(['deny', 'deny']);
  expect(await enter(username, password, other.mqtt.clientId)).toEqual(['deny', 'deny']);
  expect(await enter(username, password, 'usher-inbox')).toEqual(['deny', 'deny']);
  // Another visitor could take it as well, and throw this one out.
  expect(await enter(username, password, 'mine')).toEqual(['deny', 'deny']);
  expect(await enter('service', usher.token)).toEqual(['deny', 'deny']);
  expect(await enter('', '')).toEqual(['deny', 'deny']);
  expect(await enter('usher-node', 'of-the-broker', 'usher-inbox')).toEqual(['allow', 'allow']);
  expect(await enter('usher-node', 'another', 'usher-inbox')).toEqual(['deny', 'deny']);
  // RabbitMQ parts the levels of a topic with dots, so such a name would be another's branch.
  const { username: name, password: key, clientId: id } = dotted.mqtt;
  expect(await enter(name, key, id)).toEqual(['allow', 'deny']);

  const action = 'subscribe' as const;
  expect(await askBoth(usher, { username: 'usher-node', action, topic: 'server/#' })).toBe('allow');
  expect(await askBoth(usher, { username: 'service', action, topic: 'server/#' })).toBe('deny');
  expect(await askRabbit(usher, 'vhost', { username, vhost: '/' })).toBe('allow');
  expect(await askRabbit(usher, 'vhost', { username: 'guest', vhost: '/' })).toBe('deny');
  const resource = { username, vhost: '/', resource: 'queue', permission: 'read' };
  const mine = { ...resource, name: `mqtt-subscription-${clientId}qos1` };
  const theirs = { ...resource, name: `mqtt-subscription-${other.mqtt.clientId}qos1` };
  expect(await askRabbit(usher, 'resource', mine)).toBe('allow');
  expect(await askRabbit(usher, 'resource', theirs)).toBe('deny');
  const exchange = { ...resource, resource: 'exchange', permission: 'write' };
  expect(await askRabbit(usher, 'resource', { ...exchange, name: 'amq.topic' })).toBe('allow');
  expect(await askRabbit(usher, 'resource', { ...exchange, name: 'amq.fanout' })).toBe('deny');
});

test('without the secret nothing is answered but no', async () => {
  const usher = await startTestUsher({ MQTT_HOOK_SECRET: SECRET });
  const { mqtt } = await startSession(usher);
  const { username, password } = mqtt;
  const body = { username, password };
  for (const path of ['/mqtt/auth', '/mqtt/auth/user', '/mqtt/auth?secret=another', '/mqtt/acl']) {
    const answer = await usher.call('POST', path, { body, token: null });
    expect([answer.status, answer.text.includes('allow')]).toEqual([403, false]);
  }
  const right = await usher.call('POST', `/mqtt/auth?secret=${SECRET}`, { body, token: null });
  expect(right.body).toEqual({ result: 'allow' });
  const closed = await startTestUsher();
  const refused = await closed.call('POST', '/mqtt/auth', { body, headers, token: null });
  expect(refused.status).toBe(403);
});

test('the embedded broker takes what an agent says under their own id, and cuts who uses another’s', async () => {
  const usher = await startTestUsher();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  const agent = await connectAgent(usher);
  const own = `server/agents/${agent.agentId}`;
  await agent.say(`${own}/attendants/online`, { attendantInfo: { id: agent.agentId } });
  const { sessionTopic } = await agent.receives();
  const said = sessionTopic.replace('server/', `${own}/`);
  await agent.say(`${said}/server/messages`, { clientMessageId: 'a1', content: 'good day' });
  const { message } = await visitor.hears(`${sessionTopic}/messages`);
  expect(message).toMatchObject({ content: 'good day', from: { id: agent.agentId } });

  const idle = await connectAgent(usher, { name: 'Budi', capacity: 0 });
  await idle.say(`${said}/server/messages`, { content: 'forged' }, 0);
  await eventually(idle.isClosed, (closed) => closed);
  await visitor.say(`${own}/attendants/quit`, {}, 0);
  await eventually(visitor.isClosed, (closed) => closed);
  expect(visitor.heard.filter(({ body }) => body.message?.content === 'forged')).toEqual([]);
});
