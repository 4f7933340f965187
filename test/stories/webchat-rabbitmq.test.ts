// The contract of Chimp Assist with a cluster of RabbitMQ beside Usher: two nodes that ask it who may do what.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { keepConnected, type LinkState } from '../../browser/keep-connected.ts';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { makeClientId } from '../../widget/chat/make-client-id.ts';
import { type RabbitCluster, rabbitMissing, startRabbitCluster } from '../makers/start-rabbitmq.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import {
  connectAgent,
  connectVisitor,
  connectWeb,
  type SessionAnswer,
  startSession,
} from '../makers/web-client.ts';
import { heardBy, rabbitStand, startAt } from '../makers/webchat-stand.ts';
import { testVectors } from './webchat-vectors.ts';

const secret = 'a-secret-of-the-broker';
const login = { username: 'usher-node', password: 'of-the-broker' };
const port = await findFreePort();

describe.skipIf(rabbitMissing !== null)(`beside rabbitmq ${rabbitMissing ?? ''}`, () => {
  let cluster: RabbitCluster | null = null;
  beforeAll(async () => {
    cluster = await startRabbitCluster({ askPort: port, secret, login });
  }, 180_000);
  afterAll(async () => {
    await cluster?.stop();
  });
  const running = (): RabbitCluster => {
    if (cluster === null) throw new Error('The cluster is not up.');
    return cluster;
  };
  const stand = rabbitStand(running, { port, secret });

  testVectors(stand);

  test('the widget’s own line is let in, speaks, and hears what it asks for', async () => {
    const { usher } = await startAt(stand);
    const session = await startSession(usher);
    const { sessionId, customerId, sessionTopic, mqtt } = session;
    const heard: string[] = [];
    let state: LinkState = { kind: 'connecting' };
    const replies = `client/sessions/${customerId}`;
    const link = keepConnected({
      keepAliveSeconds: 45,
      credentials: async () => ({ ...mqtt, clientId: makeClientId(sessionId) }),
      filters: [`${sessionTopic}/client/control`, `${sessionTopic}/messages`, `${replies}/+`],
      onMessage: (topic) => void heard.push(topic),
      onState: (now) => {
        state = now;
      },
    });
    onTestFinished(() => link.close());
    await eventually(
      () => state,
      ({ kind }) => kind === 'online',
    );
    expect(state).toEqual({ kind: 'online', refused: [] });
    const request = { customerId, sessionId, requestID: 'r1' };
    await link.publish('server/sessions/request', JSON.stringify(request), 1);
    await eventually(
      () => heard,
      (topics) => topics.includes(`${replies}/r1`),
    );
  });

  test('a client id that does not carry its owner’s name is refused: anybody could take it over', async () => {
    const { usher } = await startAt(stand);
    const { mqtt } = await startSession(usher);
    await expect(connectWeb({ ...mqtt, clientId: 'mine' })).rejects.toThrow(/refused/i);
    await expect(connectWeb({ ...mqtt, clientId: 'usher-inbox' })).rejects.toThrow(/refused/i);
  });

  test('a last will is said if its owner may say that, and never elsewhere', async () => {
    const { usher } = await startAt(stand);
    const victim = await connectVisitor(usher, { customer: { id: 'c1' } });
    const leave = async (topic: (session: SessionAnswer) => string, content: string) => {
      const session = await startSession(usher);
      const payload = JSON.stringify({ content });
      const will = { topic: topic(session), payload, qos: 1 as const, retain: false };
      const client = await connectWeb({ ...session.mqtt, will });
      client.mqtt.stream.destroy();
      return session;
    };
    await leave(() => `${victim.session.sessionTopic}/messages`, 'forged');
    await leave(() => `${victim.session.sessionTopic}/server/messages`, 'forged');
    await leave(() => 'client/c1/x', 'forged');
    const own = await leave(({ sessionTopic }) => `${sessionTopic}/server/messages`, 'farewell');
    await eventually(
      () => contents(usher, own),
      (said) => said.includes('farewell'),
    );
    expect(victim.heard).toEqual([]);
    expect(await contents(usher, victim.session)).toEqual([]);
  });

  test('what a visitor leaves retained is taken once, not by each inbox anew', async () => {
    const { usher: first, settings } = await startAt(stand);
    // At the node of the inbox: what is retained stays where it was said.
    const session = await startSession(first);
    const { sessionId, customerId, sessionTopic } = session;
    const visitor = await connectWeb({ ...session.mqtt, url: running().first.webSocketUrl });
    await visitor.listen(`${sessionTopic}/messages`, `client/sessions/${customerId}/+`);
    const retain = (topic: string, body: object) =>
      visitor.mqtt.publishAsync(topic, JSON.stringify(body), { qos: 1, retain: true });
    await retain(`${sessionTopic}/server/messages`, { content: 'once' });
    await visitor.hears(`${sessionTopic}/messages`);
    await retain('server/sessions/close', { sessionId });
    await eventually(
      () => first.conversations('closed'),
      (closed) => closed.length === 1,
    );
    await visitor.say('server/sessions/request', { customerId, sessionId, requestID: 'r2' });
    await visitor.hears(`client/sessions/${customerId}/r2`);
    await first.stop();
    const second = await startTestUsher({ ...settings, DATABASE_URL: first.database.url });
    await heardBy(second);
    expect(await second.conversations('waiting')).toHaveLength(1);
    const all = await first.database.pool.query(`select from message where kind = 'text'`);
    expect(all.rows).toHaveLength(1);
  });

  test('what is said while no server listens is taken by the next one, once and in order', async () => {
    const { usher: first, settings } = await startAt(stand);
    const visitor = await connectVisitor(first, { customer: { id: 'c1' } });
    const words = Array.from({ length: 30 }, (_, at) => `word ${at}`);
    const say = (content: string) =>
      visitor.say(`${visitor.session.sessionTopic}/server/messages`, {
        clientMessageId: content,
        content,
      });
    for (const word of words.slice(0, 10)) await say(word);
    await first.stop();
    for (const word of words.slice(10)) await say(word);
    const second = await startTestUsher({ ...settings, DATABASE_URL: first.database.url });
    const said = await eventually(
      () => contents(second, visitor.session),
      (found) => found.length >= words.length,
      20_000,
    );
    expect(said).toEqual(words);
  });

  // The last, for it takes the second node away.
  test('when a node dies, who is at the other goes on, and the others come over', async () => {
    const { usher } = await startAt(stand);
    const agent = await connectAgent(usher, { url: running().first.webSocketUrl });
    const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
    const { sessionTopic, mqtt } = visitor.session;
    const beat = `server/agents/${agent.agentId}/attendants/online`;
    await agent.say(beat, { attendantInfo: { id: agent.agentId } });
    await visitor.say(`${sessionTopic}/server/messages`, { clientMessageId: 'v1', content: 'one' });
    await agent.receives();
    // Under the old name the node that has died would still hold what it kept for it.
    const clientId = makeClientId(visitor.session.sessionId);
    await running().second.kill();
    await eventually(visitor.isClosed, (closed) => closed);
    const spoken = `${sessionTopic.replace('server/', `server/agents/${agent.agentId}/`)}/server`;
    await agent.say(`${spoken}/messages`, { clientMessageId: 'a1', content: 'two' });
    const back = await eventually(
      () => connectWeb({ ...mqtt, clientId, url: running().first.webSocketUrl }).catch(() => null),
      (client) => client !== null,
      30_000,
    );
    if (back === null) throw new Error('Nobody is let in.');
    await back.listen(`${sessionTopic}/messages`);
    await back.say(`${sessionTopic}/server/messages`, { clientMessageId: 'v2', content: 'three' });
    await back.hears(`${sessionTopic}/messages`, ({ message }) => message.content === 'three');
    expect(await contents(usher, visitor.session)).toEqual(['one', 'two', 'three']);
  }, 90_000);
});

async function contents(
  { call }: Pick<TestUsher, 'call'>,
  { sessionId, mqtt }: Pick<SessionAnswer, 'sessionId' | 'mqtt'>,
): Promise<string[]> {
  const path = `/session/${sessionId}/messages?afterSeq=0&limit=200`;
  const { body } = await call('GET', path, { token: mqtt.password });
  return (body as { message: { content: string } }[]).map(({ message }) => message.content);
}
