// What is to be shown goes to this node's clients and, by the other nodes, to theirs.
import type { Broker } from './broker.ts';
import type { Wire } from './wire.ts';

/** What goes from node to node: a packet, a hint, or a right that ended. */
type Relayed =
  | { to: 'topic'; workspaceId: string; topic: string; payload: string; qos: 0 | 1 }
  | { to: 'agents'; workspaceId: string; payload: string }
  | { to: 'door'; workspaceId: string; sessionTopic: string; agentId: string | null }
  | { to: 'gone'; workspaceId: string; sessionIds: readonly string[] }
  | { to: 'presence'; workspaceId: string; agentId: string }
  | { to: 'rights'; workspaceId: string };

/** What a node takes to its broker as it is. */
type Shown = Exclude<Relayed, { to: 'presence' | 'rights' }>;

export interface Passing extends Wire {
  /** Ends the connections of visitors who have signed out. */
  cut(workspaceId: string, sessionIds: readonly string[]): void;
  /** The last of an agent's clients has left this node. */
  tellLeft(agent: { workspaceId: string; agentId: string }): void;
  /** Somebody's right may have ended: those who are connected elsewhere are looked at there. */
  tellRights(workspaceId: string): void;
}

export function passOn(
  peers: { relay(text: string): void; hasPeers(): boolean },
  broker: () => Broker | null,
): Passing {
  const send = (relayed: Shown): void => {
    act(broker(), relayed);
    if (broker()?.isShared !== true) peers.relay(JSON.stringify(relayed));
  };
  let hints = 0;
  return {
    publish: (workspaceId, topic, payload, qos) =>
      send({ to: 'topic', workspaceId, topic, payload: JSON.stringify(payload), qos }),
    hint: (workspaceId, changed) => {
      hints += 1;
      send({ to: 'agents', workspaceId, payload: JSON.stringify({ no: hints, changed }) });
    },
    restrict: (workspaceId, sessionTopic, agentId) =>
      send({ to: 'door', workspaceId, sessionTopic, agentId }),
    cut: (workspaceId, sessionIds) => send({ to: 'gone', workspaceId, sessionIds }),
    tellLeft: ({ workspaceId, agentId }) =>
      peers.relay(JSON.stringify({ to: 'presence', workspaceId, agentId } satisfies Relayed)),
    tellRights: (workspaceId) =>
      peers.relay(JSON.stringify({ to: 'rights', workspaceId } satisfies Relayed)),
    isHeard: () => broker()?.isHeard() === true || peers.hasPeers(),
  };
}

/** What another node passed on. */
export function takeRelay(
  broker: Broker | null,
  text: string,
  { leftElsewhere, judge }: { leftElsewhere: Passing['tellLeft']; judge: Passing['tellRights'] },
): void {
  const relayed = JSON.parse(text) as Relayed;
  if (relayed.to === 'presence') leftElsewhere(relayed);
  else if (relayed.to === 'rights') judge(relayed.workspaceId);
  else act(broker, relayed);
}

function act(broker: Broker | null, relayed: Shown): void {
  if (broker === null || !broker.isHeard()) return;
  const { workspaceId } = relayed;
  if (relayed.to === 'topic') {
    broker.publish(workspaceId, relayed.topic, relayed.payload, relayed.qos);
  } else if (relayed.to === 'door') {
    broker.restrict(workspaceId, relayed.sessionTopic, relayed.agentId);
  } else if (relayed.to === 'gone') {
    const ended = new Set(relayed.sessionIds);
    broker.cut((one) => one.kind === 'visitor' && ended.has(one.session.sessionId));
  } else {
    broker.tellAgents(workspaceId, relayed.payload);
  }
}
