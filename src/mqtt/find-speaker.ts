// Finds who published, where the broker does not say: from the topic, and from what only the
// visitor knows.

import { readPayload } from '../channels/webchat/read.ts';
import { UUID } from '../contract/uuid.ts';
import type { Db } from '../store/sql.ts';
import { NO_PROOF, readStanding } from '../store/standing.ts';
import { findCustomersWebSession, getWebSession } from '../store/web-sessions.ts';
import type { AgentAtWork, Identity, Visitor } from './identity.ts';
import { parseAgentForm, parseTopic, type Topic } from './topics.ts';

/**
 * The broker has asked us about every publish: below a customer's topic only that customer
 * publishes, and below an agent's only that agent. null: it could be anybody.
 */
export async function findSpeaker(
  db: Db,
  workspaceId: string,
  { topic: name, payload }: { topic: string; payload: Buffer | string },
): Promise<Identity | null> {
  const own = parseAgentForm(name);
  if (own !== null) return findAgent(db, { workspaceId, agentId: own.agentId });
  const topic = parseTopic(name);
  if (topic === null) return null;
  if (topic.kind === 'session') {
    if (!topic.end.startsWith('server/')) return null;
    const { customerId, sessionId } = topic;
    const session = await findCustomersWebSession(db, { workspaceId, customerId, sessionId });
    return session && { kind: 'visitor', workspaceId, session };
  }
  return isOfVisitors(topic) ? findNamedVisitor(db, workspaceId, payload) : null;
}

export function isOfVisitors({ kind }: Topic): boolean {
  return (
    kind === 'channels/request' ||
    kind === 'sessions/request' ||
    kind === 'sessions/online' ||
    kind === 'sessions/close'
  );
}

/**
 * By the session's id, which only the visitor and the agents who serve them have seen. Otherwise
 * anybody who names the customer would rename a guest; a guest is named by subscribing, where the
 * broker says who it is.
 */
async function findNamedVisitor(
  db: Db,
  workspaceId: string,
  payload: Buffer | string,
): Promise<Visitor | null> {
  const read = readPayload(payload);
  const sessionId = read.ok ? read.value.sessionId : null;
  if (typeof sessionId !== 'string' || !UUID.test(sessionId)) return null;
  const session = await getWebSession(db, { workspaceId, sessionId });
  if (session === null || !read.ok) return null;
  const { customerId, customer, userRequesting } = read.value as Naming;
  const said = customerId ?? customer?.id ?? userRequesting ?? session.customerId;
  return String(said) === session.customerId ? { kind: 'visitor', workspaceId, session } : null;
}

interface Naming {
  customerId?: unknown;
  customer?: { id?: unknown } | null;
  userRequesting?: unknown;
}

export async function findAgent(
  db: Db,
  key: { workspaceId: string; agentId: string },
): Promise<AgentAtWork | null> {
  const { workspaceId, agentId } = key;
  const [stands] = await readStanding(db, workspaceId, [{ agentId, ...NO_PROOF }]);
  if (stands === undefined) return null;
  const { agentRole, agentName, agentsSee } = stands;
  const known = { role: agentRole ?? 'agent', name: agentName ?? '', scopes: null, agentsSee };
  return { kind: 'agent', ...key, ...known, proof: NO_PROOF };
}
