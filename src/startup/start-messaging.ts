// The broker, the door before it, and what it shows: everything that goes over MQTT.

import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { ApiDoor } from '../channels/api/api-means.ts';
import type { WaitingPrograms } from '../channels/api/waiting-programs.ts';
import type { WebChatDoor } from '../channels/webchat/webchat-means.ts';
import type { Config } from '../config.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Receiver } from '../desk/commit.ts';
import type { Desk } from '../desk/context.ts';
import type { AllPlaces } from '../desk/keep-all-places.ts';
import type { NoteReads } from '../desk/note-reads.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import type { BrokerDoor } from '../http/broker-hooks.ts';
import type { MqttLogin } from '../http/mqtt-login.ts';
import type { StatusMeans } from '../http/system-status.ts';
import type { TypingMeans } from '../http/typing.ts';
import type { AddressOf } from '../mqtt/admit-clients.ts';
import { answerBrokers } from '../mqtt/answer-brokers.ts';
import type { Broker } from '../mqtt/broker.ts';
import { type AgentsHere, countAgents } from '../mqtt/count-agents.ts';
import { decideSubscription } from '../mqtt/decide-subscription.ts';
import type { Door } from '../mqtt/door.ts';
import { startEmbeddedBroker } from '../mqtt/embedded-broker.ts';
import { startExternalBroker } from '../mqtt/external-broker.ts';
import { recognise } from '../mqtt/identity.ts';
import { judgeRights, type Rights } from '../mqtt/judge-rights.ts';
import { keepOnlookers, type Onlookers } from '../mqtt/keep-onlookers.ts';
import { type Passing, type Programs, passOn, takeRelay } from '../mqtt/pass-on.ts';
import type { PublishMeans } from '../mqtt/publishing.ts';
import { showTyping } from '../mqtt/show-typing.ts';
import { takePublish } from '../mqtt/take-publish.ts';
import type { PresenceTeller } from '../mqtt/tell-presence.ts';
import { tellWatchers, type Watchers } from '../mqtt/tell-watchers.ts';
import { agentControlTopicOf, agentTypingTopicOf, onlookersTopicOf } from '../mqtt/topics.ts';
import type { PublishTraces } from '../mqtt/trace-publishes.ts';
import { nobodyWatches, type PresenceWatch, watchPresence } from '../mqtt/watch-presence.ts';
import type { Wire } from '../mqtt/wire.ts';
import { findAgentByEmail } from '../store/agents.ts';
import type { Node } from '../store/node.ts';
import { keepSigningKey } from '../store/signing-key.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { decidesPresence, openPresenceTeller } from './open-presence-teller.ts';
import { makeLogin, makeWebChatDoor, readShown } from './open-web-chat.ts';

export interface Messaging {
  changed: Receiver['changed'];
  /** What another node passed on. */
  onRelay(text: string): void;
  /** The channels have changed: connections that came through one of them are checked, here. */
  channelsChanged(workspaceId: string): void;
  webChat: WebChatDoor;
  api: ApiDoor;
  /** What a signed-in agent's client connects with. */
  loginOf: MqttLogin['mqttLoginOf'];
  /** false: the company's own system does not see the agent at work. */
  isSeen: PublishMeans['isSeen'];
  /** It says who is at work. */
  isWatched: boolean;
  /** For a broker beside us: cuts the clients there whose sessions have ended. */
  cutEnded: ((workspaceId: string) => Promise<void>) | null;
  brokerDoor: BrokerDoor;
  showTyping: TypingMeans['showTyping'];
  brokerState: StatusMeans['brokerState'];
  /** Where MQTT is spoken over TCP; null: nowhere. */
  tcpPort(): number | null;
  /** Once there is a server to listen on. */
  open(http: Server): Promise<void>;
  /** Before the HTTP server, which carries its connections. */
  close(): Promise<void>;
  stop(): Promise<void>;
}

export interface MessagingMeans {
  config: Config;
  desk: Desk;
  noteRead: NoteReads;
  log: Logger;
  directory: ChannelDirectory;
  peers: Pick<Node, 'relay' | 'hasPeers'>;
  programs: Programs & Pick<WaitingPrograms, 'concerns' | 'judge' | 'channelsOf'>;
  programPlaces: Pick<AllPlaces, 'of'>;
  metrics: Metrics;
  /** Without a slash at the end. */
  publicUrl: () => string;
  connectionString: string;
  addressOf: AddressOf;
  traces: PublishTraces | undefined;
  onError: (error: unknown, what: string) => void;
}

const GRACE_MS = 10_000;

export async function startMessaging(means: MessagingMeans): Promise<Messaging> {
  const { config, desk, directory, programs, onError } = means;
  const key = await readKey(desk);
  let broker: Broker | null = null;
  const wire = passOn(means.peers, () => broker, programs);
  const shown = readShown(config);
  const watchers = tellWatchers({ db: desk.db, clock: desk.clock, wire, shown, onError });
  const onlookers = openOnlookers(means, wire, () => broker);
  const visitors = openPresenceTeller(means, wire);
  const atWork = countAtWork(means, wire);
  const rights = judgeRights({ desk, directory, broker: () => broker, onError });
  const judge: Rights['judge'] = (judged) => {
    rights.judge(judged);
    programs.judge(judged.workspaceId);
  };
  const presence = openPresence(means, wire);
  // For the default workspace only, as the environment that names that system.
  const isSeen: PublishMeans['isSeen'] = ({ workspaceId, agentId }) =>
    workspaceId !== DEFAULT_WORKSPACE || presence.isSeen(agentId);
  const publishing = {
    ...{ desk, directory, wire, shown, isSeen, onlookers, traces: means.traces },
    agentTTL: config.ATTENDANT_KEEP_ALIVE_TIME,
    agentLeft: atWork.left,
  };
  return {
    isSeen,
    isWatched: presence !== nobodyWatches,
    cutEnded:
      config.MQTT_URL === undefined ? null : async (workspaceId) => broker?.cutEnded(workspaceId),
    changed: tellChanges({ watchers, visitors, judge, wire, programs }),
    onRelay: (text) =>
      takeRelay(broker, text, { ...atWork, presence: visitors, programs, onlookers, judge }),
    channelsChanged: (workspaceId) => {
      judge({ workspaceId });
      visitors.moved(workspaceId);
    },
    webChat: makeWebChatDoor(means, { key, placeOf: watchers.placeOf, presenceOf: visitors.of }),
    api: makeApiDoor(wire, { ...shown, presenceOf: visitors.of, placeOf: means.programPlaces.of }),
    loginOf: (agent) => makeLogin(means, key, agent),
    brokerDoor: openBrokerDoor(means, key),
    showTyping: (typed) => showTyping(publishing, typed),
    brokerState: () => stateOf(config, broker),
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
      await onlookers.stop();
      await watchers.stop();
      await visitors.stop();
    },
  };
}

function countAtWork(
  { desk, config, onError }: MessagingMeans,
  { tellLeft }: Pick<Passing, 'tellLeft'>,
): AgentsHere {
  const ttlMs = config.ATTENDANT_KEEP_ALIVE_TIME;
  return countAgents(desk, { graceMs: graceOf(config), ttlMs, tellLeft, onError });
}

function openOnlookers(
  { desk: { db, clock }, onError }: MessagingMeans,
  wire: Pick<Passing, 'passLooks'>,
  broker: () => Broker | null,
): Onlookers {
  return keepOnlookers({
    ...{ db, clock, onError, pass: wire.passLooks },
    agents: async (workspaceId) => (await broker()?.agents(workspaceId)) ?? [],
    // To the clients of this node: the others know it too, and tell their own.
    tell: (workspaceId, agentId, told) =>
      broker()?.publish(workspaceId, onlookersTopicOf(agentId), JSON.stringify(told), 0),
  });
}

function makeApiDoor(
  wire: Pick<Passing, 'publish'>,
  { agentAvatarUrl, presenceOf, placeOf }: Omit<ApiDoor, 'tellTyping'>,
): ApiDoor {
  return {
    ...{ agentAvatarUrl, presenceOf, placeOf },
    tellTyping: (workspaceId, agentId, told) =>
      wire.publish(workspaceId, agentTypingTopicOf(agentId), told, 0),
  };
}

function tellChanges(to: {
  watchers: Watchers;
  visitors: PresenceTeller;
  judge: Rights['judge'];
  wire: Pick<Passing, 'tellRights' | 'tellPrograms'>;
  programs: MessagingMeans['programs'];
}): Receiver['changed'] {
  return (workspaceId, changes) => {
    to.watchers.changed(workspaceId, changes);
    if (changes.some(decidesPresence)) to.visitors.moved(workspaceId);
    if (to.programs.concerns(workspaceId, changes)) to.wire.tellPrograms(workspaceId, null);
    const ended = changes.filter(({ kind }) => kind === 'rights');
    if (ended.length === 0) return;
    const ofAll = ended.some(({ id }) => id === null);
    const judged = ofAll
      ? { workspaceId }
      : { workspaceId, sessionIds: ended.flatMap(({ id }) => (id === null ? [] : [id])) };
    to.judge(judged);
    to.wire.tellRights(judged);
  };
}

async function openBroker(
  { config, desk, connectionString, addressOf, onError }: MessagingMeans,
  http: Server,
  door: Door,
): Promise<Broker> {
  const { MQTT_BASE_TOPIC: baseTopic, MQTT_URL: url, MQTT_PORT: tcpPort, HOST: host } = config;
  const { db, clock } = desk;
  if (url === undefined) {
    const own = { http, baseTopic, tcpPort, host, door, addressOf, db, clock, onError };
    return startEmbeddedBroker(own);
  }
  return startExternalBroker({ url, baseTopic, door, db, clock, connectionString, onError });
}

/** For the default workspace only, which is the one that the environment describes. */
function openPresence({ config, desk, onError }: MessagingMeans, wire: Wire): PresenceWatch {
  const { ATTENDANT_PRESENCE_MQTT_BROKER_HOST: host, ATTENDANT_PRESENCE_TOPIC: topic } = config;
  if (host === undefined || topic === undefined) return nobodyWatches;
  const workspaceId = DEFAULT_WORKSPACE;
  return watchPresence({
    clock: desk.clock,
    // Chimp Assist's operators write a broker over WebSocket this way.
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

function stateOf(
  { MQTT_URL: url }: Config,
  broker: Broker | null,
): 'embedded' | 'connected' | 'away' {
  if (url === undefined) return 'embedded';
  return broker?.isConnected() === true ? 'connected' : 'away';
}

/** Without a secret, no broker may ask. */
function openBrokerDoor(
  { config, desk, directory, noteRead }: MessagingMeans,
  key: Uint8Array,
): BrokerDoor {
  const { MQTT_URL: mqttUrl, MQTT_BASE_TOPIC: baseTopic, MQTT_HOOK_SECRET: secret = null } = config;
  return { secret, ...answerBrokers({ desk, directory, noteRead, key }, { mqttUrl, baseTopic }) };
}

function openDoor(
  { desk, directory, noteRead, log, metrics }: MessagingMeans,
  inside: { key: Uint8Array; publishing: PublishMeans; atWork: AgentsHere },
): Door {
  const { key, publishing, atWork } = inside;
  return {
    recognise: (login) => recognise({ desk, directory, key }, login),
    maySubscribe: (identity, filter) =>
      decideSubscription({ desk, directory, noteRead }, identity, filter),
    take: async (connection, published) => {
      const taken = await takePublish(publishing, connection, published).catch((error: unknown) => {
        log.debug({ err: error, clientId: connection.clientId }, 'a publish failed');
        throw error;
      });
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

/** A short keep-alive means that its owner wants to know soon. */
function graceOf({ ATTENDANT_KEEP_ALIVE_TIME: ttl, MQTT_URL: url }: Config): number {
  // A broker beside us does not tell which of an agent's tabs went: the next heartbeat of another must come in time.
  return url === undefined ? Math.min(GRACE_MS, ttl) : Math.min(ttl, Math.max(GRACE_MS, ttl * 0.7));
}

async function readKey({ db, secrets }: Desk): Promise<Uint8Array> {
  const made = randomBytes(32).toString('base64url');
  const workspaceId = DEFAULT_WORKSPACE;
  const kept = await keepSigningKey(db, secrets, { workspaceId, name: 'mqtt-key', made });
  return new TextEncoder().encode(kept);
}
