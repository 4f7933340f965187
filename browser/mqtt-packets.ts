// The packets of MQTT 3.1.1 that a client sends and gets, as values; QoS 2 is not spoken.
import {
  decodeStrictText,
  decodeText,
  encodeText,
  framePacket,
  writeText,
  writeUint16,
} from './mqtt-bytes.ts';

export type Qos = 0 | 1;

export interface Will {
  topic: string;
  payload: string;
  qos: Qos;
}

export interface ConnectPacket {
  clientId: string;
  username: string;
  password: string;
  keepAliveSeconds: number;
  will?: Will | undefined;
}

export type ReceivedPacket =
  | { kind: 'connack'; code: number }
  | { kind: 'publish'; topic: string; payload: string; qos: Qos; packetId: number | null }
  | { kind: 'puback'; packetId: number }
  | { kind: 'suback'; packetId: number; granted: number[] }
  | { kind: 'pingresp' };

/** Always a clean session: what was missed is fetched by its number, not kept by the broker. */
export function encodeConnect(packet: ConnectPacket): Uint8Array<ArrayBuffer> {
  const { clientId, username, password, keepAliveSeconds, will } = packet;
  const willFlags = will === undefined ? 0 : 0x04 | (will.qos << 3);
  return framePacket(0x10, [
    writeText('MQTT'),
    Uint8Array.of(4, 0x80 | 0x40 | 0x02 | willFlags),
    writeUint16(keepAliveSeconds),
    writeText(clientId),
    ...(will === undefined ? [] : [writeText(will.topic), writeText(will.payload)]),
    writeText(username),
    writeText(password),
  ]);
}

/** `packetId` is not sent at QoS 0. */
export function encodePublish(packet: {
  topic: string;
  payload: string;
  qos: Qos;
  packetId: number;
}): Uint8Array<ArrayBuffer> {
  const { topic, payload, qos, packetId } = packet;
  const id = qos === 0 ? [] : [writeUint16(packetId)];
  return framePacket(0x30 | (qos << 1), [writeText(topic), ...id, encodeText(payload)]);
}

/** Asks for QoS 1 on every filter; the broker sends each message as it was published. */
export function encodeSubscribe(packetId: number, filters: string[]): Uint8Array<ArrayBuffer> {
  const wanted = filters.flatMap((filter) => [writeText(filter), Uint8Array.of(1)]);
  return framePacket(0x82, [writeUint16(packetId), ...wanted]);
}

export function encodePuback(packetId: number): Uint8Array<ArrayBuffer> {
  return framePacket(0x40, [writeUint16(packetId)]);
}

export const PINGREQ = Uint8Array.of(0xc0, 0);
export const DISCONNECT = Uint8Array.of(0xe0, 0);

/** null: not a packet that a server may send to us. `body` is all after the fixed header. */
export function decodePacket(kindAndFlags: number, body: Uint8Array): ReceivedPacket | null {
  if (kindAndFlags >> 4 === 3) return decodePublish(kindAndFlags, body);
  switch (kindAndFlags) {
    case 0x20:
      return body.length === 2 && (body[0] ?? 2) <= 1
        ? { kind: 'connack', code: body[1] ?? 0 }
        : null;
    case 0x40:
      return body.length === 2 ? { kind: 'puback', packetId: readUint16(body, 0) } : null;
    case 0x90:
      return decodeSuback(body);
    case 0xd0:
      return body.length === 0 ? { kind: 'pingresp' } : null;
    default:
      return null;
  }
}

function decodePublish(kindAndFlags: number, body: Uint8Array): ReceivedPacket | null {
  const qos = (kindAndFlags >> 1) & 3;
  if (qos > 1 || body.length < 2) return null;
  const topicEnd = 2 + readUint16(body, 0);
  const payloadAt = topicEnd + (qos === 1 ? 2 : 0);
  if (body.length < payloadAt) return null;
  const topic = decodeStrictText(body.subarray(2, topicEnd));
  if (topic === null || topic === '') return null;
  const packetId = qos === 1 ? readUint16(body, topicEnd) : null;
  if (packetId === 0) return null;
  const payload = decodeText(body.subarray(payloadAt));
  return { kind: 'publish', topic, payload, qos: qos as Qos, packetId };
}

function decodeSuback(body: Uint8Array): ReceivedPacket | null {
  if (body.length < 3) return null;
  const granted = [...body.subarray(2)];
  if (granted.some((code) => code > 2 && code !== 128)) return null;
  return { kind: 'suback', packetId: readUint16(body, 0), granted };
}

function readUint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
