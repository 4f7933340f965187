// Answers a broker beside Usher: whom it may let in, and what each may publish and subscribe.

import { UUID } from '../contract/uuid.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { equalSecrets } from '../desk/hash-secret.ts';
import type { NoteReads } from '../desk/note-reads.ts';
import { noteWebClient } from '../store/web-clients.ts';
import { getWebSession } from '../store/web-sessions.ts';
import { isOwn } from './client-ids.ts';
import { decideSubscription } from './decide-subscription.ts';
import { findAgent, isOfVisitors } from './find-speaker.ts';
import { type Identity, type IdentityMeans, maySit, recognise } from './identity.ts';
import { parseAgentForm, parseTopic, splitBase } from './topics.ts';

export interface LoginAsked {
  username: string;
  password: string;
  /** null: the broker does not tell. */
  clientId: string | null;
  dotted?: boolean;
}

export interface UseAsked {
  username: string;
  action: 'publish' | 'subscribe';
  topic: string;
  retain?: boolean;
  /** RabbitMQ separates the levels of a topic by dots, and writes a star for a plus. */
  dotted?: boolean;
}

export interface BrokerAnswers {
  mayConnect(asked: LoginAsked): Promise<boolean>;
  /** For a client that the broker has let in: only the name tells who it is. */
  mayUse(asked: UseAsked): Promise<boolean>;
  /** Usher's own name at the broker. */
  isUsher(username: string): boolean;
}

type Means = IdentityMeans & { desk: Desk; directory: ChannelDirectory; noteRead: NoteReads };

export function answerBrokers(
  means: Means,
  { mqttUrl, baseTopic }: { mqttUrl: string | undefined; baseTopic: string },
): BrokerAnswers {
  const own = readLogin(mqttUrl);
  const isUsher = (username: string) => own !== null && username === own.username;
  return {
    isUsher,
    mayConnect: async (asked) => {
      if (own !== null && isUsher(asked.username))
        return equalSecrets(asked.password, own.password);
      return mayEnter(means, asked);
    },
    mayUse: async (asked) => {
      if (isUsher(asked.username)) return true;
      const { username, action, retain = false, dotted = false } = asked;
      const full = dotted ? asked.topic.replaceAll('.', '/').replaceAll('*', '+') : asked.topic;
      const where = splitBase(full, baseTopic);
      if (where === null || !UUID.test(username)) return false;
      const identity = await findByName(means, where.workspaceId, username);
      if (identity === null || (dotted && isUnsayable(identity))) return false;
      if (action === 'subscribe') return decideSubscription(means, identity, where.topic);
      return !retain && maySay(identity, where.topic);
    },
  };
}

/**
 * A client without a name of its own, such as one of many with an API token, could not be
 * recognised later.
 */
async function mayEnter(means: Means, asked: LoginAsked): Promise<boolean> {
  const { username, password, clientId, dotted = false } = asked;
  if (!UUID.test(username)) return false;
  const identity = await recognise(means, { username, password });
  if (typeof identity === 'number' || (dotted && isUnsayable(identity))) return false;
  if (clientId === null) return true;
  if (!isOwn(clientId, identity)) return false;
  if (identity.kind !== 'visitor') return true;
  const { workspaceId, sessionId } = identity.session;
  return noteWebClient(means.desk.db, { workspaceId, sessionId, clientId });
}

/** With dots, such a customer's topics would be another's. */
function isUnsayable(identity: Identity): boolean {
  return identity.kind === 'visitor' && /[.*]/.test(identity.session.customerId);
}

async function findByName(
  { desk: { db, gate }, directory }: Pick<Means, 'desk' | 'directory'>,
  workspaceId: string,
  name: string,
): Promise<Identity | null> {
  if (gate.isSuspended(workspaceId)) return null;
  const session = await getWebSession(db, { workspaceId, sessionId: name });
  if (session === null) return findAgent(db, { workspaceId, agentId: name });
  return maySit(directory, { session }) ? { kind: 'visitor', workspaceId, session } : null;
}

/**
 * Less than at our own broker, which knows who publishes: an agent publishes only under its own id,
 * and nobody where others listen.
 */
function maySay(identity: Identity, name: string): boolean {
  if (identity.kind === 'agent') {
    const own = parseAgentForm(name);
    return own?.agentId === identity.agentId && parseTopic(own.topic) !== null;
  }
  const topic = parseTopic(name);
  if (identity.kind !== 'visitor' || topic === null) return false;
  if (topic.kind !== 'session') return isOfVisitors(topic);
  return topic.customerId === identity.session.customerId && topic.end.startsWith('server/');
}

function readLogin(url: string | undefined): { username: string; password: string } | null {
  if (url === undefined) return null;
  const { username, password } = new URL(url);
  if (username === '' || password === '') return null;
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}
