// Packets that are none, floods, and readers that never read: the server stays up, and others lose nothing (how soon they hear: bench/hostile.ts).
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { connectPacket, mutatedPackets, oversizePackets } from '../makers/mutate-packets.ts';
import { openRaw, packetBytes, type RawMqtt, type Reach } from '../makers/raw-mqtt.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import {
  connectAgent,
  connectVisitor,
  connectWeb,
  type SessionAnswer,
  startSession,
  type WebClient,
} from '../makers/web-client.ts';

interface Pair {
  /** Says the next thing, and waits until the other has heard it. */
  talk(): Promise<void>;
  talkUntil(isOver: () => boolean): Promise<void>;
  /** Everything has come to both, once and in order. */
  expectAllHeard(): Promise<void>;
  said: string[];
}

/** Below what an agent may say. */
const PACE_MS = 20;
/** Whoever waits for one message so long takes it that everything stands still. */
const STANDSTILL_MS = 10_000;

/** Two who chat and are not to notice anything. */
async function makePair(usher: TestUsher): Promise<Pair> {
  const agent = await connectAgent(usher, { capacity: 1 });
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'healthy' } });
  const topic = `${visitor.session.sessionTopic}/messages`;
  const said = ['first'];
  const heardBy = (client: WebClient): string[] =>
    client.heard.filter((one) => one.topic === topic).map(({ body }) => body.message.content);
  await visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content: 'first' });
  await agent.receives();
  const talk = async (): Promise<void> => {
    const content = `${said.length}`;
    said.push(content);
    const saying = agent.say(`${visitor.session.sessionTopic}/server/messages`, { content });
    const isIt = (body: { message: { content: string } }) => body.message.content === content;
    await Promise.all([visitor.hears(topic, isIt, STANDSTILL_MS), saying]);
    await sleep(PACE_MS);
  };
  return {
    talk,
    talkUntil: async (isOver) => {
      do await talk();
      while (!isOver());
    },
    expectAllHeard: async () => {
      // The agent began to listen when the first had been said already.
      await agent.hears(topic, ({ message }) => message.content === said.at(-1), STANDSTILL_MS);
      expect(heardBy(agent).filter((content) => content !== 'first')).toEqual(said.slice(1));
      expect(heardBy(visitor)).toEqual(said);
    },
    said,
  };
}

async function expectUp(usher: TestUsher): Promise<void> {
  expect((await usher.call('GET', '/livez', { token: null })).status).toBe(200);
}

async function startBoth(options: Parameters<typeof startTestUsher>[1] = {}) {
  const port = await findFreePort();
  const usher = await startTestUsher(
    { MQTT_PORT: String(port), ATTENDANT_KEEP_ALIVE_TIME: '3600000' },
    options,
  );
  const reaches: Reach[] = [
    { kind: 'ws', url: `${usher.url.replace('http', 'ws')}/mqtt` },
    { kind: 'tcp', port },
  ];
  return { usher, port, reaches };
}

const PACKETS = 10_000;
const PER_CONNECTION = 20;
const AT_ONCE = 8;

test('ten thousand mutated packets leave the server up, the others undisturbed and nothing stored', async () => {
  const { usher, reaches } = await startBoth();
  const pair = await makePair(usher);
  const session = await startSession(usher, { customer: { id: 'hostile' } });
  const bytes = mutatedPackets(session, PACKETS, 20_261_121);
  let [sent, next] = [0, 0];
  const attack = async (): Promise<void> => {
    while (next < bytes.length) {
      const mine = bytes.slice(next, next + PER_CONNECTION);
      const number = next / PER_CONNECTION;
      next += PER_CONNECTION;
      const raw = await openRaw(reaches[number % 2] as Reach);
      // Every third connection begins with the mutated ones.
      if (number % 3 !== 0) raw.send(packetBytes(connectPacket(session)));
      for (const one of mine) {
        raw.send(one);
        sent += 1;
        if (number % 5 === 0) await sleep(0);
      }
      await Promise.race([raw.closed, sleep(20)]);
      raw.end();
    }
  };
  let over = false;
  const attacks = Promise.all(Array.from({ length: AT_ONCE }, attack)).then(() => {
    over = true;
  });
  await Promise.all([pair.talkUntil(() => over), attacks]);
  expect(sent).toBe(PACKETS);
  await pair.expectAllHeard();
  await expectUp(usher);
  // None of the packets said anything: close, typing, marks and questions only.
  const { rows } = await usher.database.pool.query(
    `select k.external_id as who, count(*)::integer as said from message m join conversation c using (workspace_id, conversation_id)
    join contact k using (workspace_id, contact_id) group by 1`,
  );
  expect(rows).toEqual([{ who: 'healthy', said: pair.said.length }]);
  const [only, ...others] = await usher.conversations();
  expect([only?.state, others]).toEqual(['assigned', []]);
}, 120_000);

test('what announces or holds too much ends its connection before it is kept; others talk on', async () => {
  const { usher, reaches } = await startBoth();
  const pair = await makePair(usher);
  const session = await startSession(usher);
  for (const reach of reaches) {
    for (const bytes of oversizePackets(session)) {
      const raw = await openRaw(reach);
      raw.send(packetBytes(connectPacket(session)));
      await eventually(raw.received, (n) => n >= 4);
      raw.send(bytes);
      await Promise.race([raw.closed, sleep(5000)]);
      expect(raw.isClosed(), `${reach.kind} ${bytes.subarray(0, 8).toString('hex')}`).toBe(true);
      await pair.talk();
    }
    // Before anybody has said who they are, as well.
    const early = await openRaw(reach);
    early.send(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    await Promise.race([early.closed, sleep(5000)]);
    expect(early.isClosed()).toBe(true);
  }
  await pair.expectAllHeard();
  expect(await usher.conversations()).toHaveLength(1);
}, 60_000);

test('hundreds of sockets that never say who they are, or only half, are closed; others get in meanwhile', async () => {
  const { usher, reaches } = await startBoth();
  const pair = await makePair(usher);
  const session = await startSession(usher);
  const whole = packetBytes(connectPacket(session));
  const idle: RawMqtt[] = [];
  const flood = async (): Promise<void> => {
    for (let n = 0; n < 400; n += 1) {
      const raw = await openRaw(reaches[n % 2] as Reach);
      if (n % 4 === 1) raw.send(whole.subarray(0, 1 + (n % (whole.length - 2))));
      idle.push(raw);
    }
  };
  let over = false;
  const flooding = flood().then(() => {
    over = true;
  });
  await Promise.all([pair.talkUntil(() => over), flooding]);
  await pair.expectAllHeard();
  const newcomer = await connectVisitor(usher);
  await newcomer.say(`${newcomer.session.sessionTopic}/server/messages`, { content: 'hello' });
  await eventually(
    () => idle.filter((one) => !one.isClosed()).length,
    (open) => open === 0,
    20_000,
  );
}, 60_000);

test('whoever hangs up while being recognised leaves nothing behind', async () => {
  const { usher, reaches } = await startBoth();
  const victim = await startSession(usher);
  const other = await startSession(usher);
  const ids = Array.from({ length: 40 }, (_, n) => `contested-${n}`);
  for (const [n, clientId] of ids.entries()) {
    const raw = await openRaw(reaches[n % 2] as Reach);
    raw.send(packetBytes(connectPacket(other, { clientId })));
    await sleep(n % 5);
    raw.end();
  }
  const isFree = (clientId: string) =>
    connectWeb({ ...victim.mqtt, clientId }).then(
      (client) => client.close().then(() => true),
      () => false,
    );
  const look = async () => {
    const free = await Promise.all(ids.map(isFree));
    return ids.filter((_, n) => !free[n]);
  };
  await eventually(look, (taken) => taken.length === 0);
});

const DEAF = 20;
const SAID = 400;

test('readers that never read are cut, memory stays bounded, and nobody waits for them', async () => {
  const { usher, reaches } = await startBoth();
  const pair = await makePair(usher);
  const session = await startSession(usher, { customer: { id: 'deaf' } });
  const deaf: RawMqtt[] = [];
  for (let n = 0; n < DEAF; n += 1) deaf.push(await openDeaf(reaches[n % 2] as Reach, session));
  const speaker = await connectAgent(usher, { name: 'Loud', capacity: 1 });
  await speaker.beat();
  const visitor = await connectWeb({ ...session.mqtt, clientId: crypto.randomUUID() });
  await visitor.say(`${session.sessionTopic}/server/messages`, { content: 'begin' });
  await speaker.hears(`client/attendants/assign/${speaker.agentId}`);
  const before = process.memoryUsage().rss;
  const content = '\u{1F600}'.repeat(10_000);
  let [over, peak] = [false, before];
  const flood = async (): Promise<void> => {
    for (let n = 0; n < SAID; n += 1) {
      await speaker.say(`${session.sessionTopic}/server/messages`, { content });
      await sleep(20);
    }
    // As long as the server waits for somebody to read again.
    await sleep(10_500);
    over = true;
  };
  const look = (): boolean => {
    peak = Math.max(peak, process.memoryUsage().rss);
    return over;
  };
  await Promise.all([pair.talkUntil(look), flood()]);
  await pair.expectAllHeard();
  await expectUp(usher);
  expect((peak - before) / 2 ** 20, 'MiB').toBeLessThan(500);
  // Whoever looks again finds the connection cut, and less than everything.
  for (const raw of deaf) raw.startReading();
  await eventually(
    () => deaf.flatMap((raw, n) => (raw.isClosed() ? [] : [reaches[n % 2]?.kind, raw.received()])),
    (open) => open.length === 0,
  );
  expect(Math.max(...deaf.map((raw) => raw.received()))).toBeLessThan(SAID * 40_000);
}, 90_000);

async function openDeaf(reach: Reach, session: SessionAnswer): Promise<RawMqtt> {
  const raw = await openRaw(reach);
  raw.send(packetBytes(connectPacket(session)));
  await eventually(raw.received, (bytes) => bytes >= 4);
  const subscriptions = [{ topic: `${session.sessionTopic}/messages`, qos: 1 as const }];
  raw.send(packetBytes({ cmd: 'subscribe', messageId: 1, subscriptions }));
  await eventually(raw.received, (bytes) => bytes >= 9);
  raw.stopReading();
  return raw;
}

test('who says too much is sent away, also over many connections', async () => {
  const failed: string[] = [];
  const { usher } = await startBoth({
    onLine: (line) => void (line.includes('a publish failed') && failed.push(line)),
  });
  const session = await startSession(usher, { customer: { id: 'loud' } });
  const tabs = await Promise.all(
    ['a', 'b', 'c'].map((clientId) => connectWeb({ ...session.mqtt, clientId })),
  );
  for (let n = 0; n < 63; n += 1) {
    const tab = tabs[n % 3] as WebClient;
    if (tab.isClosed()) continue;
    tab.mqtt.publish(`${session.sessionTopic}/server/messages`, `{"content":"${n}"}`, { qos: 1 });
  }
  for (const tab of tabs) await eventually(tab.isClosed, (is) => is);
  const again = await connectWeb({ ...session.mqtt, clientId: 'd' });
  again.mqtt.publish(`${session.sessionTopic}/server/messages`, '{"content":"x"}', { qos: 1 });
  await eventually(again.isClosed, (is) => is);
  // What was taken before the end may be written a moment after it, unless the database is away.
  const countMessages = async (): Promise<number> =>
    (await usher.database.pool.query('select count(*)::integer as n from message')).rows[0].n;
  await eventually(
    async () => ({ written: await countMessages(), failed }),
    ({ written }) => written + failed.length >= 20,
  );
  expect((await countMessages()) + failed.length).toBe(20);
  const filters = Array.from({ length: 400 }, (_, n) => `client/loud/${n}`);
  const listener = await connectWeb({ ...session.mqtt, clientId: 'e' });
  const codes = await listener.listen(...filters);
  expect(codes.filter((code) => code !== 128)).toHaveLength(100);
});

test('one address may ask for thirty sessions a minute', async () => {
  const { usher } = await startBoth();
  const ask = () => usher.call('POST', '/session', { token: null });
  const answers = await Promise.all(Array.from({ length: 35 }, ask));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
});
