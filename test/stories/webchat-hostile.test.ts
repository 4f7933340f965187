// Packets that are none, floods, and readers that never read: the server stays up, and others do not notice.
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { findFreePort } from '../makers/find-free-port.ts';
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
  agent: WebClient;
  visitor: WebClient;
  topic: string;
  /** Milliseconds until the agent had it, of one message. */
  time(): Promise<number>;
}

/** Two who chat and are not to notice anything. */
async function makePair(usher: TestUsher): Promise<Pair> {
  const agent = await connectAgent(usher, { capacity: 1 });
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'healthy' } });
  const { sessionTopic } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'first' });
  await agent.receives();
  let count = 0;
  const time = async (): Promise<number> => {
    count += 1;
    const content = `${count}`;
    const heard = new Promise<void>((done) => {
      agent.mqtt.on('message', function look(topic, payload) {
        if (topic !== `${sessionTopic}/messages`) return;
        if (JSON.parse(payload.toString()).message.content !== content) return;
        agent.mqtt.off('message', look);
        done();
      });
    });
    const from = performance.now();
    await agent.say(`${sessionTopic}/server/messages`, { content });
    await heard;
    return performance.now() - from;
  };
  return { agent, visitor, topic: sessionTopic, time };
}

/** Below what an agent may say. */
const PACE_MS = 20;

async function timeMany(pair: Pair, times: number): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < times; n += 1) {
    all.push(await pair.time());
    await sleep(PACE_MS);
  }
  return all.toSorted((a, b) => a - b);
}

const at = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** The median may not double, with room for a machine that does other things too. */
function expectUndisturbed(calm: number[], during: number[]): void {
  const told = `calm p50 ${at(calm, 0.5)} p99 ${at(calm, 0.99)}, during p50 ${at(during, 0.5)} p99 ${at(during, 0.99)}`;
  expect(at(during, 0.5), told).toBeLessThan(2 * at(calm, 0.5) + 40);
  expect(at(during, 0.99), told).toBeLessThan(2 * at(calm, 0.99) + 250);
  // A standstill is one long wait, since each waits for the one before.
  expect(at(during, 1), told).toBeLessThan(3000);
}

async function startBoth() {
  const port = await findFreePort();
  const usher = await startTestUsher({
    MQTT_PORT: String(port),
    ATTENDANT_KEEP_ALIVE_TIME: '3600000',
  });
  const reaches: Reach[] = [
    { kind: 'ws', url: `${usher.url.replace('http', 'ws')}/mqtt` },
    { kind: 'tcp', port },
  ];
  return { usher, port, reaches };
}

const connectPacket = ({ mqtt }: SessionAnswer, more: object = {}): Packet => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId: crypto.randomUUID(),
  keepalive: 60,
  username: mqtt.username,
  password: Buffer.from(mqtt.password),
  ...more,
});

/** Packets as a client might send them, before something is done to them. */
function validPackets(session: SessionAnswer): fc.Arbitrary<Packet> {
  const { sessionTopic, customerId } = session;
  const topic = fc.constantFrom(
    ...[`${sessionTopic}/server/viewed`, `${sessionTopic}/server/typing`, 'server/sessions/close'],
    ...['$SYS/x', 'server/attendants/online', `client/sessions/${customerId}/+`, '#', '', '/'],
    ...['server/channels/request', 'x'.repeat(300), '/'.repeat(200), 'a\u0000b'],
  );
  const messageId = fc.integer({ min: 0, max: 65_535 });
  const qos = fc.constantFrom(0 as const, 1 as const, 2 as const);
  const payload = fc.oneof(fc.json(), fc.string({ maxLength: 200 }), fc.constant('{}'));
  const retain = fc.boolean();
  const dup = fc.boolean();
  return fc.oneof(
    fc
      .record({ topic, payload, qos, retain, dup, messageId })
      .map((one): Packet => ({ cmd: 'publish', ...one, dup: one.dup && one.qos > 0 })),
    fc.record({ messageId, filters: fc.array(topic, { minLength: 1, maxLength: 5 }), qos }).map(
      ({ messageId: id, filters, qos: level }): Packet => ({
        cmd: 'subscribe',
        messageId: id,
        subscriptions: filters.map((filter) => ({ topic: filter, qos: level })),
      }),
    ),
    fc
      .record({ messageId, unsubscriptions: fc.array(topic, { minLength: 1, maxLength: 5 }) })
      .map((one): Packet => ({ cmd: 'unsubscribe', ...one })),
    fc
      .tuple(fc.constantFrom('puback', 'pubrec', 'pubrel', 'pubcomp', 'unsuback'), messageId)
      .map(([cmd, id]) => ({ cmd, messageId: id }) as Packet),
    fc.constantFrom<Packet>({ cmd: 'pingreq' }, { cmd: 'pingresp' }, { cmd: 'disconnect' }),
    fc.constant(connectPacket(session)),
  );
}

type Mutation =
  | { kind: 'flip'; at: number; to: number }
  | { kind: 'cut'; at: number }
  | { kind: 'insert'; at: number; bytes: Uint8Array }
  | { kind: 'double' }
  | { kind: 'length'; to: number[] };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    kind: fc.constant('flip' as const),
    at: place,
    to: fc.integer({ min: 0, max: 255 }),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }),
  }),
  fc.record({ kind: fc.constant('double' as const) }),
  fc.record({
    kind: fc.constant('length' as const),
    to: fc.constantFrom<number[]>(
      [0],
      [1],
      [0x7f],
      [0xff, 0x7f],
      [0xff, 0xff, 0xff, 0x7f],
      [255, 255, 255, 255, 1],
    ),
  }),
);

function mutate(bytes: Buffer, mutation: Mutation): Buffer {
  const index = 'at' in mutation ? Math.floor(mutation.at * bytes.length) : 0;
  switch (mutation.kind) {
    case 'flip': {
      const copy = Buffer.from(bytes);
      copy[index % copy.length] = mutation.to;
      return copy;
    }
    case 'cut':
      return bytes.subarray(0, index);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, index), mutation.bytes, bytes.subarray(index)]);
    case 'double':
      return Buffer.concat([bytes, bytes]);
    case 'length':
      return Buffer.concat([bytes.subarray(0, 1), Buffer.from(mutation.to), bytes.subarray(2)]);
  }
}

function encode(packet: Packet): Buffer {
  try {
    return packetBytes(packet);
  } catch {
    // What the library will not write is written by the mutations.
    return Buffer.from([0x30, 2, 0, 0]);
  }
}

const PACKETS = 10_000;
const PER_CONNECTION = 20;
const AT_ONCE = 8;

test('ten thousand mutated packets leave the server up, the others undisturbed and nothing stored', async () => {
  const { usher, reaches } = await startBoth();
  const pair = await makePair(usher);
  const calm = await timeMany(pair, 60);
  const session = await startSession(usher, { customer: { id: 'hostile' } });
  const samples = fc.sample(
    fc.tuple(validPackets(session), fc.array(mutations, { maxLength: 3 })),
    {
      numRuns: PACKETS,
      seed: 20_261_121,
    },
  );
  const bytes = samples.map(([packet, changes]) => changes.reduce(mutate, encode(packet)));
  const until = Date.now() + 45_000;
  let [sent, next] = [0, 0];
  const attack = async (): Promise<void> => {
    while (next < bytes.length && Date.now() < until) {
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
  const during: number[] = [];
  while (!over) {
    during.push(await pair.time());
    await sleep(PACE_MS);
  }
  await attacks;
  expect(sent).toBe(PACKETS);
  expectUndisturbed(
    calm,
    during.toSorted((a, b) => a - b),
  );
  expect((await usher.call('GET', '/livez', { token: null })).status).toBe(200);
  // None of the packets said anything: close, typing, marks and questions only.
  const { rows } = await usher.database.pool.query(
    `select k.external_id as who, count(*)::integer as said from message m join conversation c using (workspace_id, conversation_id)
    join contact k using (workspace_id, contact_id) group by 1`,
  );
  expect(rows).toEqual([{ who: 'healthy', said: 1 + calm.length + during.length }]);
  const [only, ...others] = await usher.conversations();
  expect([only?.state, others]).toEqual(['assigned', []]);
}, 120_000);

test('what announces or holds too much ends its connection before it is kept', async () => {
  const { usher, reaches } = await startBoth();
  const session = await startSession(usher);
  const { sessionTopic } = session;
  const big: Buffer[] = [
    // Remaining lengths of 256 MB and of five digits.
    Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]),
    Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]),
    encode({ ...publishOf(`${sessionTopic}/server/messages`), payload: 'x'.repeat(80_000) }),
    encode(publishOf('a/'.repeat(5000))),
    encode(publishOf('a'.repeat(60_000))),
    encode({ ...publishOf('server/sessions/request'), payload: '\u0000'.repeat(70_000) }),
  ];
  for (const reach of reaches) {
    for (const bytes of big) {
      const raw = await openRaw(reach);
      raw.send(packetBytes(connectPacket(session)));
      await eventually(raw.received, (n) => n >= 4);
      raw.send(bytes);
      await Promise.race([raw.closed, sleep(5000)]);
      expect(raw.isClosed(), `${reach.kind} ${bytes.subarray(0, 8).toString('hex')}`).toBe(true);
    }
    // Before anybody has said who they are, as well.
    const early = await openRaw(reach);
    early.send(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    await Promise.race([early.closed, sleep(5000)]);
    expect(early.isClosed()).toBe(true);
  }
  expect(await usher.conversations()).toEqual([]);
}, 60_000);

const publishOf = (topic: string): Packet & { cmd: 'publish' } => ({
  ...{ cmd: 'publish', topic, payload: '{}', qos: 1, messageId: 1, retain: false, dup: false },
});

test('hundreds of sockets that never say who they are, or only half, are closed; others get in meanwhile', async () => {
  const { usher, reaches } = await startBoth();
  const pair = await makePair(usher);
  const calm = await timeMany(pair, 40);
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
  const [during] = await Promise.all([timeMany(pair, 60), flood()]);
  expectUndisturbed(calm, during ?? []);
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
  const calm = await timeMany(pair, 40);
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
  const during: number[] = [];
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
  const flooding = flood();
  while (!over) {
    during.push(await pair.time());
    peak = Math.max(peak, process.memoryUsage().rss);
    await sleep(PACE_MS);
  }
  await flooding;
  expectUndisturbed(
    calm,
    during.toSorted((a, b) => a - b),
  );
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
  const { usher } = await startBoth();
  const session = await startSession(usher, { customer: { id: 'loud' } });
  const tabs = await Promise.all(
    ['a', 'b', 'c'].map((clientId) => connectWeb({ ...session.mqtt, clientId })),
  );
  for (let n = 0; n < 63; n += 1) {
    const tab = tabs[n % 3] as WebClient;
    if (tab.isClosed()) continue;
    tab.mqtt.publish(`${session.sessionTopic}/server/messages`, `{"content":"${n}"}`, { qos: 1 });
  }
  for (const tab of tabs) await eventually(tab.isClosed, (is) => is, 5000);
  const again = await connectWeb({ ...session.mqtt, clientId: 'd' });
  again.mqtt.publish(`${session.sessionTopic}/server/messages`, '{"content":"x"}', { qos: 1 });
  await eventually(again.isClosed, (is) => is, 5000);
  const { rows } = await usher.database.pool.query('select count(*)::integer as n from message');
  expect(rows).toEqual([{ n: 20 }]);
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
