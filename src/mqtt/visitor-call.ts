// Whether the customer and session that a visitor's client names are the visitor's own.
import { readCustomerId } from '../channels/webchat/read.ts';
import { UUID } from '../contract/uuid.ts';
import { nameGuest } from '../desk/start-web-session.ts';
import { findWebConversationBySession } from '../store/web-conversations.ts';
import { getWebSession, type WebSessionRow } from '../store/web-sessions.ts';
import type { Connection } from './connection.ts';
import { hasKey, type Visitor } from './identity.ts';
import type { PublishMeans } from './publishing.ts';

export interface VisitorCall {
  means: PublishMeans;
  connection: Connection;
  visitor: Visitor;
}

export async function isCalled(
  { means, visitor }: VisitorCall,
  customerId: string,
): Promise<boolean> {
  const { session } = visitor;
  if (session.customerId === customerId) return true;
  return callGuest(means, session, customerId);
}

const naming = new WeakMap<WebSessionRow, Promise<unknown>>();

/**
 * A guest's session takes its client's id, here and in the database. Later calls wait, because the
 * filters of one SUBSCRIBE arrive together.
 */
export function callGuest(
  means: Pick<PublishMeans, 'desk' | 'directory'>,
  session: WebSessionRow,
  customerId: string,
): Promise<boolean> {
  const named = (naming.get(session) ?? Promise.resolve()).then(async () => {
    if (session.customerId === customerId) return true;
    // A filter may hold anything in this place, even the name of a whole branch.
    if (readCustomerId(customerId) !== customerId) return false;
    const channel = means.directory.byId(session.channelId);
    const isKeyed = channel !== null && channel !== undefined && hasKey(channel);
    if (!(await nameGuest(means.desk, { session, customerId, hasKey: isKeyed }))) return false;
    session.customerId = customerId;
    session.named = true;
    session.chosen = true;
    return true;
  });
  naming.set(
    session,
    named.catch(() => {}),
  );
  return named;
}

export async function isOwnSession(
  { means, visitor: { workspaceId, session } }: VisitorCall,
  sessionId: string,
): Promise<boolean> {
  if (sessionId === session.sessionId) return true;
  if (!UUID.test(sessionId)) return false;
  const key = { workspaceId, sessionId };
  const other = await getWebSession(means.desk.db, key);
  if (other?.customerId === session.customerId) return true;
  // A guest's conversation has become the customer's, and still has the guest's session in its
  // name.
  const view = await findWebConversationBySession(means.desk.db, key);
  return view?.customerId === session.customerId;
}
