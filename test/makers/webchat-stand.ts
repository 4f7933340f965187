// Where web chat can stand: Usher's own broker, or one beside it. The same stories are told of each.
import { setTimeout as sleep } from 'node:timers/promises';
import { startMosquitto } from './start-mosquitto.ts';
import type { RabbitCluster } from './start-rabbitmq.ts';
import { eventually, startTestUsher, type TestUsher } from './start-test-usher.ts';
import { type AgentClient, connectWeb, startSession } from './web-client.ts';

export interface Stand {
  /** What a server needs to be at this broker. */
  settings(): Promise<Record<string, string>>;
  /** The broker stands beside Usher: who speaks must be known by the topic, or by the session named. */
  beside: boolean;
  /** What is not allowed is refused by the broker, which asks Usher or is Usher. */
  refuses: boolean;
  /** Where agents connect, if elsewhere than visitors. */
  agentUrl: () => string | undefined;
  /** What differs for a second server of the same cluster. */
  second: () => Record<string, string>;
}

export const embeddedStand: Stand = {
  settings: async () => ({}),
  beside: false,
  refuses: true,
  agentUrl: () => undefined,
  second: () => ({}),
};

/** Asks nobody: Debian packages no plugin by which it would. */
export const mosquittoStand: Stand = {
  settings: async () => {
    const broker = await startMosquitto();
    return { MQTT_URL: broker.tcpUrl, MQTT_PUBLIC_URL: broker.webSocketUrl };
  },
  beside: true,
  refuses: false,
  agentUrl: () => undefined,
  second: () => ({}),
};

/**
 * Usher at the first node, visitors at the second, agents at the first. The cluster outlives the tests
 * of a file, so each Usher that it asks answers at the same `port`, one after the other.
 */
export function rabbitStand(
  cluster: () => RabbitCluster,
  { port, secret }: { port: number; secret: string },
): Stand {
  return {
    settings: async () => ({
      PORT: String(port),
      MQTT_URL: cluster().first.tcpUrl,
      MQTT_PUBLIC_URL: cluster().second.webSocketUrl,
      MQTT_HOOK_SECRET: secret,
    }),
    beside: true,
    refuses: true,
    agentUrl: () => cluster().first.webSocketUrl,
    second: () => ({ PORT: '0', MQTT_URL: cluster().second.tcpUrl }),
  };
}

/** Heard by whoever is connected to its broker. */
export async function startAt(
  stand: Stand,
  environment: Record<string, string> = {},
): Promise<{ usher: TestUsher; settings: Record<string, string> }> {
  const settings = await stand.settings();
  const usher = await startTestUsher({ ...settings, ...environment });
  if (stand.beside) await heardBy(usher);
  return { usher, settings };
}

/** Until somebody takes what clients say. */
export async function heardBy(usher: Pick<TestUsher, 'call'>): Promise<void> {
  const session = await startSession(usher);
  const { customerId: id, sessionId, mqtt } = session;
  // The broker may be there before it knows where Usher is.
  const probe = await eventually(
    () => connectWeb(mqtt).catch(() => null),
    (client) => client !== null,
    30_000,
  );
  if (probe === null) throw new Error('Nobody is let in.');
  await probe.listen(`client/${id}/#`);
  const ask = { userRequesting: id, sessionId, responseTopic: `client/${id}/here` };
  await eventually(
    async () => {
      await probe.say('server/channels/request', ask);
      await sleep(100);
      return probe.heard.length;
    },
    (count) => count > 0,
    30_000,
  );
  await probe.close();
}

/** Where an agent says that: under its own id, if the broker does not tell who speaks. */
export function saidBy(stand: Stand, { agentId }: AgentClient, topic: string): string {
  return stand.beside ? topic.replace('server/', `server/agents/${agentId}/`) : topic;
}
