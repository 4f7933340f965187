// Passes news to this node's clients and, through the other nodes, to theirs.
import type { Presence } from '../contract/presence.ts';
import type { ToldPrograms } from '../contract/updates.ts';
import type { Broker } from './broker.ts';
import type { Look, Onlookers } from './keep-onlookers.ts';
import type { Hints } from './tell-agents.ts';
import type { PresenceTeller } from './tell-presence.ts';
import { ONLOOKERS_TOPIC, parseTopic, presenceTopicOf, UPDATES_TOPIC } from './topics.ts';
import type { Wire } from './wire.ts';

/**
 * The connections whose right may have ended: those of these web sessions, or all of the workspace.
 */
export interface Judged {
  workspaceId: string;
  sessionIds?: readonly string[] | undefined;
}

/** What goes from node to node: a packet, a hint, or a right that ended. */
type Relayed =
  | { to: 'topic'; workspaceId: string; topic: string; payload: string; qos: 0 | 1 }
  | {
      to: 'agents';
      workspaceId: string;
      payload: string;
      unmoved: readonly string[];
      left: Hints['left'];
    }
  | { to: 'door'; workspaceId: string; sessionTopic: string; agentId: string | null }
  | { to: 'presence'; workspaceId: string; agentId: string }
  | ({ to: 'rights' } & Judged);

/** Packets that a node gives to its broker unchanged. */
type ForBrokers = Exclude<Relayed, { to: 'presence' | 'rights' }>;

/** The programs that wait at this node for news of their channel. */
export interface Programs {
  heard(workspaceId: string, told: ToldPrograms): void;
  heardPresence(workspaceId: string, channelId: string, presence: Presence): void;
}

export interface Passing extends Wire {
  /** To the other nodes: which conversations agents have open here. */
  passLooks(workspaceId: string, looks: readonly Look[]): void;
  /** The last of an agent's clients has left this node. */
  tellLeft(agent: { workspaceId: string; agentId: string }): void;
  /** Connections at other nodes are checked there. */
  tellRights(judged: Judged): void;
}

export function passOn(
  peers: { relay(text: string): void; hasPeers(): boolean },
  broker: () => Broker | null,
  programs: Programs,
): Passing {
  const send = (relayed: ForBrokers): void => {
    act(broker(), relayed);
    if (broker()?.isShared !== true) peers.relay(JSON.stringify(relayed));
  };
  let hints = 0;
  return {
    publish: (workspaceId, topic, payload, qos) =>
      send({ to: 'topic', workspaceId, topic, payload: JSON.stringify(payload), qos }),
    hint: (workspaceId, changes) => {
      hints += 1;
      const changed = changes.map(({ kind, id }) => ({ kind, id }));
      const unmoved = changes.flatMap(({ id, unmoved: is }) => (is && id !== null ? [id] : []));
      const left = changes.flatMap(({ id, leftTeamId: teamId }) =>
        id !== null && teamId !== null ? [{ id, teamId }] : [],
      );
      const payload = JSON.stringify({ no: hints, changed });
      send({ to: 'agents', workspaceId, payload, unmoved, left });
    },
    tellPresence: (workspaceId, channelId, presence) => {
      const payload = JSON.stringify(presence);
      const topic = presenceTopicOf(channelId);
      const relayed: ForBrokers = { to: 'topic', workspaceId, topic, payload, qos: 1 };
      act(broker(), relayed);
      programs.heardPresence(workspaceId, channelId, presence);
      // Also when all share a broker: each node has to know what was told last.
      peers.relay(JSON.stringify(relayed));
    },
    tellPrograms: (workspaceId, told) => {
      programs.heard(workspaceId, told);
      // As a topic, which a node of an earlier version has nobody to give to.
      const packet = { topic: UPDATES_TOPIC, payload: JSON.stringify(told), qos: 0 as const };
      peers.relay(JSON.stringify({ to: 'topic', workspaceId, ...packet } satisfies Relayed));
    },
    passLooks: (workspaceId, looks) => {
      // Whoever takes what is said over a shared broker tells everybody.
      if (broker()?.isShared === true) return;
      // As a topic, which a node of an earlier version has nobody to give to.
      const packet = { topic: ONLOOKERS_TOPIC, payload: JSON.stringify(looks), qos: 0 as const };
      peers.relay(JSON.stringify({ to: 'topic', workspaceId, ...packet } satisfies Relayed));
    },
    restrict: (workspaceId, sessionTopic, agentId) =>
      send({ to: 'door', workspaceId, sessionTopic, agentId }),
    tellLeft: ({ workspaceId, agentId }) =>
      peers.relay(JSON.stringify({ to: 'presence', workspaceId, agentId } satisfies Relayed)),
    tellRights: (judged) =>
      peers.relay(JSON.stringify({ to: 'rights', ...judged } satisfies Relayed)),
    isHeard: (workspaceId) => broker()?.isHeard(workspaceId) === true || peers.hasPeers(),
  };
}

/** What goes from node to node as a topic, and is for the node itself. */
interface HearsTopics {
  presence: Pick<PresenceTeller, 'heard'>;
  programs: Programs;
  onlookers: Pick<Onlookers, 'heard'>;
}

/** A message from another node. */
export function takeRelay(
  broker: Broker | null,
  text: string,
  {
    leftElsewhere,
    judge,
    presence,
    programs,
    onlookers,
  }: {
    leftElsewhere: Passing['tellLeft'];
    judge: Passing['tellRights'];
  } & HearsTopics,
): void {
  const relayed = JSON.parse(text) as Relayed;
  if (relayed.to === 'presence') leftElsewhere(relayed);
  else if (relayed.to === 'rights') judge(relayed);
  else if (relayed.to === 'topic') takeTopic(broker, relayed, { presence, programs, onlookers });
  else act(broker, relayed);
}

function takeTopic(
  broker: Broker | null,
  relayed: Extract<Relayed, { to: 'topic' }>,
  { presence, programs, onlookers }: HearsTopics,
): void {
  const topic = parseTopic(relayed.topic);
  if (topic?.kind === 'updates') {
    programs.heard(relayed.workspaceId, JSON.parse(relayed.payload) as ToldPrograms);
    return;
  }
  if (topic?.kind === 'onlookers') {
    onlookers.heard(relayed.workspaceId, JSON.parse(relayed.payload) as Look[]);
    return;
  }
  if (topic?.kind === 'presence') {
    const told = JSON.parse(relayed.payload) as Presence;
    presence.heard(relayed.workspaceId, topic.channelId, told);
    programs.heardPresence(relayed.workspaceId, topic.channelId, told);
  }
  // Clients of all nodes have already received what goes over a shared broker.
  if (broker?.isShared !== true) act(broker, relayed);
}

function act(broker: Broker | null, relayed: ForBrokers): void {
  const { workspaceId } = relayed;
  if (broker === null || !broker.isHeard(workspaceId)) return;
  if (relayed.to === 'topic') {
    broker.publish(workspaceId, relayed.topic, relayed.payload, relayed.qos);
  } else if (relayed.to === 'door') {
    broker.restrict(workspaceId, relayed.sessionTopic, relayed.agentId);
  } else {
    // A node of an earlier version does not say what has not moved.
    const { payload, unmoved = [], left = [] } = relayed;
    broker.tellAgents({ workspaceId, payload, unmoved, left });
  }
}
