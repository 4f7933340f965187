// What clients publish becomes a verb of the desk: nothing they send is passed on unchanged.

import { readPayload } from '../channels/webchat/read.ts';
import { meetsVisitors } from '../contract/channel-kinds.ts';
import { UUID } from '../contract/uuid.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { Refused } from '../errors.ts';
import { getWebSession } from '../store/web-sessions.ts';
import {
  takeAgentClose,
  takeAgentPublish,
  takeAgentTyping,
  takeHeartbeat,
  takeQuit,
} from './agent-publishes.ts';
import type { Connection } from './connection.ts';
import { doesStand } from './does-stand.ts';
import type { Identity, Visitor } from './identity.ts';
import { mayPublish } from './may.ts';
import type { Fields, PublishMeans, Taken } from './publishing.ts';
import { takeAcceptance } from './take-acceptance.ts';
import { takeLook } from './take-look.ts';
import { parseAgentForm, parseTopic, type Topic } from './topics.ts';
import { tracePublish } from './trace-publishes.ts';
import {
  takeChannelRequest,
  takeClose,
  takeSessionPublish,
  takeSessionRequest,
} from './visitor-publishes.ts';

export interface Published {
  /** Relative to the base topic. */
  topic: string;
  payload: Buffer | string;
  /** The network says it was sent before. */
  isRepeat: boolean;
}

/** Resolves once its effect is committed. Rejects for an outage: then it must be sent again. */
export async function takePublish(
  means: PublishMeans,
  connection: Connection,
  { topic: name, payload, isRepeat }: Published,
): Promise<Taken> {
  if (means.desk.gate.isSuspended(connection.identity.workspaceId)) return 'forbidden';
  const topic = parseSaid(connection.identity, name);
  if (topic === null || !mayPublish(connection.identity, topic)) return 'forbidden';
  const isMessage = topic.kind === 'session' && topic.end.endsWith('messages');
  const rate = isMessage ? connection.messages : connection.others;
  if (!rate.take(means.desk.clock.elapsed())) return 'forbidden';
  // Messages are judged where they are written.
  const { identity } = connection;
  if (identity.kind === 'visitor' && !isMessage && !(await doesStand(means, identity))) {
    return 'forbidden';
  }
  const read = readPayload(payload);
  if (!read.ok) return { ignored: read.error };
  const said = { topic, fields: read.value, isRepeat };
  return tracePublish(means.traces, topic, () => actOrIgnore(means, connection, said));
}

async function actOrIgnore(means: PublishMeans, connection: Connection, said: Act): Promise<Taken> {
  try {
    return await act(means, connection, said);
  } catch (error) {
    if (error instanceof Refused) return { ignored: error.message };
    throw error;
  }
}

/** A publish of an agent under its own id means the same as without. */
export function parseSaid(identity: Identity, name: string): Topic | null {
  const own = parseAgentForm(name);
  if (own === null) return parseTopic(name);
  const isOwn = identity.kind === 'agent' && identity.agentId === own.agentId;
  return isOwn ? parseTopic(own.topic) : null;
}

interface Act {
  topic: Topic;
  fields: Fields;
  isRepeat: boolean;
}

async function act(means: PublishMeans, connection: Connection, said: Act): Promise<Taken> {
  const { identity } = connection;
  if (identity.kind === 'agent') return actAsAgent({ means, connection, agent: identity }, said);
  const visitor = identity.kind === 'visitor' ? identity : await findNamed(means, said.fields);
  if (visitor === null) return 'forbidden';
  // From now on an old client has the rights of the session that it named.
  connection.identity = visitor;
  return actAsVisitor({ means, connection, visitor }, said);
}

/**
 * Only for a channel that admits old clients, and never for a customer for whom the company
 * vouches.
 */
async function findNamed(
  { desk, directory }: PublishMeans,
  { sessionId }: Fields,
): Promise<Visitor | null> {
  if (typeof sessionId !== 'string' || !UUID.test(sessionId)) return null;
  const workspaceId = DEFAULT_WORKSPACE;
  const session = await getWebSession(desk.db, { workspaceId, sessionId });
  if (session === null || session.verified) return null;
  const channel = directory.byId(session.channelId);
  const isOpen = channel && meetsVisitors(channel) && channel.config.anonymousVisitors === true;
  return isOpen ? { kind: 'visitor', workspaceId, session, isUnproved: true } : null;
}

function actAsVisitor(
  call: Parameters<typeof takeClose>[0],
  { topic, fields, isRepeat }: Act,
): Promise<Taken> | Taken {
  switch (topic.kind) {
    case 'channels/request':
      return takeChannelRequest(call, fields);
    case 'sessions/request':
      return takeSessionRequest(call, { fields, online: false });
    case 'sessions/online':
      return takeSessionRequest(call, { fields, online: true });
    case 'sessions/close':
      return takeClose(call, fields);
    case 'session':
      return takeSessionPublish(call, { end: topic.end, fields, isRepeat });
    default:
      return 'forbidden';
  }
}

function actAsAgent(
  call: Parameters<typeof takeHeartbeat>[0],
  { topic, fields, isRepeat }: Act,
): Promise<Taken> | Taken {
  switch (topic.kind) {
    case 'attendants/online':
      return takeHeartbeat(call, fields);
    case 'attendants/quit':
      return takeQuit(call, fields);
    case 'attendants/assign':
      return takeAcceptance(call, fields);
    case 'agents/typing':
      return takeAgentTyping(call, fields);
    case 'agents/looking':
      return takeLook(call, fields);
    case 'sessions/close':
      return takeAgentClose(call, fields);
    case 'session':
      return takeAgentPublish(call, { topic, fields, isRepeat });
    default:
      return 'forbidden';
  }
}
