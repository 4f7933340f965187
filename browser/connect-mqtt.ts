// One connection to the broker: a small MQTT 3.1.1 client over WebSocket, for the browser.
import {
  type ConnectPacket,
  DISCONNECT,
  encodeConnect,
  encodePuback,
  encodePublish,
  encodeSubscribe,
  PINGREQ,
  type Qos,
  type ReceivedPacket,
} from './mqtt-packets.ts';
import { makePacketReader } from './mqtt-reader.ts';
import { pageTimers, type Timers } from './timers.ts';

export interface MqttOptions extends ConnectPacket {
  url: string;
  /** Absent: those of the page. */
  timers?: Timers | undefined;
  /** Must not throw. */
  onMessage(topic: string, payloadText: string): void;
  /** Once, when an accepted connection has ended for whatever reason, `close` included. */
  onClose(reason: string): void;
}

export interface MqttConnection {
  /** QoS 0: resolves at once. QoS 1: when the broker has it. Rejects when the connection ends. */
  publish(topic: string, payload: string, qos: Qos): Promise<void>;
  /** What was granted, filter by filter: 0, 1, or 128 for refused. */
  subscribe(filters: string[]): Promise<number[]>;
  close(): void;
}

/** Rejects with `MqttRefused`, or with another error when there is nobody to refuse. */
export function connectMqtt(options: MqttOptions): Promise<MqttConnection> {
  return new Promise((resolve, reject) => {
    const connection = new OpenConnection(options, () => resolve(connection), reject);
  });
}

/** `code` is the broker's: 1 version, 2 client id, 3 unavailable, 4 credentials, 5 not allowed. */
export class MqttRefused extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`The broker refused the connection (${code}).`);
    this.code = code;
  }
}

const CONNECT_TIMEOUT_MS = 15_000;

interface Waiter {
  /** How many filters the answer must name; none to a publish. */
  answers: number;
  resolve(granted: number[]): void;
  reject(error: Error): void;
}

/** Holds the socket, what is asked and not yet answered, and the timers. */
class OpenConnection implements MqttConnection {
  #state: 'connecting' | 'open' | 'ended' = 'connecting';
  #inFlight = new Map<number, Waiter>();
  #lastPacketId = 0;
  #answered = true;
  #stopPings = () => {};
  #timer: ReturnType<typeof setTimeout>;
  #socket: WebSocket;
  #options: MqttOptions;
  #onAccepted: () => void;
  #onFailed: (error: Error) => void;

  constructor(options: MqttOptions, onAccepted: () => void, onFailed: (error: Error) => void) {
    this.#options = options;
    this.#onAccepted = onAccepted;
    this.#onFailed = onFailed;
    const hello = encodeConnect(options);
    const reader = makePacketReader();
    const socket = new WebSocket(options.url, 'mqtt');
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#end('timeout'), CONNECT_TIMEOUT_MS);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => socket.send(hello);
    socket.onclose = () => this.#end('lost');
    socket.onerror = () => this.#end('lost');
    socket.onmessage = ({ data }) => {
      // Text is no packet: read as bytes it is a fault at once.
      const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : Uint8Array.of(0, 0);
      const { packets, fault } = reader.read(bytes);
      for (const packet of packets) if (this.#state !== 'ended') this.#take(packet);
      if (fault !== null) this.#end('protocol');
    };
  }

  async publish(topic: string, payload: string, qos: Qos): Promise<void> {
    if (qos === 1) {
      await this.#ask(0, (packetId) => encodePublish({ topic, payload, qos, packetId }));
      return;
    }
    if (!this.#isOpen()) throw new Error('There is no connection.');
    this.#socket.send(encodePublish({ topic, payload, qos, packetId: 0 }));
  }

  async subscribe(filters: string[]): Promise<number[]> {
    if (filters.length === 0) return [];
    return this.#ask(filters.length, (packetId) => encodeSubscribe(packetId, filters));
  }

  close(): void {
    if (this.#isOpen()) this.#socket.send(DISCONNECT);
    this.#end('closed');
  }

  #isOpen(): boolean {
    return this.#state === 'open' && this.#socket.readyState === WebSocket.OPEN;
  }

  #ask(answers: number, encode: (packetId: number) => Uint8Array<ArrayBuffer>): Promise<number[]> {
    return new Promise((resolve, reject) => {
      if (!this.#isOpen()) return reject(new Error('There is no connection.'));
      do this.#lastPacketId = (this.#lastPacketId % 65_535) + 1;
      while (this.#inFlight.has(this.#lastPacketId));
      const packet = encode(this.#lastPacketId);
      this.#inFlight.set(this.#lastPacketId, { answers, resolve, reject });
      this.#socket.send(packet);
    });
  }

  #take(packet: ReceivedPacket): void {
    // Only the first packet is the answer to our hello, and it is never anything else.
    if ((packet.kind === 'connack') !== (this.#state === 'connecting')) this.#end('protocol');
    else if (packet.kind === 'connack') this.#judge(packet.code);
    else {
      this.#answered = true;
      if (packet.kind === 'publish') this.#deliver(packet);
      if (packet.kind === 'puback') this.#settle(packet.packetId, []);
      if (packet.kind === 'suback') this.#settle(packet.packetId, packet.granted);
    }
  }

  #judge(code: number): void {
    if (code === 0) this.#accept();
    else this.#end('refused', new MqttRefused(code));
  }

  #accept(): void {
    this.#state = 'open';
    clearTimeout(this.#timer);
    // Two thirds of the time within which the broker must hear something (section 3.1.2.10).
    const everyMs = (this.#options.keepAliveSeconds * 2000) / 3;
    this.#stopPings = (this.#options.timers ?? pageTimers).every(everyMs, () => this.#ping());
    this.#onAccepted();
  }

  #deliver({ topic, payload, packetId }: ReceivedPacket & { kind: 'publish' }): void {
    this.#options.onMessage(topic, payload);
    if (packetId !== null && this.#isOpen()) this.#socket.send(encodePuback(packetId));
  }

  #ping(): void {
    // The answer to the last one has had a whole interval's time.
    if (!this.#answered) this.#end('keep-alive');
    this.#answered = false;
    if (this.#isOpen()) this.#socket.send(PINGREQ);
  }

  #settle(packetId: number, granted: number[]): void {
    const waiter = this.#inFlight.get(packetId);
    if (waiter?.answers !== granted.length) this.#end('protocol');
    this.#inFlight.delete(packetId);
    waiter?.resolve(granted);
  }

  #end(reason: string, error: Error = new Error(`The connection ended: ${reason}.`)): void {
    if (this.#state === 'ended') return;
    const wasOpen = this.#state === 'open';
    this.#state = 'ended';
    clearTimeout(this.#timer);
    this.#stopPings();
    this.#socket.close();
    for (const waiter of this.#inFlight.values()) waiter.reject(error);
    this.#inFlight.clear();
    if (wasOpen) this.#options.onClose(reason);
    else this.#onFailed(error);
  }
}
