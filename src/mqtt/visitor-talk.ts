// Which conversation a visitor writes in: the open one, the last one, or a new one.
import { meetsVisitors } from '../contract/channel-kinds.ts';
import type { Wants } from '../contract/inbound.ts';
import { impliedBy } from '../desk/find-wanted.ts';
import { requestWebConversation } from '../desk/request-web-conversation.ts';
import {
  findOpenWebConversation,
  findOwnWebConversation,
  readWebConversations,
  type WebConversationView,
} from '../store/web-conversations.ts';
import type { WebSessionRow } from '../store/web-sessions.ts';
import type { Talk } from './connection.ts';
import type { Visitor } from './identity.ts';
import type { PublishMeans } from './publishing.ts';
import { parseSessionTopic } from './topics.ts';
import type { VisitorCall } from './visitor-call.ts';

export async function beginTalk(
  { desk, directory }: PublishMeans,
  { workspaceId, session }: Visitor,
  wish: { requestId: string | null; sessionTopic: string | null; wants?: Wants },
): Promise<Talk> {
  const channel = directory.byId(session.channelId);
  const offline = channel && meetsVisitors(channel) ? channel.config.offline : undefined;
  const conversationId = await requestWebConversation(desk, {
    session,
    channel: {
      ...(channel === null ? { teamId: null } : impliedBy(channel)),
      weight: channel?.weight ?? 1,
      takesLeft: offline?.enabled === true,
    },
    ...(wish.wants !== undefined && { wants: wish.wants }),
    requestId: wish.requestId,
    wantedTopic: checkTopic(wish.sessionTopic, session),
  });
  const conversationIds = [conversationId];
  const [view] = await readWebConversations(desk.db, { workspaceId, conversationIds });
  if (view === undefined) throw new Error(`Conversation ${conversationId} is gone.`);
  return { conversationId, contactId: view.contactId, sessionTopic: view.sessionTopic };
}

/**
 * Where the session left off, even if that has ended: a message sent again because its answer was
 * lost must be found there before anything new begins.
 */
export async function resumeTalk({ means, visitor }: VisitorCall): Promise<Talk> {
  const { session } = visitor;
  const last = await findOwnWebConversation(means.desk.db, session);
  if (last !== null) return last;
  return beginTalk(means, visitor, { requestId: null, sessionTopic: null });
}

/** Only a topic with its own ids; else the server's own is used, and the client is told. */
function checkTopic(topic: string | null, session: WebSessionRow): string | null {
  const parsed = topic === null ? null : parseSessionTopic(topic);
  if (parsed === null || parsed.customerId !== session.customerId) return null;
  return parsed.sessionId === null || parsed.sessionId === session.sessionId ? topic : null;
}

/** The open conversation, or the last one of this session. Opens nothing. */
export async function ownTalk({
  means,
  visitor,
}: VisitorCall): Promise<WebConversationView | null> {
  const { workspaceId, session } = visitor;
  const { channelId, customerId } = session;
  const { db } = means.desk;
  const open = await findOpenWebConversation(db, { workspaceId, channelId, customerId });
  return open ?? findOwnWebConversation(db, session);
}
