// Keeps a connection to the broker alive: reconnects after a loss, and subscribes again.
import { connectMqtt, type MqttConnection, MqttRefused } from './connect-mqtt.ts';
import type { Qos, Will } from './mqtt-packets.ts';
import { type Hindrance, hindranceOf, retryDelay } from './retry-delay.ts';
import { pageTimers, type Timers } from './timers.ts';

export interface Credentials {
  url: string;
  clientId: string;
  username: string;
  password: string;
}

export type LinkState =
  | { kind: 'connecting' }
  /** `refused`: filters that the broker did not grant. */
  | { kind: 'online'; refused: string[] }
  /** `code`: the broker's refusal; 4 and 5 mean that the credentials no longer hold. */
  | { kind: 'offline'; retryInMs: number; code: number | null };

export interface LinkOptions {
  /**
   * Asked before every attempt, so that they may be renewed. Rejects with `NotNow` where the server has
   * answered, as it judges by the status; any other rejection means that nobody is there, and is cheaper than an attempt: browsers
   * hold back WebSockets to whom many have failed.
   */
  credentials(): Promise<Credentials>;
  /** Nobody looks, and nobody has to hear anything. */
  mayWait?(): boolean;
  filters: string[];
  will?: Will | undefined;
  keepAliveSeconds: number;
  /** Absent: those of the page. */
  timers?: Timers | undefined;
  /** Must not throw. */
  onMessage(topic: string, payloadText: string): void;
  /** After `online` the screens fetch what was missed meanwhile. */
  onState(state: LinkState): void;
}

/** The server answered, and gives no credentials now. */
export class NotNow extends Error {
  readonly status: number;
  /** How long it asked to wait; 0: not. */
  readonly retryAfterMs: number;
  constructor({ status, retryAfterMs }: { status: number; retryAfterMs: number }) {
    super(`No credentials now (${status}).`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface Link {
  /** Rejects when there is no connection: what must not be lost is sent again after `online`. */
  publish(topic: string, payload: string, qos: Qos): Promise<void>;
  /** After every reconnect too, from now on. */
  subscribe(filters: string[]): Promise<number[]>;
  /** To be called when the network is back, or somebody waits: tries at once, and soon again. */
  hurry(): void;
  close(): void;
}

export function keepConnected(options: LinkOptions): Link {
  const filters = new Set(options.filters);
  const { timers = pageTimers } = options;
  let connection: MqttConnection | null = null;
  let stopWaiting = () => {};
  let [closed, busy, failures] = [false, false, 0];

  function lose(error: unknown): void {
    connection = null;
    if (closed) return;
    const retryInMs = delayAfter(error, failures++, options.mayWait?.() ?? false);
    stopWaiting = timers.after(retryInMs, () => void attempt());
    options.onState({ kind: 'offline', retryInMs, code: readCode(error) });
  }

  async function open(): Promise<void> {
    const opened = await connectMqtt({
      ...options,
      ...(await options.credentials()),
      onMessage: (topic, payload) => closed || options.onMessage(topic, payload),
      // Before it counts as ours, a failing subscription tells the same.
      onClose: () => connection === opened && lose(null),
    });
    const refused = closed ? [] : await listen(opened, [...filters]);
    if (closed) return opened.close();
    connection = opened;
    failures = 0;
    options.onState({ kind: 'online', refused });
  }

  async function attempt(): Promise<void> {
    if (closed || busy || connection !== null) return;
    busy = true;
    stopWaiting();
    options.onState({ kind: 'connecting' });
    await open().then(undefined, lose);
    busy = false;
  }

  void attempt();
  return {
    publish: async (topic, payload, qos) => {
      if (connection === null) throw new Error('There is no connection.');
      await connection.publish(topic, payload, qos);
    },
    subscribe: async (more) => {
      for (const filter of more) filters.add(filter);
      return connection === null ? [] : connection.subscribe(more);
    },
    hurry: () => {
      failures = 0;
      void attempt();
    },
    close: () => {
      closed = true;
      stopWaiting();
      connection?.close();
      connection = null;
    },
  };
}

/** The filters that the broker does not grant. */
async function listen(opened: MqttConnection, wanted: string[]): Promise<string[]> {
  const granted = await opened.subscribe(wanted).catch(closing(opened));
  return wanted.filter((_, at) => granted[at] === 128);
}

function delayAfter(error: unknown, failuresBefore: number, mayWait: boolean): number {
  const hindrance = judge(error);
  const askedMs = error instanceof NotNow ? error.retryAfterMs : 0;
  return retryDelay(failuresBefore, { hindrance, mayWait, chance: Math.random(), askedMs });
}

const UNAVAILABLE = 3;

function judge(error: unknown): Hindrance {
  if (error instanceof MqttRefused) return error.code === UNAVAILABLE ? 'busy' : 'refused';
  return error instanceof NotNow ? hindranceOf(error.status) : 'away';
}

function readCode(error: unknown): number | null {
  return error instanceof MqttRefused ? error.code : null;
}

function closing(connection: MqttConnection): (error: unknown) => never {
  return (error) => {
    connection.close();
    throw error;
  };
}
