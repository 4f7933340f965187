// Thousands of visitors and agents, who do only what a measurement needs.
import { connectMqtt, type MqttConnection } from '../browser/connect-mqtt.ts';

export interface Party {
  publish(content: string): Promise<void>;
  connection: MqttConnection;
}

export interface Crowd {
  visitors: Party[];
  agents: MqttConnection[];
  /** Of what agents were shown: by content, when it came (performance.now). */
  arrived: Map<string, number>;
  /** Resolves once so many contents have come since the last time. */
  count(expected: number): Promise<void>;
  close(): void;
}

const AT_ONCE = 16;
const KEEP_ALIVE_SECONDS = 60;
export const TOKEN = 'bench-admin-token-0123456789';

export type Call = (
  method: string,
  path: string,
  body: unknown,
  token?: string,
) => Promise<unknown>;

export function caller(url: string): Call {
  let addresses = 0;
  return async (method, path, body, token) => {
    addresses += 1;
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        'content-type': 'application/json',
        // Sessions are limited by address; a crowd comes from many.
        'x-forwarded-for': `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
}

/** In parallel, a few at a time; answers in order. */
export async function inTurns<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = new Array(count);
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next++;
      made[index] = await make(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}

function makeCounter() {
  const arrived = new Map<string, number>();
  let wanted: { count: number; resolve: () => void } | null = null;
  return {
    arrived,
    take: (content: string) => {
      if (arrived.has(content)) return;
      arrived.set(content, performance.now());
      if (wanted !== null && arrived.size >= wanted.count) wanted.resolve();
    },
    count: (expected: number) =>
      new Promise<void>((resolve) => {
        if (arrived.size >= expected) resolve();
        else wanted = { count: expected, resolve };
      }),
  };
}

/** Every visitor talks with an agent, who listens. */
export async function gatherCrowd(
  url: string,
  { visitors, agents }: { visitors: number; agents: number },
): Promise<Crowd> {
  const call = caller(url);
  const counter = makeCounter();
  const capacity = Math.ceil(visitors / agents);
  const atWork = await inTurns(agents, (index) =>
    connectAgent(call, { name: `Agent ${index}`, capacity, take: counter.take }),
  );
  const parties = await inTurns(visitors, () => connectVisitor(call));
  await Promise.all(parties.map(({ ready }) => ready));
  return {
    visitors: parties,
    agents: atWork.map(({ connection }) => connection),
    ...counter,
    close: () => {
      for (const { beating, connection } of atWork) {
        clearInterval(beating);
        connection.close();
      }
      for (const { connection } of parties) connection.close();
    },
  };
}

interface Login {
  url: string;
  clientId: string;
  username: string;
  password: string;
}

async function connectAgent(
  call: Call,
  { name, capacity, take }: { name: string; capacity: number; take: (content: string) => void },
) {
  const { id } = (await call('POST', '/api/v1/agents', { name, capacity }, TOKEN)) as {
    id: string;
  };
  const body = { name, role: 'agent', agentId: id };
  const { token } = (await call('POST', '/api/v1/tokens', body, TOKEN)) as { token: string };
  const login = (await call('POST', '/api/v1/session/mqtt', {}, token)) as Login;
  const connection: MqttConnection = await connectMqtt({
    ...login,
    keepAliveSeconds: KEEP_ALIVE_SECONDS,
    onMessage: (topic, text) => {
      const body = JSON.parse(text) as { sessionTopic: string; message: { content: string } };
      if (topic.startsWith('client/attendants/assign/')) {
        void connection.subscribe([`${body.sessionTopic}/messages`]);
      } else if (topic.endsWith('/messages')) take(body.message.content);
    },
    onClose: () => {},
  });
  await connection.subscribe([`client/attendants/assign/${id}`]);
  const beat = () =>
    connection.publish('server/attendants/online', JSON.stringify({ attendantInfo: { id } }), 1);
  await beat();
  return { connection, beating: setInterval(() => beat().catch(() => {}), 10_000) };
}

async function connectVisitor(call: Call): Promise<Party & { ready: Promise<void> }> {
  const session = (await call('POST', '/session', {})) as {
    sessionTopic: string;
    customerId: string;
    mqtt: Login;
  };
  const { sessionTopic, customerId } = session;
  const assigned = Promise.withResolvers<void>();
  const connection = await connectMqtt({
    ...session.mqtt,
    keepAliveSeconds: KEEP_ALIVE_SECONDS,
    onMessage: (_topic, text) => {
      if (text.includes('"session/ready"')) assigned.resolve();
    },
    onClose: () => {},
  });
  await connection.subscribe([`${sessionTopic}/client/control`, `${sessionTopic}/messages`]);
  const wish = JSON.stringify({ customerId, requestID: 'r1' });
  await connection.publish('server/sessions/request', wish, 1);
  let said = 0;
  return {
    connection,
    ready: assigned.promise,
    publish: (content) => {
      said += 1;
      const body = JSON.stringify({ clientMessageId: `m${said}`, content });
      return connection.publish(`${sessionTopic}/server/messages`, body, 1);
    },
  };
}

/** The same crowd before a broker that only passes on: a topic for each visitor, an agent listening. */
export async function gatherBareCrowd(
  url: string,
  { visitors, agents }: { visitors: number; agents: number },
): Promise<Crowd> {
  const counter = makeCounter();
  const connect = (clientId: string, onMessage: (topic: string, text: string) => void) =>
    connectMqtt({
      url,
      clientId,
      username: 'bench',
      password: 'bench',
      keepAliveSeconds: KEEP_ALIVE_SECONDS,
      onMessage,
      onClose: () => {},
    });
  const atWork = await inTurns(agents, async (index) => {
    const connection = await connect(`agent-${index}`, (_topic, text) =>
      counter.take((JSON.parse(text) as { content: string }).content),
    );
    for (let one = index; one < visitors; one += agents)
      await connection.subscribe([`said/${one}`]);
    return connection;
  });
  const parties = await inTurns(visitors, async (index) => {
    const connection = await connect(`visitor-${index}`, () => {});
    // Usher echoes a visitor's message to the visitor, so this broker does too.
    await connection.subscribe([`said/${index}`]);
    let said = 0;
    return {
      connection,
      publish: (content: string) => {
        said += 1;
        const body = JSON.stringify({ clientMessageId: `m${said}`, content });
        return connection.publish(`said/${index}`, body, 1);
      },
    };
  });
  return {
    visitors: parties,
    agents: atWork,
    ...counter,
    close: () => {
      for (const connection of atWork) connection.close();
      for (const { connection } of parties) connection.close();
    },
  };
}
