// Web chat over a broker that stands beside Usher: what cannot be told apart is refused, and nothing lost between two servers.
import { describe, expect, test } from 'vitest';
import { mosquittoMissing } from '../makers/start-mosquitto.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { LOST_DATABASE, saying } from '../makers/watch-errors.ts';
import {
  type AgentClient,
  connectAgent,
  connectVisitor,
  type SessionAnswer,
  startSession,
} from '../makers/web-client.ts';
import { mosquittoStand, startAt } from '../makers/webchat-stand.ts';

interface Said {
  message: { seq: number; content: string };
}

const asAgent = (agent: AgentClient, topic: string) =>
  topic.replace('server/', `server/agents/${agent.agentId}/`);

const beat = (agent: AgentClient) =>
  agent.say(asAgent(agent, 'server/attendants/online'), { attendantInfo: { id: agent.agentId } });

/** A visitor with an agent. */
async function makeTalk(usher: TestUsher) {
  const visitor = await connectVisitor(usher, { customer: { id: 'c1', name: 'Sari' } });
  const { sessionTopic, sessionId } = visitor.session;
  const request = { sessionId, customerId: 'c1', requestID: 'r1' };
  await visitor.say('server/sessions/request', request);
  await visitor.hears('client/sessions/c1/r1');
  const agent = await connectAgent(usher);
  await beat(agent);
  await agent.receives();
  const isReady = ({ instruction }: { instruction: string }) => instruction === 'session/ready';
  await visitor.hears(`${sessionTopic}/client/control`, isReady);
  return { visitor, agent, sessionTopic, sessionId };
}

async function history(usher: TestUsher, session: SessionAnswer, afterSeq = 0): Promise<Said[]> {
  const path = `/session/${session.sessionId}/messages?afterSeq=${afterSeq}`;
  const answer = await usher.call('GET', path, { token: session.mqtt.password });
  return answer.body as Said[];
}

describe.skipIf(mosquittoMissing !== null)(`beside mosquitto ${mosquittoMissing ?? ''}`, () => {
  test('what nobody can be told to have said has no effect', async () => {
    const { usher } = await startAt(mosquittoStand);
    const { agent, visitor, sessionTopic, sessionId } = await makeTalk(usher);
    const other = await connectVisitor(usher, { customer: { id: 'c2' } });
    const { sessionId: otherSession } = other.session;
    const unknown = '00000000-0000-4000-8000-000000000000';
    const idle = await connectAgent(usher, { name: 'Budi' });
    const guest = await startSession(usher);
    const forged: [string, object][] = [
      // Without a session, or with one that is not the customer's.
      ['server/sessions/request', { customerId: 'c3', requestID: 'r9' }],
      ['server/sessions/request', { customerId: 'c1', requestID: 'r9', sessionId: unknown }],
      ['server/sessions/request', { customerId: 'c1', requestID: 'r9', sessionId: otherSession }],
      // A guest is not given a name by whoever knows of the session.
      [
        'server/sessions/request',
        { customerId: 'c4', requestID: 'r9', sessionId: guest.sessionId },
      ],
      ['server/sessions/online', { customer: { id: 'c1' }, sessionId: otherSession }],
      ['server/sessions/close', { sessionId: unknown }],
      ['server/sessions/close', {}],
      ['server/channels/request', { userRequesting: 'c1', responseTopic: 'client/c1/x' }],
      // An agent's words without the agent's name, or with that of one who does not hold it.
      ['server/attendants/online', { attendantInfo: { id: idle.agentId } }],
      ['server/attendants/quit', { attendantInfo: { id: agent.agentId } }],
      [asAgent(idle, 'server/attendants/quit'), { attendantInfo: { id: agent.agentId } }],
      [asAgent(idle, 'server/sessions/close'), { sessionId }],
      [asAgent(idle, `${sessionTopic}/server/messages`), { content: 'forged' }],
      [`server/agents/${unknown}/sessions/close`, { sessionId }],
      // To a customer who has no session.
      ['server/sessions/nobody/server/messages', { content: 'forged' }],
    ];
    for (const [topic, body] of forged) await other.say(topic, body);
    await visitor.say(`${sessionTopic}/server/messages`, { content: 'the last' });
    await visitor.hears(
      `${sessionTopic}/messages`,
      ({ message }) => message.content === 'the last',
    );
    const said = await history(usher, visitor.session);
    expect(said.map(({ message }) => message.content)).toEqual(['the last']);
    expect(await usher.conversations()).toHaveLength(1);
    expect(await usher.conversations('assigned')).toHaveLength(1);
    expect(visitor.heard.filter(({ topic }) => topic === 'client/c1/x')).toEqual([]);
    const metrics = await usher.call('GET', '/metrics', { token: null });
    expect(metrics.text).toMatch(/refus\w*\{[^}]*publish[^}]*\} \d\d/);
  });

  test('what is said while the node that listens is gone is taken by the next one, once', async () => {
    const { usher: first, settings } = await startAt(mosquittoStand);
    const { visitor, agent, sessionTopic } = await makeTalk(first);
    const second = await startTestUsher({ ...settings, DATABASE_URL: first.database.url });
    for (const { expectErrors } of [first, second]) expectErrors(LOST_DATABASE);
    const words = Array.from({ length: 30 }, (_, at) => `word ${at}`);
    const say = (content: string) =>
      visitor.say(`${sessionTopic}/server/messages`, { clientMessageId: content, content });
    for (const word of words.slice(0, 10)) await say(word);
    // Its connections to the database end as if it had died: the lock is free, the acknowledgements lost.
    await first.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'usher-holder' and datname = current_database()`,
    );
    for (const word of words.slice(10, 20)) await say(word);
    await first.stop();
    for (const word of words.slice(20)) await say(word);
    const said = await eventually(
      () => history(second, visitor.session),
      (messages) => messages.length >= words.length,
    );
    expect(said.map(({ message }) => message.content)).toEqual(words);
    expect(said.map(({ message }) => message.seq)).toEqual(words.map((_, at) => at + 1));
    await agent.hears(`${sessionTopic}/messages`, ({ message }) => message.seq === 30);
  });

  test('whose session has ended is cut by the next look, also while a silent conversation cannot be ended', async () => {
    const { usher } = await startAt(mosquittoStand, { SESSION_KEEP_ALIVE_TIME: '8000' });
    await makeTalk(usher);
    const gone = await connectVisitor(usher, { customer: { id: 'c2' } });
    const { pool } = usher.database;
    usher.expectErrors(saying(/^letting go of who fell silent failed/));
    await pool.query('alter table conversation add constraint stuck check (closed_at is null)');
    await pool.query(`update web_conversation set seen_at = now() - interval '1 hour'`);
    // As by a node that dies before it can cut the connection.
    await pool.query('update web_session set ended_at = now() where session_id = $1', [
      gone.session.sessionId,
    ]);
    await eventually(gone.isClosed, Boolean);
    expect(await usher.conversations('assigned')).toHaveLength(1);
  });
});
