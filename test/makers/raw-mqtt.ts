// Sockets that speak MQTT by bytes, well or badly: over WebSocket and over TCP.
import type { EventEmitter } from 'node:events';
import { connect } from 'node:net';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

export interface RawMqtt {
  send(bytes: Uint8Array): void;
  /** Nothing that comes is read from now on. */
  stopReading(): void;
  startReading(): void;
  isClosed(): boolean;
  closed: Promise<void>;
  /** How many bytes came. */
  received(): number;
  /** The first of them. */
  bytes(): Buffer;
  end(): void;
}

export type Reach = { kind: 'ws'; url: string } | { kind: 'tcp'; port: number };

export const packetBytes = (packet: Packet): Buffer => mqttPacket.generate(packet);

const KEPT = 100;

/** Resolves once it is open. */
export async function openRaw(reach: Reach): Promise<RawMqtt> {
  const raw = reach.kind === 'ws' ? await openWebSocket(reach.url) : await openTcp(reach.port);
  onTestFinished(() => raw.end());
  return raw;
}

async function openWebSocket(url: string): Promise<RawMqtt> {
  const socket = new WebSocket(url, 'mqtt');
  const watched = watch(socket, { arriving: 'message', opened: 'open' });
  await watched.opened;
  return {
    ...watched.raw,
    send: (data) => void (socket.readyState === socket.OPEN && socket.send(data, () => {})),
    end: () => socket.terminate(),
  };
}

async function openTcp(port: number): Promise<RawMqtt> {
  const socket = connect(port, '127.0.0.1');
  const watched = watch(socket, { arriving: 'data', opened: 'connect' });
  await watched.opened;
  return {
    ...watched.raw,
    send: (data) => void (socket.destroyed || socket.write(data)),
    end: () => void socket.destroy(),
  };
}

/** What is the same of both kinds, but for the names of what they tell. */
function watch(
  socket: EventEmitter & Pick<WebSocket, 'pause' | 'resume'>,
  names: { arriving: string; opened: string },
): { raw: Omit<RawMqtt, 'send' | 'end'>; opened: Promise<void> } {
  let [over, bytes, first] = [false, 0, Buffer.alloc(0)];
  socket.on(names.arriving, (data: Buffer) => {
    bytes += data.length;
    if (first.length < KEPT) first = Buffer.concat([first, data]);
  });
  const closed = new Promise<void>((done) =>
    socket.on('close', () => {
      over = true;
      done();
    }),
  );
  const opened = new Promise<void>((done, fail) => {
    socket.on(names.opened, () => done());
    // Listened to for good: what fails later is told by the closing.
    socket.on('error', fail);
  });
  return {
    opened,
    raw: {
      stopReading: () => void socket.pause(),
      startReading: () => void socket.resume(),
      isClosed: () => over,
      closed,
      received: () => bytes,
      bytes: () => first,
    },
  };
}
