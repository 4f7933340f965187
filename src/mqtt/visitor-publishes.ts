// What a visitor's client publishes, as verbs of the desk (chimp-assist.md §5).

import {
  type ConversationWished,
  readChannelWish,
  readConversationWish,
  readCustomerId,
  readUpToSeq,
  readUtterance,
} from '../connectors/webchat/read.ts';
import { writeCustomer, writeSession } from '../connectors/webchat/write.ts';
import { capText } from '../contract/clean-text.ts';
import { UUID } from '../contract/uuid.ts';
import type { WebChatConfig } from '../contract/webchat.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { hearOfVisitor } from '../desk/keep-presence.ts';
import { readFiles } from '../desk/read-files.ts';
import { requestWebConversation } from '../desk/request-web-conversation.ts';
import { sayMessage } from '../desk/say-message.ts';
import { showRead } from '../desk/show-read.ts';
import { nameGuest } from '../desk/start-web-session.ts';
import {
  findOpenWebConversation,
  findWebConversationBySession,
  readWebConversations,
  type WebConversationView,
} from '../store/web-conversations.ts';
import { getWebSession, type WebSessionRow } from '../store/web-sessions.ts';
import { type Connection, inOrder, type Talk } from './connection.ts';
import type { Visitor } from './identity.ts';
import type { Fields, PublishMeans, Taken } from './publishing.ts';
import { writeControl } from './tell-state.ts';
import {
  agentTypingTopicOf,
  parseSessionTopic,
  replyTopicOf,
  type SessionEnd,
  sessionTopicOf,
} from './topics.ts';

/** Each answers once what it means is committed. */
export interface VisitorCall {
  means: PublishMeans;
  connection: Connection;
  visitor: Visitor;
}

/** Where the session's messages go; nothing is opened by asking. */
export async function takeChannelRequest(call: VisitorCall, fields: Fields): Promise<Taken> {
  const wish = readChannelWish(fields);
  if (!wish.ok) return { ignored: wish.error };
  const { userRequesting, responseTopic } = wish.value;
  if (!(await isCalled(call, userRequesting))) return { ignored: 'another customer’s id' };
  const { workspaceId, session } = call.visitor;
  const channelTopic = sessionTopicOf(session.customerId, session.sessionId);
  const { sessionId } = session;
  call.means.wire.publish(workspaceId, responseTopic, { channelTopic, sessionId }, 1);
  return 'taken';
}

/** `online`: a keep-alive, which begins a conversation only where this session never had one. */
export async function takeSessionRequest(
  call: VisitorCall,
  { fields, online }: { fields: Fields; online: boolean },
): Promise<Taken> {
  const { means, connection, visitor } = call;
  const wish = readConversationWish(fields);
  if (!wish.ok) return { ignored: wish.error };
  const { customerId, sessionId } = wish.value;
  if (customerId !== null && !(await isCalled(call, customerId))) return 'forbidden';
  if (sessionId !== null && !(await isOwnSession(call, sessionId))) return 'forbidden';
  if (online && (await keepAlive(call, wish.value))) return 'taken';
  const talk = openTalk(means, visitor, wish.value);
  connection.talk = talk;
  await talk;
  return 'taken';
}

async function isCalled({ means, visitor }: VisitorCall, customerId: string): Promise<boolean> {
  const { session } = visitor;
  if (session.customerId === customerId) return true;
  return callGuest(means, session, customerId);
}

const naming = new WeakMap<WebSessionRow, Promise<unknown>>();

/**
 * A guest's session takes the id that its client has; here and in the database. What comes meanwhile
 * waits: the filters of one SUBSCRIBE come together.
 */
export function callGuest(
  means: Pick<PublishMeans, 'desk' | 'directory'>,
  session: WebSessionRow,
  customerId: string,
): Promise<boolean> {
  const named = (naming.get(session) ?? Promise.resolve()).then(async () => {
    if (session.customerId === customerId) return true;
    // Out of a filter it may be anything, up to the name of a whole branch.
    if (readCustomerId(customerId) !== customerId) return false;
    const hasKey = Boolean(means.directory.byId(session.channelId)?.secrets.widgetSecret);
    if (!(await nameGuest(means.desk, { session, customerId, hasKey }))) return false;
    session.customerId = customerId;
    session.named = true;
    return true;
  });
  naming.set(
    session,
    named.catch(() => {}),
  );
  return named;
}

async function isOwnSession(
  { means, visitor: { workspaceId, session } }: VisitorCall,
  sessionId: string,
): Promise<boolean> {
  if (sessionId === session.sessionId) return true;
  if (!UUID.test(sessionId)) return false;
  const key = { workspaceId, sessionId };
  const other = await getWebSession(means.desk.db, key);
  if (other?.customerId === session.customerId) return true;
  // What a guest began has become the customer's, and is still called by the guest's session.
  const view = await findWebConversationBySession(means.desk.db, key);
  return view?.customerId === session.customerId;
}

/** false: there has never been a conversation of this session. */
async function keepAlive(
  { means, visitor: { workspaceId, session } }: VisitorCall,
  { requestId }: ConversationWished,
): Promise<boolean> {
  const { desk, wire, shown } = means;
  const { channelId, customerId, sessionId } = session;
  const open = await findOpenWebConversation(desk.db, { workspaceId, channelId, customerId });
  const view = open ?? (await findWebConversationBySession(desk.db, { workspaceId, sessionId }));
  if (view === null) return false;
  const { conversationId, sessionTopic } = view;
  if (open !== null) await hearOfVisitor(desk, { workspaceId, conversationId });
  const control =
    open === null
      ? writeControl(view, { shown })
      : { instruction: 'session/update', sessionInfo: writeSession(view, { shown }) };
  wire.publish(workspaceId, `${sessionTopic}/client/control`, control, 1);
  if (requestId !== null) {
    const topic = replyTopicOf(customerId, requestId);
    wire.publish(workspaceId, topic, { update: control.instruction, ...control }, 1);
  }
  return true;
}

async function openTalk(
  { desk, directory }: PublishMeans,
  { workspaceId, session }: Visitor,
  wish: { requestId: string | null; sessionTopic: string | null },
): Promise<Talk> {
  const channel = directory.byId(session.channelId);
  const conversationId = await requestWebConversation(desk, {
    session,
    channel: {
      teamId: channel?.teamId ?? null,
      weight: channel?.weight ?? 1,
      takesLeft: (channel?.config as WebChatConfig | undefined)?.offline?.enabled === true,
    },
    requestId: wish.requestId,
    wantedTopic: checkTopic(wish.sessionTopic, session),
  });
  const conversationIds = [conversationId];
  const [view] = await readWebConversations(desk.db, { workspaceId, conversationIds });
  if (view === undefined) throw new Error(`Conversation ${conversationId} is gone.`);
  return { conversationId, contactId: view.contactId, sessionTopic: view.sessionTopic };
}

/**
 * Where the session left off, even if that has ended: what is sent again because its answer was lost
 * must be found there before anything new begins.
 */
async function resumeTalk({ means, visitor }: VisitorCall): Promise<Talk> {
  const { workspaceId, session } = visitor;
  const { sessionId, customerId } = session;
  const last = await findWebConversationBySession(means.desk.db, { workspaceId, sessionId });
  if (last?.customerId === customerId) return last;
  return openTalk(means, visitor, { requestId: null, sessionTopic: null });
}

/** Only one with its own ids; else the server's own is used and told. */
function checkTopic(topic: string | null, session: WebSessionRow): string | null {
  const parsed = topic === null ? null : parseSessionTopic(topic);
  if (parsed === null || parsed.customerId !== session.customerId) return null;
  return parsed.sessionId === null || parsed.sessionId === session.sessionId ? topic : null;
}

export async function takeClose(call: VisitorCall, fields: Fields): Promise<Taken> {
  const { means, visitor, connection } = call;
  const { workspaceId, session } = visitor;
  const { channelId, customerId } = session;
  const { sessionId, reason } = fields;
  const own = typeof sessionId === 'string' && (await isOwnSession(call, sessionId));
  if (!own) return 'forbidden';
  const key = { workspaceId, channelId, customerId };
  const open = await findOpenWebConversation(means.desk.db, key);
  connection.talk = null;
  if (open === null) return { ignored: 'nothing is open' };
  await closeConversation(means.desk, {
    workspaceId,
    conversationId: open.conversationId,
    reason: readReason(reason, 'closed-by-visitor'),
    actor: 'contact',
    tellRemote: false,
  });
  return 'taken';
}

export function readReason(given: unknown, otherwise: string): string {
  const text = typeof given === 'string' ? given.replaceAll('\0', '').toWellFormed().trim() : '';
  return text === '' ? otherwise : capText(text, 200);
}

export async function takeSessionPublish(
  call: VisitorCall,
  args: { end: SessionEnd; fields: Fields; isRepeat: boolean },
): Promise<Taken> {
  const { end, fields } = args;
  if (end === 'server/messages' || end === 'messages') return say(call, args);
  const talk = await ownTalk(call);
  if (talk === null) return { ignored: 'nothing is open' };
  if (end === 'server/typing') return tellTyping(call, talk, fields);
  const upToSeq = readUpToSeq(fields);
  if (upToSeq === null) return { ignored: 'upToSeq is not a number' };
  const { conversationId } = talk;
  const { workspaceId } = call.visitor;
  await showRead(call.means.desk, { workspaceId, conversationId, by: 'contact', upToSeq });
  return 'taken';
}

/** The open conversation, or the one that this session was last in. Nothing is opened. */
async function ownTalk({ means, visitor }: VisitorCall): Promise<WebConversationView | null> {
  const { workspaceId, session } = visitor;
  const { channelId, customerId, sessionId } = session;
  const { db } = means.desk;
  const open = await findOpenWebConversation(db, { workspaceId, channelId, customerId });
  return open ?? findWebConversationBySession(db, { workspaceId, sessionId });
}

async function say(
  call: VisitorCall,
  { fields, isRepeat }: { fields: Fields; isRepeat: boolean },
): Promise<Taken> {
  const { means, visitor, connection } = call;
  const { workspaceId, session } = visitor;
  const utterance = readUtterance(fields);
  if (!utterance.ok) return { ignored: utterance.error };
  const { content: text, clientMessageId, attachmentIds: ids } = utterance.value;
  const by = `visitor:${session.sessionId}`;
  const attachments = await inOrder(connection, () =>
    readFiles(means.desk.db, { workspaceId, ids, by }),
  );
  const wish = { requestId: null, sessionTopic: null };
  // Once more when it has ended meanwhile: what is said after the end begins anew.
  for (const again of [true, false]) {
    const talk: Promise<Talk> = connection.talk ?? resumeTalk(call);
    connection.talk = talk;
    const { conversationId, contactId } = await talk.catch((error: unknown) => {
      connection.talk = null;
      throw error;
    });
    const words = { conversationId, text, attachments, clientMessageId, isRepeat };
    const author = { authorKind: 'contact' as const, authorId: contactId };
    const said = await sayMessage(means.desk, { workspaceId, ...words, ...author });
    if (said.outcome === 'stored' || said.outcome === 'repeat') return 'taken';
    // Others that were said together with this one have the new one already.
    if (again && connection.talk === talk) connection.talk = openTalk(means, visitor, wish);
  }
  return { ignored: 'the conversation has ended' };
}

function tellTyping(
  { means, visitor: { workspaceId } }: VisitorCall,
  view: WebConversationView,
  fields: Fields,
): Taken {
  if (view.state === 'closed') return { ignored: 'nothing is open' };
  const { conversationId } = view;
  const typing = fields.typing === true;
  const from = writeCustomer(view);
  means.wire.publish(workspaceId, `${view.sessionTopic}/typing`, { from, typing }, 0);
  if (view.agentId !== null) {
    const told = { conversationId, typing, from: { id: from.id, name: from.name } };
    means.wire.publish(workspaceId, agentTypingTopicOf(view.agentId), told, 0);
  }
  return 'taken';
}
