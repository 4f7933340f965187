// A broker beside Usher: every node publishes to it, and one node takes what clients publish.
import { randomBytes } from 'node:crypto';
import mqtt, { type MqttClient } from 'mqtt';
import type { Clock } from '../clock.ts';
import { type Holding, holdAlone } from '../store/hold-alone.ts';
import { listAgentSights } from '../store/sight.ts';
import type { Db } from '../store/sql.ts';
import type { Broker } from './broker.ts';
import { OWN_PREFIX } from './client-ids.ts';
import { limitSenders, makeConnection } from './connection.ts';
import { cutAtBroker } from './cut-at-broker.ts';
import type { Door } from './door.ts';
import { findSpeaker } from './find-speaker.ts';
import { type Arrived, type Inbox, keepInbox } from './keep-inbox.ts';
import { type Told, tellAgents } from './tell-agents.ts';
import { baseTopicOf, changesTopicOf, splitBase, withBase } from './topics.ts';

export interface ExternalBrokerOptions {
  url: string;
  /** Of the default workspace. */
  baseTopic: string;
  door: Pick<Door, 'take' | 'onRefusal'>;
  db: Db;
  clock: Clock;
  connectionString: string;
  onError: (error: unknown, what: string) => void;
}

/** The task that only one node may do is the inbox. */
const INBOX_LOCK = 1;
const AGENTS_FOR_MS = 5000;
const STOP_WITHIN_MS = 3000;

/** Does not wait for the broker: while it is away, only news is lost. */
export function startExternalBroker(options: ExternalBrokerOptions): Broker {
  const { url, baseTopic, db, onError } = options;
  const clientId = `${OWN_PREFIX}node-${randomBytes(6).toString('hex')}`;
  const client = mqtt.connect(url, {
    clientId,
    clean: true,
    protocolVersion: 4,
    keepalive: 15,
    reconnectPeriod: 1000,
    queueQoSZero: false,
  });
  client.on('error', (error) => onError(error, 'the connection to the broker failed'));
  const publish: Broker['publish'] = (workspaceId, topic, payload, qos) => {
    // Clients fetch what they missed by number; a queue would only grow.
    if (!client.connected) return;
    const full = withBase(baseTopicOf(workspaceId, baseTopic), topic);
    client.publish(full, payload, { qos }, () => {});
  };
  const agentsOf = rememberAgents(options);
  const holding = holdInbox(options, client);
  return {
    publish,
    tellAgents: (hints) => {
      const { workspaceId } = hints;
      const tell = (agentId: string, payload: string) =>
        publish(workspaceId, changesTopicOf(agentId), payload, 1);
      agentsOf(workspaceId)
        .then((agents) => tellAgents(db, hints, { agents, publish: tell }))
        .catch((error: unknown) => onError(error, 'the agents were not told of changes'));
    },
    agents: agentsOf,
    // We cannot remove a subscription at the broker: it asks us again only at the next one.
    restrict: () => {},
    cut: () => {},
    cutEnded: (workspaceId) => cutAtBroker({ url, db, workspaceId, onError }),
    identities: () => [],
    isHeard: () => client.connected,
    isConnected: () => client.connected,
    isShared: true,
    tcpPort: null,
    stop: async () => {
      await holding.stop();
      const late = new Promise<void>((done) => setTimeout(done, STOP_WITHIN_MS).unref());
      await Promise.race([client.endAsync(!client.connected).catch(() => {}), late]);
    },
  };
}

/** The inbox, for as long as this node has it. */
function holdInbox(options: ExternalBrokerOptions, client: MqttClient): Holding {
  const { url, baseTopic, connectionString, onError } = options;
  let inbox: Inbox | null = null;
  return holdAlone({
    connectionString,
    number: INBOX_LOCK,
    onHeld: () => {
      const take = takeArrived(options);
      // Its effects are published to connected clients. At the start and after an outage both
      // connections return, and this one may be the first.
      inbox = keepInbox({
        ...{ url, baseTopic, onError },
        take: async (arrived) => {
          await connectionOf(client);
          await take(arrived);
        },
      });
    },
    onLost: async () => {
      await inbox?.stop();
      inbox = null;
    },
    onError: (error) => onError(error, 'the lock of the inbox was lost'),
  });
}

/**
 * As long as several tries to connect may take: a broker that admits only one of our connections is
 * not waited for.
 */
const CONNECTS_WITHIN_MS = 5000;

/** Resolves even when that takes too long. */
function connectionOf(client: MqttClient): Promise<void> {
  if (client.connected) return Promise.resolve();
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      client.off('connect', go);
      resolve();
    };
    const timer = setTimeout(go, CONNECTS_WITHIN_MS);
    client.on('connect', go);
  });
}

function takeArrived({ baseTopic, db, door }: ExternalBrokerOptions) {
  // What the broker kept while no node was the inbox arrives at once, so visitors get the limits of
  // agents.
  const { agent } = limitSenders();
  const limits = { visitor: agent, agent };
  return async ({ topic: full, payload, isRepeat }: Arrived): Promise<void> => {
    const where = splitBase(full, baseTopic);
    if (where === null) return door.onRefusal(null, 'publish');
    const { workspaceId, topic } = where;
    const speaker = await findSpeaker(db, workspaceId, { topic, payload });
    if (speaker === null) return door.onRefusal(null, 'publish');
    const connection = makeConnection(`${OWN_PREFIX}inbox`, speaker, limits);
    const taken = await door.take(connection, { topic, payload, isRepeat });
    if (taken === 'forbidden') door.onRefusal(connection, 'publish');
  };
}

/** The values of a workspace, read every few seconds while it changes. */
function rememberAgents({
  db,
  clock,
}: Pick<ExternalBrokerOptions, 'db' | 'clock'>): (workspaceId: string) => Promise<Told[]> {
  const known = new Map<string, { at: number; agents: Promise<Told[]> }>();
  return (workspaceId) => {
    const kept = known.get(workspaceId);
    if (kept !== undefined && clock.elapsed() - kept.at < AGENTS_FOR_MS) return kept.agents;
    const agents = listAgentSights(db, workspaceId);
    known.set(workspaceId, { at: clock.elapsed(), agents });
    agents.catch(() => known.delete(workspaceId));
    return agents;
  };
}
