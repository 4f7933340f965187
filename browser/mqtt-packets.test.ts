// The codec against another implementation of it, and against bytes that mean harm.
import fc from 'fast-check';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import {
  encodeConnect,
  encodePuback,
  encodePublish,
  encodeSubscribe,
  type ReceivedPacket,
} from './mqtt-packets.ts';
import { MAX_PACKET_BYTES, makePacketReader } from './mqtt-reader.ts';

const text = fc
  .string({ unit: 'grapheme', maxLength: 200 })
  .filter((value) => !value.includes('\0'));
const topic = text.filter((value) => value !== '' && !/[+#]/.test(value));
const packetId = fc.integer({ min: 1, max: 65_535 });
const qos = fc.constantFrom<0 | 1>(0, 1);

function parseElsewhere(bytes: Uint8Array): Packet | undefined {
  let parsed: Packet | undefined;
  const parser = mqttPacket.parser();
  parser.on('packet', (packet) => {
    parsed = packet;
  });
  parser.on('error', (error) => {
    throw error;
  });
  expect(parser.parse(Buffer.from(bytes))).toBe(0);
  return parsed;
}

/** Reads the bytes in pieces that end at the given places. */
function readInPieces(bytes: Uint8Array, cuts: number[]) {
  const reader = makePacketReader();
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
  places.sort((a, b) => a - b);
  const results = places
    .slice(1)
    .map((end, index) => reader.read(bytes.subarray(places[index], end)));
  return {
    packets: results.flatMap(({ packets }) => packets),
    fault: results.at(-1)?.fault ?? null,
  };
}

test('others understand how we connect', () => {
  const will = fc.option(fc.record({ topic, payload: text, qos }), { nil: undefined });
  const keepAliveSeconds = fc.integer({ min: 0, max: 65_535 });
  const clientId = topic;
  const packets = fc.record({ clientId, username: text, password: text, keepAliveSeconds, will });
  fc.assert(
    fc.property(packets, (packet) => {
      const parsed = parseElsewhere(encodeConnect(packet)) as unknown as Record<string, unknown>;
      expect(parsed).toMatchObject({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        clientId: packet.clientId,
        username: packet.username,
        keepalive: packet.keepAliveSeconds,
      });
      expect(String(parsed.password)).toBe(packet.password);
      const seen = parsed.will as { topic: string; payload: Buffer; qos: number } | undefined;
      expect(seen && { ...seen, payload: String(seen.payload) }).toEqual(
        packet.will && { ...packet.will, retain: false },
      );
    }),
  );
});

test('others understand what we publish, subscribe and acknowledge', () => {
  const packets = fc.record({ topic, payload: text, qos, packetId });
  fc.assert(
    fc.property(packets, fc.array(topic, { minLength: 1 }), (packet, filters) => {
      const published = parseElsewhere(encodePublish(packet));
      const { topic, qos, payload, packetId } = packet;
      expect(published).toMatchObject({ cmd: 'publish', topic, qos, retain: false, dup: false });
      expect(String((published as { payload: Buffer }).payload)).toBe(payload);
      if (qos === 1) expect(published).toMatchObject({ messageId: packetId });
      expect(parseElsewhere(encodeSubscribe(packetId, filters))).toMatchObject({
        cmd: 'subscribe',
        messageId: packetId,
        subscriptions: filters.map((filter) => ({ topic: filter, qos: 1 })),
      });
      expect(parseElsewhere(encodePuback(packetId))).toMatchObject({
        cmd: 'puback',
        messageId: packetId,
      });
    }),
  );
});

type Pair = { wire: Buffer; packet: ReceivedPacket };

const received: fc.Arbitrary<Pair> = fc.oneof(
  fc.record({ topic, payload: text, qos, packetId }).map(({ topic, payload, qos, packetId }) => ({
    wire: mqttPacket.generate({
      cmd: 'publish',
      topic,
      payload,
      qos,
      messageId: packetId,
      retain: false,
      dup: false,
    }),
    packet: {
      kind: 'publish' as const,
      topic,
      payload,
      qos,
      packetId: qos === 1 ? packetId : null,
    },
  })),
  packetId.map((id) => ({
    wire: mqttPacket.generate({ cmd: 'puback', messageId: id }),
    packet: { kind: 'puback' as const, packetId: id },
  })),
  fc
    .tuple(packetId, fc.array(fc.constantFrom(0, 1, 2, 128), { minLength: 1 }))
    .map(([id, granted]) => ({
      wire: mqttPacket.generate({ cmd: 'suback', messageId: id, granted }),
      packet: { kind: 'suback' as const, packetId: id, granted },
    })),
  fc.integer({ min: 0, max: 5 }).map((code) => ({
    wire: mqttPacket.generate({ cmd: 'connack', returnCode: code, sessionPresent: false }),
    packet: { kind: 'connack' as const, code },
  })),
  fc.constant({
    wire: mqttPacket.generate({ cmd: 'pingresp' }),
    packet: { kind: 'pingresp' as const },
  }),
);

test('we understand others, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(received), fc.array(fc.nat()), (pairs, cuts) => {
      const bytes = Buffer.concat(pairs.map(({ wire }) => wire));
      expect(readInPieces(bytes, cuts)).toEqual({
        packets: pairs.map(({ packet }) => packet),
        fault: null,
      });
    }),
  );
});

test('whatever bytes come, in whatever pieces, reading never throws and reads the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat()), (bytes, cuts) => {
      expect(readInPieces(bytes, cuts)).toEqual(readInPieces(bytes, []));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['a length that never ends', [0x30, 0x80, 0x80, 0x80, 0x80], 'malformed length'],
  ['a packet of 256 MiB', [0x30, 0xff, 0xff, 0xff, 0x7f], 'packet too large'],
  ['a message at QoS 2', [0x34, 7, 0, 1, 0x61, 0, 1, 0x78, 0x79], 'malformed packet'],
  ['a topic longer than its packet', [0x30, 4, 0xff, 0xff, 0x61, 0x62], 'malformed packet'],
  ['a topic that is not UTF-8', [0x30, 4, 0, 2, 0xc3, 0x28], 'malformed packet'],
  ['a message without a topic', [0x30, 2, 0, 0], 'malformed packet'],
  ['packet id 0', [0x32, 5, 0, 1, 0x61, 0, 0], 'malformed packet'],
])('%s is a fault, and nothing is read after it', (_what, bytes, fault) => {
  const reader = makePacketReader();
  expect(reader.read(Uint8Array.from(bytes))).toEqual({ packets: [], fault });
  expect(reader.read(Uint8Array.of(0xd0, 0))).toEqual({ packets: [], fault });
});

test('the largest packet that is taken is taken', () => {
  const payload = 'x'.repeat(MAX_PACKET_BYTES - 3);
  const bytes = encodePublish({ topic: 'a', payload, qos: 0, packetId: 0 });
  expect(makePacketReader().read(bytes).packets).toHaveLength(1);
});
