// The test vectors of the Chimp Assist contract (chimp-assist.md §10), against a running server at any broker.
import { expect, onTestFinished, test } from 'vitest';
import { UUID } from '../../src/contract/uuid.ts';
import { startServerProcess } from '../faults/server-process.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { callOf, eventually, startTestUsher } from '../makers/start-test-usher.ts';
import {
  type AgentClient,
  connectAgent,
  connectVisitor,
  connectWeb,
  type SessionAnswer,
  startSession,
  type VisitorClient,
  type WebClient,
} from '../makers/web-client.ts';
import { heardBy, type Stand, saidBy, startAt } from '../makers/webchat-stand.ts';

interface Said {
  message: { seq: number; content: string };
}

// biome-ignore lint/suspicious/noExplicitAny: as tests look into it
type Body = any;
const tells = (instruction: string) => (body: Body) => body.instruction === instruction;
const numbered = (seq: number) => (body: Body) => body.message.seq === seq;

type Usher = Parameters<typeof connectAgent>[0];

const agentOf = (stand: Stand, usher: Usher, options: Parameters<typeof connectAgent>[1] = {}) =>
  connectAgent(usher, { url: stand.agentUrl(), ...options });

const tell = (stand: Stand, agent: AgentClient, topic: string, body: object) =>
  agent.say(saidBy(stand, agent, topic), body);

const beat = (stand: Stand, agent: AgentClient) =>
  tell(stand, agent, 'server/attendants/online', { attendantInfo: { id: agent.agentId } });

/** With its session, where nothing else says who asks. */
function ask(stand: Stand, { session, say }: VisitorClient, requestID = 'r1'): Promise<void> {
  const { customerId, sessionId } = session;
  const named = stand.beside ? { sessionId } : {};
  return say('server/sessions/request', { customerId, requestID, ...named });
}

/** A visitor with an agent; `of`: whose agent, where that is another server's. */
async function makeTalk(stand: Stand, usher: Usher, of = usher) {
  const agent = await agentOf(stand, of);
  const visitor = await connectVisitor(usher, { customer: { id: 'c1', name: 'Sari' } });
  const { sessionTopic } = visitor.session;
  await ask(stand, visitor);
  await visitor.hears('client/sessions/c1/r1');
  await beat(stand, agent);
  const given = await agent.receives();
  const ready = await visitor.hears(`${sessionTopic}/client/control`, tells('session/ready'));
  return { agent, visitor, sessionTopic, given, ready };
}

type Vectors = Record<string, (stand: Stand) => Promise<void>>;

/** Those that no broker takes part in (A16, A17) stand with the statistics. */
export function testVectors(stand: Stand): void {
  for (const [name, run] of Object.entries(vectors)) test(name, () => run(stand), 90_000);
  for (const [name, run] of Object.entries(refusals)) {
    test.runIf(stand.refuses)(name, () => run(stand), 90_000);
  }
}

const vectors: Vectors = {
  'A1: an empty POST /session gives the right to talk, and opens nothing': async (stand) => {
    const { usher, settings } = await startAt(stand);
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
        url: settings.MQTT_PUBLIC_URL ?? expect.stringMatching(/^ws:.*\/mqtt$/),
      },
    });
    expect(await usher.conversations()).toEqual([]);
  },

  'A2, A4: requests of a visitor make one conversation, and each is answered': async (stand) => {
    const { usher } = await startAt(stand);
    // A guest takes the name by listening below it; where nobody asks who does, it is given at the door.
    const named = stand.refuses ? undefined : { customer: { id: 'c1' } };
    const session = { ...(await startSession(usher, named)), customerId: 'c1' };
    const visitor = Object.assign(await connectWeb(session.mqtt), { session });
    const control = `server/sessions/c1/${session.sessionId}/client/control`;
    expect(await visitor.listen('client/sessions/c1/+', control)).toEqual([1, 1]);
    await ask(stand, visitor);
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
    const told = await visitor.hears(control);
    expect(told).toMatchObject({ instruction: 'session/queued', position: 1 });
    visitor.heard.length = 0;
    await ask(stand, visitor);
    await visitor.hears('client/sessions/c1/r1');
    await ask(stand, visitor, 'r2');
    await visitor.hears('client/sessions/c1/r2');
    expect(await usher.conversations()).toHaveLength(1);
  },

  'A3: a topic with the visitor’s own ids is taken': async (stand) => {
    const { usher } = await startAt(stand);
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
  },

  'A5: the topic is told below the asker’s branch, and nowhere else': async (stand) => {
    const { usher } = await startAt(stand);
    const other = await connectVisitor(usher, { customer: { id: 'c2' } });
    await other.listen('client/c2/#');
    const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
    await visitor.listen('client/c1/#');
    const { sessionId, sessionTopic } = visitor.session;
    const request = (responseTopic: string) =>
      visitor.say('server/channels/request', {
        ...{ userRequesting: 'c1', responseTopic },
        ...(stand.beside && { sessionId }),
      });
    for (const topic of ['client/c2/x', 'client/#', 'client/c1/+', 'server/sessions/c1']) {
      await request(topic);
    }
    await request('client/c1/x');
    expect(await visitor.hears('client/c1/x')).toEqual({ channelTopic: sessionTopic, sessionId });
    expect(other.heard).toEqual([]);
    expect(visitor.heard).toHaveLength(1);
  },

  'A6: the start object of an old widget opens a conversation': async (stand) => {
    const { usher } = await startAt(stand);
    const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
    await visitor.say('server/sessions/online', {
      sessionId: visitor.session.sessionId,
      sessionTopic: visitor.session.sessionTopic,
      requestID: 'r1',
      customer: { id: 'c1', name: 'Guest 1', avatarURL: 'https://example.com/a.png' },
      lastMessages: [],
      sessionTemplate: { customersAllowed: 1, attendants: [{ type: 'support/firstLevel' }] },
    });
    const told = await visitor.hears('client/sessions/c1/r1');
    expect(told).toMatchObject({ instruction: 'session/queued', position: 1 });
  },

  'A7: an agent is assigned, and both are told': async (stand) => {
    const { usher } = await startAt(stand);
    const { agent, sessionTopic, given, ready } = await makeTalk(stand, usher);
    expect(given).toMatchObject({ sessionTopic, customer: { id: 'c1', name: 'Sari' } });
    expect(ready.sessionInfo).toMatchObject({
      status: 'online',
      assignedAttendants: [agent.agentId],
      attendant: { id: agent.agentId, name: 'Ana' },
    });
  },

  'A8: what is said is stamped, numbered, and shown once to both': async (stand) => {
    const { usher } = await startAt(stand);
    const { agent, visitor, sessionTopic } = await makeTalk(stand, usher);
    const before = Date.now() - 5000;
    const forged = { from: { id: 'c2', name: 'Eve' }, timestamp: 1 };
    const hello = { clientMessageId: 'm1', content: 'hi', ...forged };
    await visitor.say(`${sessionTopic}/server/messages`, hello);
    await visitor.say(`${sessionTopic}/server/messages`, hello);
    const answer = { clientMessageId: 'a1', content: 'hello' };
    await agent.hears(`${sessionTopic}/messages`, numbered(1));
    await tell(stand, agent, `${sessionTopic}/server/messages`, answer);
    for (const side of [visitor, agent]) {
      const { message: first } = await side.hears(`${sessionTopic}/messages`, numbered(1));
      expect(first).toMatchObject({
        clientMessageId: 'm1',
        content: 'hi',
        from: { id: 'c1', name: 'Sari' },
        readAt: null,
      });
      expect(first.timestamp).toBeGreaterThan(before);
      const { message: second } = await side.hears(`${sessionTopic}/messages`, numbered(2));
      expect(second).toMatchObject({ content: 'hello', from: { id: agent.agentId, name: 'Ana' } });
    }
  },

  'how far each has read, and that somebody writes, is shown to the other': async (stand) => {
    const { usher } = await startAt(stand);
    const { agent, visitor, sessionTopic } = await makeTalk(stand, usher);
    await tell(stand, agent, `${sessionTopic}/server/messages`, { content: 'hello' });
    const { message } = await visitor.hears(`${sessionTopic}/messages`, numbered(1));
    await visitor.say(`${sessionTopic}/server/viewed`, { upToSeq: 1 });
    const viewed = await agent.hears(`${sessionTopic}/messages/viewed`);
    expect(viewed).toMatchObject({ upToSeq: 1, readMessages: [{ id: message.id }] });
    await agent.say(saidBy(stand, agent, `${sessionTopic}/server/typing`), { typing: true }, 0);
    expect(await visitor.hears(`${sessionTopic}/typing`)).toEqual({
      from: { id: agent.agentId, name: 'Ana', avatarURL: null },
      typing: true,
    });
  },

  'A12: an agent who falls silent is gone, and offered nothing': async (stand) => {
    const { usher } = await startAt(stand, { ATTENDANT_KEEP_ALIVE_TIME: '1000' });
    const silent = await agentOf(stand, usher, { name: 'Ana' });
    await beat(stand, silent);
    // On record: before the beat was taken nobody was there either.
    await eventually(
      () =>
        usher.database.pool.query(
          `select from event where stream_id = $1 and type = 'agent.availability-changed'
           and data->>'availability' = 'offline'`,
          [silent.agentId],
        ),
      ({ rows }) => rows.length === 1,
    );
    const visitor = await connectVisitor(usher);
    const reply = `client/sessions/${visitor.session.customerId}/r1`;
    await ask(stand, visitor);
    await visitor.hears(reply, tells('session/queued'));
    const present = await agentOf(stand, usher, { name: 'Budi' });
    // Until there is something for them: on a slow machine a beat may be over before that.
    const beating = setInterval(() => void beat(stand, present).catch(() => {}), 300);
    onTestFinished(() => clearInterval(beating));
    await present.receives().finally(() => clearInterval(beating));
    expect(silent.heard.filter(({ topic }) => topic.includes('/assign/'))).toEqual([]);
  },

  'A13: an agent whose link broke, or who closed one of two tabs, has not gone': async (stand) => {
    const { usher } = await startAt(stand);
    const agent = await agentOf(stand, usher);
    const { agentId } = agent;
    await beat(stand, agent);
    await agent.close();
    const again = await agentOf(stand, usher, { agentId });
    await beat(stand, again);
    const tab = await agentOf(stand, usher, { agentId });
    await beat(stand, tab);
    await tell(stand, tab, 'server/attendants/quit', { attendantInfo: { id: agentId } });
    await tab.close();
    const visitor = await connectVisitor(usher);
    await ask(stand, visitor);
    await again.receives();
    const { rows } = await usher.database.pool.query(
      `select data->>'availability' as now from event where stream_id = $1
       and type = 'agent.availability-changed' order by seq`,
      [agentId],
    );
    expect(rows).toEqual([{ now: 'online' }]);
  },

  'A14: a silent visitor’s session expires, its place is free, and the next message begins anew':
    async (stand) => {
      // Long enough for the agent to be given what was said, and to listen.
      const { usher } = await startAt(stand, { SESSION_KEEP_ALIVE_TIME: '6000' });
      const agent = await agentOf(stand, usher, { capacity: 1 });
      await beat(stand, agent);
      const visitor = await connectVisitor(usher);
      const { sessionTopic } = visitor.session;
      await visitor.say(`${sessionTopic}/server/messages`, { content: 'one' });
      await agent.receives();
      await visitor.hears(`${sessionTopic}/client/control`, tells('session/aborted/expired'));
      expect(await usher.conversations('closed')).toHaveLength(1);
      visitor.heard.length = 0;
      agent.heard.length = 0;
      await visitor.say(`${sessionTopic}/server/messages`, { content: 'two' });
      await agent.receives();
      const { message } = await visitor.hears(`${sessionTopic}/messages`);
      expect(message).toMatchObject({ seq: 1, content: 'two' });
    },

  'A15: what was missed while the link was cut is fetched by number, none twice': async (stand) => {
    const { usher } = await startAt(stand);
    const agent = await agentOf(stand, usher);
    await beat(stand, agent);
    const visitor = await connectVisitor(usher);
    const { sessionTopic, mqtt } = visitor.session;
    await visitor.say(`${sessionTopic}/server/messages`, { content: 'hi' });
    await agent.receives();
    const speak = (from: number, to: number) =>
      Promise.all(
        Array.from({ length: to - from }, (_, n) =>
          tell(stand, agent, `${sessionTopic}/server/messages`, {
            clientMessageId: `m${from + n}`,
            content: `${from + n}`,
          }),
        ),
      );
    await speak(2, 52);
    await visitor.hears(`${sessionTopic}/messages`, numbered(51), 20_000);
    await visitor.close();
    await speak(52, 101);
    const back = await connectWeb(mqtt);
    await back.listen(`${sessionTopic}/messages`);
    const got = visitor.heard.filter(({ topic }) => topic === `${sessionTopic}/messages`);
    const seqs = got.map(({ body }) => body.message.seq as number);
    const known = Math.max(...seqs);
    // Beside us the broker has said that it has them before we had.
    const missed = await eventually(
      () => readAfter(usher, visitor.session, known),
      (rest) => rest.length === 100 - known,
    );
    const all = [...seqs, ...missed.map(({ message }) => message.seq)];
    expect(all).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  },

  'A18: a logged-in customer is proved by the channel’s key': async (stand) => {
    const { usher } = await startAt(stand);
    const made = await usher.call('POST', '/api/v1/channels', {
      body: { kind: 'webchat', name: 'Shop', secrets: { widgetSecret: 'widget-secret' } },
    });
    const { id: channelId } = made.body as { id: string };
    const identityHash = 'ead8b8f87c7e10f628029506a463a99969a72c77aaaee0683805ac1ff6cefa4a';
    const customer = { id: '298301', name: 'Sari' };
    const proved = await connectVisitor(usher, { channelId, customer, identityHash });
    expect(proved.session.customerId).toBe('298301');
    await ask(stand, proved);
    await proved.hears('client/sessions/298301/r1', tells('session/queued'));
    for (const wrong of [undefined, '', `${identityHash.slice(1)}0`]) {
      const body = { channelId, customer, identityHash: wrong };
      const answer = await usher.call('POST', '/session', { body, token: null });
      expect([answer.status, answer.body]).toEqual([403, { error: 'identity not verified' }]);
    }
  },

  'A19: what is said is text, of at most 10,000 characters': async (stand) => {
    const { usher } = await startAt(stand);
    const visitor = await connectVisitor(usher);
    const { sessionTopic } = visitor.session;
    const texts = ['<img src=x onerror=alert(1)>', '👩‍🚀🇧🇷', 'x'.repeat(10_000)];
    for (const content of texts) await visitor.say(`${sessionTopic}/server/messages`, { content });
    await visitor.say(`${sessionTopic}/server/messages`, { content: 'x'.repeat(10_001) });
    await visitor.say(`${sessionTopic}/server/messages`, { content: 'last' });
    await visitor.hears(`${sessionTopic}/messages`, ({ message }) => message.content === 'last');
    const heard = visitor.heard.filter(({ topic }) => topic === `${sessionTopic}/messages`);
    expect(heard.map(({ body }) => body.message.content)).toEqual([...texts, 'last']);
  },

  'A21: what was stored when the server was killed is there afterwards, and the talk goes on':
    async (stand) => {
      const settings = { ...(await stand.settings()), DATABASE_URL: (await makeDatabase()).url };
      const server = await startServerProcess(settings);
      await server.ready();
      const usher = { call: callOf(server.url) };
      if (stand.beside) await heardBy(usher);
      const { visitor, agent, sessionTopic } = await makeTalk(stand, usher);
      const say = (by: WebClient, content: string) =>
        by.say(`${sessionTopic}/server/messages`, { clientMessageId: content, content });
      await say(visitor, 'one');
      await agent.hears(`${sessionTopic}/messages`, numbered(1));
      await server.kill();
      // The broker beside us takes it for later.
      if (stand.beside) await say(visitor, 'two');
      server.start();
      await server.ready();
      const back = stand.beside ? visitor : await connectWeb(visitor.session.mqtt);
      if (!stand.beside) {
        await back.listen(`${sessionTopic}/messages`);
        await say(back, 'two');
      }
      await back.hears(`${sessionTopic}/messages`, numbered(2), 20_000);
      await say(back, 'three');
      await back.hears(`${sessionTopic}/messages`, numbered(3), 20_000);
      const said = await readAfter(usher, visitor.session, 0);
      expect(said.map(({ message }) => message.content)).toEqual(['one', 'two', 'three']);
    },

  'A22: a visitor of one server and an agent of another talk as if it were one': async (stand) => {
    const { usher: first, settings } = await startAt(stand);
    const second = await startTestUsher({
      ...settings,
      ...stand.second(),
      DATABASE_URL: first.database.url,
    });
    const { agent, visitor, sessionTopic } = await makeTalk(stand, first, second);
    const hello = { clientMessageId: 'm1', content: 'hi' };
    await visitor.say(`${sessionTopic}/server/messages`, hello);
    await visitor.say(`${sessionTopic}/server/messages`, hello);
    await agent.hears(`${sessionTopic}/messages`, numbered(1));
    const answer = { clientMessageId: 'a1', content: 'hello' };
    await tell(stand, agent, `${sessionTopic}/server/messages`, answer);
    await visitor.hears(`${sessionTopic}/messages`, numbered(2));
    const said = await readAfter(second, visitor.session, 0);
    expect(said.map(({ message }) => message.content)).toEqual(['hi', 'hello']);
  },

  'either side ends it': async (stand) => {
    const { usher } = await startAt(stand);
    const { visitor, agent, sessionTopic } = await makeTalk(stand, usher);
    const { sessionId } = visitor.session;
    await visitor.say('server/sessions/close', { sessionId });
    const closed = await visitor.hears(`${sessionTopic}/client/control`, tells('session/closed'));
    expect(closed.sessionInfo.status).toBe('aborted');
    visitor.heard.length = 0;
    agent.heard.length = 0;
    await ask(stand, visitor, 'r2');
    await agent.receives();
    // What the agent was given before may have been told twice.
    await visitor.hears(`${sessionTopic}/client/control`, tells('session/ready'));
    await tell(stand, agent, 'server/sessions/close', { sessionId });
    await visitor.hears(`${sessionTopic}/client/control`, tells('session/closed'));
    expect(await usher.conversations('closed')).toHaveLength(2);
  },
};

/** What only a broker can hold that asks who may do what. */
const refusals: Vectors = {
  'A9: what is forged on the old topic is stamped, or refused': async (stand) => {
    const { usher } = await startAt(stand);
    const { agent, visitor, sessionTopic } = await makeTalk(stand, usher);
    const forged = {
      sessionInfo: { sessionId: 'forged', customer: { id: 'c2' } },
      message: { from: { id: 'c2', name: 'Eve' }, timestamp: 1, content: 'forged' },
    };
    // Not answered where it costs the connection.
    const saying = visitor.say(`${sessionTopic}/messages`, forged).catch(() => {});
    await (stand.beside ? eventually(visitor.isClosed, (closed) => closed) : saying);
    await tell(stand, agent, `${sessionTopic}/server/messages`, { content: 'the last' });
    await agent.hears(`${sessionTopic}/messages`, ({ message }) => message.content === 'the last');
    const heard = agent.heard.filter(({ topic }) => topic === `${sessionTopic}/messages`);
    const stamped = stand.beside ? [] : ['c1'];
    expect(heard.map(({ body }) => body.message.from.id)).toEqual([...stamped, agent.agentId]);
    for (const { body } of heard) {
      expect(body.message.timestamp).toBeGreaterThan(1);
      expect(body.sessionInfo.sessionId).toBe(visitor.session.sessionId);
    }
  },

  'A10: what is not a visitor’s own is not shown to it': async (stand) => {
    const { usher } = await startAt(stand);
    await startSession(usher, { customer: { id: 'c1' } });
    const { mqtt } = await startSession(usher, { customer: { id: 'c2' } });
    const filters = [
      'server/sessions/#',
      'server/sessions/c1/messages',
      '#',
      '$SYS/#',
      'client/+/x',
    ];
    for (const filter of filters) {
      const visitor = await connectWeb(mqtt);
      const answer = await answerTo(visitor, filter);
      expect(stand.beside ? [128, 'cut'] : [128], filter).toContain(answer);
    }
  },

  'A11: a forbidden publish costs the connection, and has no effect': async (stand) => {
    const { usher } = await startAt(stand);
    const victim = await connectVisitor(usher, { customer: { id: 'c1' } });
    const { sessionTopic } = victim.session;
    const topics = ['server/attendants/online', `${sessionTopic}/server/messages`];
    for (const topic of [...topics, `${sessionTopic}/messages`, 'client/c1/x']) {
      const intruder = await connectVisitor(usher);
      // Never answered: the connection ends instead.
      void intruder.say(topic, { attendantInfo: { id: 'x' }, content: 'x' }).catch(() => {});
      await eventually(intruder.isClosed, (closed) => closed);
    }
    expect(await usher.conversations()).toEqual([]);
    expect(victim.heard).toEqual([]);
  },

  'A20: the client id of another visitor is refused, and that one stays': async (stand) => {
    const { usher } = await startAt(stand);
    const first = await startSession(usher);
    const second = await startSession(usher);
    const victim = await connectWeb(first.mqtt);
    const { clientId } = first.mqtt;
    await expect(connectWeb({ ...second.mqtt, clientId })).rejects.toThrow(/refused/i);
    expect(victim.isClosed()).toBe(false);
    await expect(connectWeb({ ...first.mqtt, password: 'wrong' })).rejects.toThrow(/refused/i);
    await expect(connectWeb({ url: first.mqtt.url })).rejects.toThrow(/refused/i);
  },
};

/** The code, or `cut`: a broker may also end the connection. */
export async function answerTo(client: WebClient, filter: string): Promise<number | 'cut'> {
  let code: number | null = null;
  client.listen(filter).then(
    ([granted]) => {
      code = granted ?? null;
    },
    () => {},
  );
  await eventually(
    () => code !== null || client.isClosed(),
    (over) => over,
  );
  return code ?? 'cut';
}

async function readAfter(
  { call }: Parameters<typeof connectAgent>[0],
  { sessionId, mqtt }: SessionAnswer,
  afterSeq: number,
): Promise<Said[]> {
  const path = `/session/${sessionId}/messages?afterSeq=${afterSeq}&limit=200`;
  return (await call('GET', path, { token: mqtt.password })).body as Said[];
}
