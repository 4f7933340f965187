// Every topic, built and parsed in one place (chimp-assist.md §3). Relative to the workspace's base topic.
import { UUID_PATTERN } from '../contract/uuid.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';

/**
 * For the default workspace the configured one, so that the README's topics are literal; for others
 * by their id.
 */
export function baseTopicOf(workspaceId: string, configured = ''): string {
  return workspaceId === DEFAULT_WORKSPACE ? configured : `w/${workspaceId}`;
}

export function withBase(baseTopic: string, topic: string): string {
  return baseTopic === '' ? topic : `${baseTopic}/${topic}`;
}

/** null: it lies outside. */
export function withoutBase(baseTopic: string, topic: string): string | null {
  if (baseTopic === '') return topic;
  return topic.startsWith(`${baseTopic}/`) ? topic.slice(baseTopic.length + 1) : null;
}

const OTHER_BASE = new RegExp(`^w/(${UUID_PATTERN})/(.+)$`);

/** The workspace of a topic with its base; null: none. */
export function splitBase(
  full: string,
  configured: string,
): { workspaceId: string; topic: string } | null {
  const [, other, rest] = OTHER_BASE.exec(full) ?? [];
  if (other !== undefined && rest !== undefined) {
    return other === DEFAULT_WORKSPACE ? null : { workspaceId: other, topic: rest };
  }
  const topic = withoutBase(configured, full);
  return topic === null ? null : { workspaceId: DEFAULT_WORKSPACE, topic };
}

export type SessionEnd =
  | 'client/control'
  | 'messages'
  | 'messages/viewed'
  | 'typing'
  | 'server/messages'
  | 'server/viewed'
  | 'server/typing';

export const sessionTopicOf = (customerId: string, sessionId: string): string =>
  `server/sessions/${customerId}/${sessionId}`;
export const replyTopicOf = (customerId: string, requestId: string): string =>
  `client/sessions/${customerId}/${requestId}`;
export const assignTopicOf = (agentId: string): string => `client/attendants/assign/${agentId}`;
export const agentControlTopicOf = (agentId: string): string =>
  `client/attendants/control/${agentId}`;
/**
 * Everybody who chats on the channel listens. Not below `client/`, where customers choose the
 * topics of their answers.
 */
export const presenceTopicOf = (channelId: string): string =>
  `server/channels/${channelId}/presence`;
/** What goes from node to node for programs that wait: nobody may listen. */
export const UPDATES_TOPIC = 'server/updates';
/** From node to node: which conversations agents have open. Nobody may listen. */
export const ONLOOKERS_TOPIC = 'server/onlookers';
export const changesTopicOf = (agentId: string): string => `client/agents/${agentId}/changes`;
export const agentTypingTopicOf = (agentId: string): string => `client/agents/${agentId}/typing`;
/** Which colleagues have a conversation open. */
export const onlookersTopicOf = (agentId: string): string => `client/agents/${agentId}/onlookers`;

export type Topic =
  | { kind: 'channels/request' }
  | { kind: 'sessions/request' }
  | { kind: 'sessions/online' }
  | { kind: 'sessions/close' }
  | { kind: 'attendants/online' }
  | { kind: 'attendants/quit' }
  | { kind: 'attendants/assign' }
  | { kind: 'agents/typing' }
  | { kind: 'agents/looking' }
  | { kind: 'session'; customerId: string; sessionId: string | null; end: SessionEnd }
  | { kind: 'reply'; customerId: string; requestId: string }
  | { kind: 'own'; id: string; rest: string }
  | { kind: 'agent'; agentId: string }
  | { kind: 'presence'; channelId: string }
  | { kind: 'updates' }
  | { kind: 'onlookers' };

const plain: Record<string, Topic> = {
  'server/channels/request': { kind: 'channels/request' },
  'server/sessions/request': { kind: 'sessions/request' },
  'server/sessions/online': { kind: 'sessions/online' },
  'server/sessions/close': { kind: 'sessions/close' },
  'server/attendants/online': { kind: 'attendants/online' },
  'server/attendants/quit': { kind: 'attendants/quit' },
  'server/attendants/assign': { kind: 'attendants/assign' },
  'server/agents/typing': { kind: 'agents/typing' },
  'server/agents/looking': { kind: 'agents/looking' },
  [UPDATES_TOPIC]: { kind: 'updates' },
  [ONLOOKERS_TOPIC]: { kind: 'onlookers' },
};

const SESSION = new RegExp(
  `^server/sessions/([^/]+)(?:/(${UUID_PATTERN}))?/(client/control|messages|messages/viewed|typing|server/messages|server/viewed|server/typing)$`,
);
const REPLY = /^client\/sessions\/([^/]+)\/([^/]+)$/;
const AGENT = new RegExp(
  `^client/(?:attendants/(?:assign|control)/(${UUID_PATTERN})|agents/(${UUID_PATTERN})/(?:changes|typing|onlookers))$`,
);
const PRESENCE = new RegExp(`^server/channels/(${UUID_PATTERN})/presence$`);
const OWN = /^client\/([^/]+)\/(.+)$/;

const OF_AGENT = new RegExp(`^server/agents/(${UUID_PATTERN})/(.+)$`);

/**
 * An agent may publish to `server/x` as `server/agents/<own id>/x`, so that the sender is known
 * even where the broker does not tell. null: not of that form.
 */
export function parseAgentForm(topic: string): { agentId: string; topic: string } | null {
  const [, agentId, rest] = OF_AGENT.exec(topic) ?? [];
  return agentId === undefined ? null : { agentId, topic: `server/${rest}` };
}

/** Everything that clients publish, and nothing that they are told. Relative to the base. */
export const SAID_FILTERS = [
  'server/channels/request',
  'server/sessions/request',
  'server/sessions/online',
  'server/sessions/close',
  'server/sessions/+/server/+',
  'server/sessions/+/+/server/+',
  'server/agents/+/#',
];

/** Also of a filter, in which a wildcard stands for itself. null: unknown. */
export function parseTopic(topic: string): Topic | null {
  const known = plain[topic];
  if (known !== undefined) return known;
  const session = SESSION.exec(topic);
  if (session !== null) {
    const [, customerId = '', sessionId = null, end] = session;
    return { kind: 'session', customerId, sessionId, end: end as SessionEnd };
  }
  const agent = AGENT.exec(topic);
  if (agent !== null) return { kind: 'agent', agentId: agent[1] ?? agent[2] ?? '' };
  const presence = PRESENCE.exec(topic);
  if (presence !== null) return { kind: 'presence', channelId: presence[1] ?? '' };
  const reply = REPLY.exec(topic);
  if (reply !== null) {
    return { kind: 'reply', customerId: reply[1] ?? '', requestId: reply[2] ?? '' };
  }
  const own = OWN.exec(topic);
  return own === null ? null : { kind: 'own', id: own[1] ?? '', rest: own[2] ?? '' };
}

/** A topic of this session: the customer's, with or without the session's own id. null: no. */
export function parseSessionTopic(
  topic: string,
): { customerId: string; sessionId: string | null } | null {
  const parsed = parseTopic(`${topic}/messages`);
  return parsed?.kind === 'session' && parsed.end === 'messages' ? parsed : null;
}
