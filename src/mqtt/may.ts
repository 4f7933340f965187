// What each identity may publish and subscribe (chimp-assist.md §6). What is not named here is refused.
import { can } from '../access/can.ts';
import type { Identity } from './identity.ts';
import { parseTopic, type SessionEnd, type Topic } from './topics.ts';

const SAID: ReadonlySet<SessionEnd> = new Set([
  'server/messages',
  'server/viewed',
  'server/typing',
  // Clients of the original publish on the topics where they listen.
  'messages',
  'messages/viewed',
]);
const HEARD: ReadonlySet<SessionEnd> = new Set([
  'client/control',
  'messages',
  'messages/viewed',
  'typing',
]);

/** `topic` is relative to the base. Whether an agent holds the session is looked up where it is used. */
export function mayPublish(identity: Identity, topic: Topic): boolean {
  switch (identity.kind) {
    case 'anonymous':
      return topic.kind === 'channels/request' || topic.kind === 'sessions/request';
    case 'visitor':
      if (topic.kind === 'session') {
        return topic.customerId === identity.session.customerId && SAID.has(topic.end);
      }
      return (
        topic.kind === 'channels/request' ||
        topic.kind === 'sessions/request' ||
        topic.kind === 'sessions/online' ||
        topic.kind === 'sessions/close'
      );
    case 'agent':
      if (topic.kind === 'session') return SAID.has(topic.end);
      return (
        topic.kind === 'attendants/online' ||
        topic.kind === 'attendants/quit' ||
        topic.kind === 'attendants/assign' ||
        topic.kind === 'agents/typing' ||
        topic.kind === 'agents/looking' ||
        topic.kind === 'sessions/close'
      );
    case 'service':
      return false;
  }
}

export type Subscribing =
  | 'granted'
  | 'refused'
  /** Only the agent who holds the conversation of that topic. */
  | { ifHolds: string }
  /** Only if the guest may take that name. */
  | { ifNamed: string };

/** `filter` is relative to the base. */
export function maySubscribe(identity: Identity, filter: string): Subscribing {
  const topic = parseTopic(filter);
  if (identity.kind === 'service') return serviceMay(identity, filter);
  if (topic === null || identity.kind === 'anonymous') return 'refused';
  return identity.kind === 'agent'
    ? agentMay(identity, topic, filter)
    : visitorMay(identity, topic);
}

function visitorMay(
  { session }: Extract<Identity, { kind: 'visitor' }>,
  topic: Topic,
): Subscribing {
  if (topic.kind === 'presence') {
    return topic.channelId === session.channelId ? 'granted' : 'refused';
  }
  const branch = branchOf(topic);
  if (branch === null) return 'refused';
  if (branch === session.customerId) return 'granted';
  return session.named || /[+#]/.test(branch) ? 'refused' : { ifNamed: branch };
}

/** The owner of the topic, where visitors may listen at all. */
function branchOf(topic: Topic): string | null {
  if (topic.kind === 'session') return HEARD.has(topic.end) ? topic.customerId : null;
  if (topic.kind === 'reply') return topic.requestId === '#' ? null : topic.customerId;
  return topic.kind === 'own' ? topic.id : null;
}

function agentMay(
  { agentId, role }: Extract<Identity, { kind: 'agent' }>,
  topic: Topic,
  filter: string,
): Subscribing {
  if (topic.kind === 'agent') return topic.agentId === agentId ? 'granted' : 'refused';
  if (topic.kind !== 'session' || !HEARD.has(topic.end)) return 'refused';
  if (/[+#]/.test(filter)) return 'refused';
  if (can({ role, scopes: null }, 'conversations.force')) return 'granted';
  return { ifHolds: filter.slice(0, -(topic.end.length + 1)) };
}

/**
 * A supervisor's token may listen to everything below its workspace's base but not to the broker's
 * own topics.
 */
function serviceMay({ role }: Extract<Identity, { kind: 'service' }>, filter: string): Subscribing {
  const inside = filter.startsWith('server/') || filter.startsWith('client/');
  return inside && can({ role, scopes: null }, 'conversations.force') ? 'granted' : 'refused';
}
