// A visitor's or an agent's program that survives its server: it connects again, repeats what was not
// acknowledged, and fetches by number what it missed.
import { setTimeout as sleep } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';

export interface Login {
  clientId: string;
  username: string;
  password: string;
}

export interface Peer {
  /** Once the server has acknowledged it, however often it had to be sent. */
  say(topic: string, words: object): Promise<void>;
  /** Listens from now on, over every reconnection. Answers once it is granted. */
  listen(...filters: string[]): Promise<void>;
  /** As when a train enters a tunnel. */
  breakLink(): void;
  reconnects(): number;
  resends(): number;
  stop(): Promise<void>;
}

export interface PeerOptions {
  /** The server to go to next; a program goes to any that answers. */
  url(): string;
  login(): Promise<Login>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever came
  onMessage(topic: string, body: any): void;
  /** After every connection and its subscriptions: what was missed is fetched. */
  onConnected(): Promise<void>;
}

const ACK_WITHIN_MS = 3000;
const AGAIN_AFTER_MS = 50;

export function startPeer(options: PeerOptions): Peer {
  const filters = new Set<string>();
  let client: MqttClient | null = null;
  let [stopped, reconnects, resends] = [false, 0, 0];
  const enter = async (): Promise<void> => {
    const made = await openClient(options, filters);
    client = made;
    made.once('close', () => {
      if (client === made) client = null;
    });
    await options.onConnected();
  };
  const stay = async (): Promise<void> => {
    while (!stopped) {
      if (client === null || !client.connected) {
        await enter().then(
          () => {
            reconnects += 1;
          },
          () => sleep(AGAIN_AFTER_MS),
        );
      } else await sleep(20);
    }
  };
  const staying = stay();
  return {
    say: async (topic, words) => {
      const text = JSON.stringify(words);
      for (let times = 0; !stopped; times += 1) {
        const now = client;
        if (now?.connected) {
          if (times > 0) resends += 1;
          const answered = await within(now.publishAsync(topic, text, { qos: 1 })).then(
            () => true,
            () => false,
          );
          if (answered) return;
        }
        await sleep(AGAIN_AFTER_MS);
      }
    },
    listen: async (...wanted) => {
      const fresh = wanted.filter((one) => !filters.has(one));
      for (const filter of fresh) filters.add(filter);
      for (let granted = false; !granted && !stopped; ) {
        const now = client;
        granted =
          now !== null &&
          (await subscribe(now, fresh).then(
            () => true,
            () => false,
          ));
        if (!granted) await sleep(AGAIN_AFTER_MS);
      }
    },
    breakLink: () => client?.stream.destroy(),
    reconnects: () => Math.max(0, reconnects - 1),
    resends: () => resends,
    stop: async () => {
      stopped = true;
      client?.end(true);
      await staying;
    },
  };
}

/** Connected, and listening to everything that is wanted. */
async function openClient(options: PeerOptions, filters: Set<string>): Promise<MqttClient> {
  const client = mqtt.connect(`${options.url().replace('http', 'ws')}/mqtt`, {
    ...(await options.login()),
    clientId: crypto.randomUUID(),
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: 3000,
    keepalive: 30,
  });
  client.on('error', () => {});
  client.on('message', (topic, payload) =>
    options.onMessage(topic, JSON.parse(payload.toString())),
  );
  try {
    const connected = new Promise<void>((done, fail) => {
      client.once('connect', () => done());
      client.once('close', () => fail(new Error('closed')));
    });
    await within(connected);
    await subscribe(client, [...filters]);
  } catch (error) {
    client.end(true);
    throw error;
  }
  return client;
}

async function subscribe(client: MqttClient, wanted: readonly string[]): Promise<void> {
  if (wanted.length > 0) await within(client.subscribeAsync([...wanted], { qos: 1 }));
}

function within<T>(promise: Promise<T>): Promise<T> {
  return Promise.race([
    promise,
    sleep(ACK_WITHIN_MS).then(() => {
      throw new Error('no answer in time');
    }),
  ]);
}
