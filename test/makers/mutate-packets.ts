// MQTT packets as a client might send them, and what can be done to their bytes.
import fc from 'fast-check';
import mqttPacket, { type Packet } from 'mqtt-packet';

/** As much of the answer of POST /session as a packet names. */
export interface PacketSession {
  sessionTopic: string;
  customerId: string;
  mqtt: { username: string; password: string };
}

/** So many, each with up to three changes of its bytes; the same for the same seed. */
export function mutatedPackets(session: PacketSession, count: number, seed: number): Buffer[] {
  const samples = fc.sample(
    fc.tuple(validPackets(session), fc.array(mutations, { maxLength: 3 })),
    { numRuns: count, seed },
  );
  return samples.map(([packet, changes]) => changes.reduce(mutate, encodePacket(packet)));
}

/** What announces or holds too much, of a client that is in. */
export function oversizePackets({ sessionTopic }: PacketSession): Buffer[] {
  return [
    // Remaining lengths of 256 MB and of five digits.
    Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]),
    Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]),
    encodePacket({ ...publishOf(`${sessionTopic}/server/messages`), payload: 'x'.repeat(80_000) }),
    encodePacket(publishOf('a/'.repeat(5000))),
    encodePacket(publishOf('a'.repeat(60_000))),
    encodePacket({ ...publishOf('server/sessions/request'), payload: '\u0000'.repeat(70_000) }),
  ];
}

const publishOf = (topic: string): Packet & { cmd: 'publish' } => ({
  ...{ cmd: 'publish', topic, payload: '{}', qos: 1, messageId: 1, retain: false, dup: false },
});

export const connectPacket = ({ mqtt }: PacketSession, more: object = {}): Packet => ({
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
function validPackets(session: PacketSession): fc.Arbitrary<Packet> {
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

export function encodePacket(packet: Packet): Buffer {
  try {
    return mqttPacket.generate(packet);
  } catch {
    // What the library will not write is written by the mutations.
    return Buffer.from([0x30, 2, 0, 0]);
  }
}
