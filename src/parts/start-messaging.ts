// The broker, the door before it, and what it shows: everything that goes over MQTT.
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Shown } from '../contract/webchat.ts';
import { everyWorkspace } from '../delivery/every-workspace.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { letGoOfSilent } from '../desk/keep-presence.ts';
import { identify } from '../desk/make-token.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import type { BrokerDoor } from '../http/broker-hooks.ts';
import type { MqttLogin } from '../http/mqtt-login.ts';
import type { WebChatDoor } from '../http/webchat.ts';
import type { Metrics } from '../metrics.ts';
import type { AddressOf } from '../mqtt/admit-clients.ts';
import { answerBrokers } from '../mqtt/answer-brokers.ts';
import type { Broker } from '../mqtt/broker.ts';
import { type AgentsHere, countAgents } from '../mqtt/count-agents.ts';
import { decideSubscription } from '../mqtt/decide-subscription.ts';
import type { Door } from '../mqtt/door.ts';
import { startEmbeddedBroker } from '../mqtt/embedded-broker.ts';
import { startExternalBroker } from '../mqtt/external-broker.ts';
import {
  type AgentProved,
  findVisitor,
  makeAgentToken,
  readAgentToken,
  recognise,
} from '../mqtt/identity.ts';
import { judgeRights, type Rights } from '../mqtt/judge-rights.ts';
import { type Passing, passOn, takeRelay } from '../mqtt/pass-on.ts';
import type { PublishMeans } from '../mqtt/publishing.ts';
import { takePublish } from '../mqtt/take-publish.ts';
import { tellWatchers, type Watchers } from '../mqtt/tell-watchers.ts';
import { agentControlTopicOf, baseTopicOf } from '../mqtt/topics.ts';
import { nobodyWatches, type PresenceWatch, watchPresence } from '../mqtt/watch-presence.ts';
import type { Wire } from '../mqtt/wire.ts';
import { findAgentByEmail } from '../store/agents.ts';
import type { Node } from '../store/node.ts';
import { keepSigningKey } from '../store/signing-key.ts';

export interface Messaging {
  changed: Desk['changed'];
  /** What another node passed on. */
  onRelay(text: string): void;
  /** The channels are others now: those who came by one of them are looked at, here. */
  channelsChanged(workspaceId: string): void;
  webChat: WebChatDoor;
  /** What a signed-in agent's client connects with. */
  loginOf: MqttLogin['mqttLoginOf'];
  brokerDoor: BrokerDoor;
  /** Where MQTT is spoken over TCP; null: nowhere. */
  tcpPort(): number | null;
  /** Once there is a server to listen on. */
  open(http: Server): Promise<void>;
  /** Before the HTTP server, whose connections they are. */
  close(): Promise<void>;
  stop(): Promise<void>;
}

export interface MessagingMeans {
  config: Config;
  desk: Desk;
  log: Logger;
  directory: ChannelDirectory;
  peers: Pick<Node, 'relay' | 'hasPeers'>;
  metrics: Metrics;
  /** Without a slash at the end. */
  publicUrl: () => string;
  connectionString: string;
  addressOf: AddressOf;
  onError: (error: unknown, what: string) => void;
}

const GRACE_MS = 10_000;
const ACCEPT_SECONDS = 30;
const LOOK_AT_MOST_MS = 5000;

export async function startMessaging(means: MessagingMeans): Promise<Messaging> {
  const { config, desk, directory, onError } = means;
  const { MQTT_BASE_TOPIC: configured } = config;
  const key = await readKey(desk);
  let broker: Broker | null = null;
  const wire = passOn(means.peers, () => broker);
  const shown = readShown(config);
  const watchers = tellWatchers({ db: desk.db, wire, shown, onError });
  const atWork = countAgents(desk, {
    graceMs: graceOf(config),
    ttlMs: config.ATTENDANT_KEEP_ALIVE_TIME,
    tellLeft: wire.tellLeft,
    onError,
  });
  const rights = judgeRights({ desk, directory, broker: () => broker, onError });
  const presence = openPresence(means, wire);
  const publishing = {
    ...{ desk, directory, wire, shown },
    agentTTL: config.ATTENDANT_KEEP_ALIVE_TIME,
    agentLeft: atWork.left,
    isSeen: presence.isSeen,
  };
  const lookMs = Math.min(LOOK_AT_MOST_MS, config.SESSION_KEEP_ALIVE_TIME / 4);
  const looking = everyWorkspace({ db: desk.db, sweepMs: lookMs, onError }, (workspaceId) =>
    letGoOfSilent(desk, {
      workspaceId,
      silentSeconds: config.SESSION_KEEP_ALIVE_TIME / 1000,
      acceptSeconds: ACCEPT_SECONDS,
    }),
  );
  return {
    changed: tellChanges({ watchers, rights, wire }),
    onRelay: (text) =>
      takeRelay(broker, text, { leftElsewhere: atWork.leftElsewhere, judge: rights.judge }),
    channelsChanged: rights.judge,
    webChat: openWebChat(means, { key, cut: wire.cut, placeOf: watchers.placeOf }),
    loginOf: async (agent) => ({
      url: mqttUrlOf(means),
      ...(await makeLogin(key, configured, agent)),
    }),
    brokerDoor: openBrokerDoor(means, key),
    tcpPort: () => broker?.tcpPort ?? null,
    open: async (http) => {
      broker = await openBroker(means, http, openDoor(means, { key, publishing, atWork }));
    },
    close: async () => {
      atWork.stop();
      await rights.stop();
      await broker?.stop();
      await presence.stop();
    },
    stop: async () => {
      await looking.stop();
      await watchers.stop();
    },
  };
}

function tellChanges(to: {
  watchers: Watchers;
  rights: Rights;
  wire: Pick<Passing, 'tellRights'>;
}): Desk['changed'] {
  return (workspaceId, changes) => {
    to.watchers.changed(workspaceId, changes);
    if (!changes.some(({ kind }) => kind === 'rights')) return;
    to.rights.judge(workspaceId);
    to.wire.tellRights(workspaceId);
  };
}

function readShown(config: Config): Shown {
  const { SESSION_KEEP_ALIVE_TIME: keepAliveTTL, DEFAULT_ATTENDANT_AVATAR_URL: avatar } = config;
  return { keepAliveTTL, agentAvatarUrl: avatar ?? null };
}

async function openBroker(
  { config, desk, connectionString, addressOf, onError }: MessagingMeans,
  http: Server,
  door: Door,
): Promise<Broker> {
  const { MQTT_BASE_TOPIC: baseTopic, MQTT_URL: url, MQTT_PORT: tcpPort, HOST: host } = config;
  if (url === undefined) {
    return startEmbeddedBroker({ http, baseTopic, tcpPort, host, door, addressOf });
  }
  return startExternalBroker({ url, baseTopic, door, db: desk.db, connectionString, onError });
}

/** Of the default workspace alone, which is the one that the environment speaks of. */
function openPresence({ config, desk, onError }: MessagingMeans, wire: Wire): PresenceWatch {
  const { ATTENDANT_PRESENCE_MQTT_BROKER_HOST: host, ATTENDANT_PRESENCE_TOPIC: topic } = config;
  if (host === undefined || topic === undefined) return nobodyWatches;
  const workspaceId = DEFAULT_WORKSPACE;
  return watchPresence({
    // Chimp Assist's operators write a broker over WebSocket so.
    url: host.replace(/^http/, 'ws'),
    username: config.ATTENDANT_PRESENCE_MQTT_USERNAME,
    password: config.ATTENDANT_PRESENCE_MQTT_PASSWORD,
    topic,
    absentMs: config.ATTENDANT_PRESENCE_KEEP_ALIVE_TIME,
    findAgent: (email) => findAgentByEmail(desk.db, { workspaceId, email }),
    onCame: (agentId) => {
      const told = { instruction: 'attendant/control/resume/activity_monitor_online' };
      wire.publish(workspaceId, agentControlTopicOf(agentId), told, 1);
    },
    onError,
  });
}

function mqttUrlOf({ config, publicUrl }: MessagingMeans): string {
  return config.MQTT_PUBLIC_URL ?? `${publicUrl().replace(/^http/, 'ws')}/mqtt`;
}

/** Nobody may ask where no secret is set. */
function openBrokerDoor({ config, desk, directory }: MessagingMeans, key: Uint8Array): BrokerDoor {
  const { MQTT_URL: mqttUrl, MQTT_BASE_TOPIC: baseTopic, MQTT_HOOK_SECRET: secret = null } = config;
  return { secret, ...answerBrokers({ desk, directory, key }, { mqttUrl, baseTopic }) };
}

function openDoor(
  { desk, directory, log, metrics }: MessagingMeans,
  inside: { key: Uint8Array; publishing: PublishMeans; atWork: AgentsHere },
): Door {
  const { key, publishing, atWork } = inside;
  return {
    recognise: (login) => recognise({ desk, directory, key }, login),
    maySubscribe: (identity, filter) => decideSubscription({ desk, directory }, identity, filter),
    take: async (connection, published) => {
      const taken = await takePublish(publishing, connection, published);
      if (typeof taken === 'object') log.debug({ why: taken.ignored }, 'a publish was ignored');
      return taken;
    },
    came: atWork.came,
    left: atWork.gone,
    onRefusal: (connection, what) => {
      metrics.noteRefusal(what);
      log.debug({ clientId: connection?.clientId, what }, 'refused over MQTT');
    },
  };
}

function openWebChat(
  means: MessagingMeans,
  { key, ...doors }: { key: Uint8Array } & Pick<WebChatDoor, 'cut' | 'placeOf'>,
): WebChatDoor {
  const { config, desk, directory } = means;
  return {
    findCaller: async (token) => {
      const visitor = await findVisitor({ desk, directory }, token);
      if (visitor !== null) return visitor;
      const agent = await readAgentToken({ desk, key }, token);
      if (agent !== null) return agent;
      const actor = await identify(desk, token);
      return actor && { kind: 'agent', ...actor };
    },
    ...doors,
    mqttUrl: () => mqttUrlOf(means),
    baseTopicOf: (workspaceId) => baseTopicOf(workspaceId, config.MQTT_BASE_TOPIC),
    shown: readShown(config),
    agentKeepAliveMs: config.ATTENDANT_KEEP_ALIVE_TIME,
  };
}

async function makeLogin(
  key: Uint8Array,
  configured: string,
  agent: AgentProved,
): Promise<Omit<Awaited<ReturnType<Messaging['loginOf']>>, 'url'>> {
  const { token, expiresAt } = await makeAgentToken(key, agent);
  return {
    clientId: `agent-${agent.agentId}-${randomBytes(4).toString('hex')}`,
    username: agent.agentId,
    password: token,
    baseTopic: baseTopicOf(agent.workspaceId, configured),
    expiresAt: expiresAt.toISOString(),
  };
}

/** A short keep-alive means that its owner wants to know soon. */
function graceOf({ ATTENDANT_KEEP_ALIVE_TIME: ttl, MQTT_URL: url }: Config): number {
  // A broker beside us does not tell which of an agent's tabs went: the next heartbeat of another must come in time.
  return url === undefined ? Math.min(GRACE_MS, ttl) : Math.min(ttl, Math.max(GRACE_MS, ttl * 0.7));
}

async function readKey({ db }: Desk): Promise<Uint8Array> {
  const made = randomBytes(32).toString('base64url');
  const workspaceId = DEFAULT_WORKSPACE;
  const kept = await keepSigningKey(db, { workspaceId, name: 'mqtt-key', made });
  return new TextEncoder().encode(kept);
}
