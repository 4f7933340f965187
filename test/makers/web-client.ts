// A client of web chat as a page or an agent's program is: over MQTT and the calls at the root.
import mqtt, { type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import type { WebSessionInfo } from '../../src/contract/webchat.ts';
import { type Call, eventually } from './start-test-usher.ts';

const REFUSED = 128;

/** What stands behind the doors: an Usher in this process, or in one of its own. */
type Called = { call: Call };

export interface Heard {
  topic: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever came, as tests look into it
  body: any;
}

export interface WebClient {
  mqtt: MqttClient;
  heard: Heard[];
  say(topic: string, body: unknown, qos?: 0 | 1): Promise<void>;
  /** The granted codes, in order: 128 is a refusal. */
  listen(...filters: string[]): Promise<number[]>;
  /** Waits for something on a topic that fits; fails with all that came, and whether it was cut off. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  hears(topic: string, fits?: (body: any) => boolean, withinMs?: number): Promise<any>;
  isClosed(): boolean;
  close(): Promise<void>;
}

export interface Login {
  url: string;
  clientId?: string;
  username?: string;
  password?: string;
  will?: { topic: string; payload: string; qos: 0 | 1; retain: boolean };
  /** Of the request for the WebSocket. */
  headers?: Record<string, string>;
}

/** Rejects with the broker's refusal. */
export async function connectWeb(login: Login): Promise<WebClient> {
  const { url, will, headers = {}, ...rest } = login;
  const client = mqtt.connect(url, {
    ...rest,
    ...(will && { will: { ...will, payload: Buffer.from(will.payload) } }),
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: 10_000,
    wsOptions: { headers },
  });
  await entered(client);
  const heard: Heard[] = [];
  let closed = false;
  client.on('close', () => {
    closed = true;
  });
  client.on('message', (topic, payload) => {
    heard.push({ topic, body: JSON.parse(payload.toString()) });
  });
  const close = async (): Promise<void> => {
    await client.endAsync(true).catch(() => {});
  };
  onTestFinished(close);
  return {
    mqtt: client,
    heard,
    say: async (topic, body, qos = 1) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      await client.publishAsync(topic, text, { qos });
    },
    listen: async (...filters) => {
      // A refusal is told as an error that carries the answer.
      const answer = await new Promise<number[]>((resolve, reject) => {
        client.subscribe(filters, { qos: 1 }, (error, granted) => {
          const refused = error as (Error & { packet?: { granted?: number[] } }) | null;
          if (refused?.packet?.granted !== undefined) resolve(refused.packet.granted);
          else if (error) reject(error);
          else resolve((granted ?? []).map(({ qos }) => qos));
        });
      });
      return answer;
    },
    hears: async (topic, fits = () => true, withinMs = 30_000) => {
      const found = await eventually(
        () => {
          const one = heard.find((each) => each.topic === topic && fits(each.body));
          return { one, closed, heard };
        },
        ({ one }) => one !== undefined,
        withinMs,
      );
      return (found.one as Heard).body;
    },
    isClosed: () => closed,
    close,
  };
}

/** Some brokers refuse by a code, others by hanging up. */
function entered(client: MqttClient): Promise<void> {
  client.on('error', () => {});
  return new Promise((resolve, reject) => {
    const stopListening = () => {
      client.off('connect', onConnect).off('error', onRefusal).off('close', onClose);
    };
    const onConnect = () => {
      stopListening();
      resolve();
    };
    const onRefusal = (error: Error) => {
      stopListening();
      reject(error);
      client.end(true);
    };
    const onClose = () => onRefusal(new Error('Connection refused: closed without an answer'));
    client.on('connect', onConnect).on('error', onRefusal).on('close', onClose);
  });
}

export interface SessionAnswer {
  sessionId: string;
  keepAliveTTL: number;
  sessionTopic: string;
  customerId: string;
  visitorKey: string | null;
  mqtt: { url: string; clientId: string; username: string; password: string; baseTopic: string };
}

/** POST /session, which must answer 200. */
export async function startSession(usher: Called, body?: unknown): Promise<SessionAnswer> {
  const answer = await usher.call('POST', '/session', { body, token: null });
  if (answer.status !== 200) throw new Error(`POST /session: ${answer.status} ${answer.text}`);
  return answer.body as SessionAnswer;
}

/** Of what everybody may hear who stands where the client does. */
async function hear(client: WebClient, ...filters: string[]): Promise<void> {
  const granted = await client.listen(...filters);
  const refused = filters.filter((_, index) => granted[index] === REFUSED);
  if (refused.length > 0) throw new Error(`The broker refuses ${refused.join(', ')}`);
}

export type VisitorClient = WebClient & { session: SessionAnswer };

/** A visitor who listens to everything that is theirs. */
export async function connectVisitor(usher: Called, body?: unknown): Promise<VisitorClient> {
  const session = await startSession(usher, body);
  const client = await connectWeb(session.mqtt);
  const { customerId, sessionTopic } = session;
  await hear(
    client,
    `client/sessions/${customerId}/+`,
    ...['client/control', 'messages', 'messages/viewed', 'typing'].map(
      (end) => `${sessionTopic}/${end}`,
    ),
  );
  return Object.assign(client, { session });
}

export type AgentClient = WebClient & {
  agentId: string;
  token: string;
  beat(): Promise<void>;
  /** A sign of life as the back office sends it. */
  renew(): Promise<void>;
  /** Waits for an assignment that fits, and listens to its session. */
  receives(fits?: (session: WebSessionInfo) => boolean): Promise<WebSessionInfo>;
};

/** An agent of the default workspace with a client of their own. */
export async function connectAgent(
  usher: Called,
  options: {
    name?: string;
    capacity?: number;
    role?: string;
    agentId?: string;
    /** Another node of the broker than the one that is told. */
    url?: string | undefined;
  } = {},
): Promise<AgentClient> {
  const { name = 'Ana', capacity = 3, role = 'agent' } = options;
  const agentId =
    options.agentId ??
    (
      (await usher.call('POST', '/api/v1/agents', { body: { name, capacity, role } })).body as {
        id: string;
      }
    ).id;
  const made = await usher.call('POST', '/api/v1/tokens', { body: { name, role, agentId } });
  const { token } = made.body as { token: string };
  const { body } = await usher.call('POST', '/api/v1/session/mqtt', { token, body: {} });
  const login = body as Login;
  const client = await connectWeb({ ...login, url: options.url ?? login.url });
  await hear(
    client,
    `client/attendants/assign/${agentId}`,
    `client/attendants/control/${agentId}`,
    `client/agents/${agentId}/changes`,
    `client/agents/${agentId}/typing`,
  );
  return Object.assign(client, {
    agentId,
    token,
    beat: () => client.say('server/attendants/online', { attendantInfo: { id: agentId, name } }),
    renew: () => {
      const said = { attendantInfo: { id: agentId, name }, renews: true };
      return client.say('server/attendants/online', said);
    },
    receives: async (fits?: (session: WebSessionInfo) => boolean) => {
      const topic = `client/attendants/assign/${agentId}`;
      const session = (await client.hears(topic, fits)) as WebSessionInfo;
      const ends = ['client/control', 'messages', 'messages/viewed', 'typing'];
      await hear(client, ...ends.map((end) => `${session.sessionTopic}/${end}`));
      return session;
    },
  });
}
