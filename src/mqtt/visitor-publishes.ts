// What a visitor's client publishes, as verbs of the desk (chimp-assist.md §5). Each answers after
// the commit.

import {
  type ConversationWished,
  readChannelWish,
  readConversationWish,
  readUpToSeq,
  readUtterance,
} from '../channels/webchat/read.ts';
import { writeCustomer, writeSession } from '../channels/webchat/write.ts';
import { capText } from '../contract/clean-text.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { hearOfVisitor } from '../desk/keep-presence.ts';
import { readFiles } from '../desk/read-files.ts';
import { sayMessage } from '../desk/say-message.ts';
import { showRead } from '../desk/show-read.ts';
import {
  findOpenWebConversation,
  findWebConversationBySession,
  type WebConversationView,
} from '../store/web-conversations.ts';
import { inOrder, type Talk } from './connection.ts';
import { doesStand } from './does-stand.ts';
import type { Fields, Taken } from './publishing.ts';
import { writeControl } from './tell-state.ts';
import { agentTypingTopicOf, replyTopicOf, type SessionEnd, sessionTopicOf } from './topics.ts';
import { isCalled, isOwnSession, type VisitorCall } from './visitor-call.ts';
import { beginTalk, ownTalk, resumeTalk } from './visitor-talk.ts';

/** The topic of the session's messages; asking opens nothing. */
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

/** `online`: a keep-alive, which begins a conversation only if this session never had one. */
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
  const talk = beginTalk(means, visitor, wish.value);
  connection.talk = talk;
  await talk;
  return 'taken';
}

/**
 * false: this session never had a conversation, not even one that is now a proved customer's.
 * Nothing begins for a conversation that another session began: it has ended meanwhile, or belongs
 * to another channel.
 */
async function keepAlive(
  { means, visitor: { workspaceId, session } }: VisitorCall,
  { requestId, sessionId }: ConversationWished,
): Promise<boolean> {
  const { desk, wire, shown } = means;
  const { channelId, customerId } = session;
  const open = await findOpenWebConversation(desk.db, { workspaceId, channelId, customerId });
  const view = open ?? (await findWebConversationBySession(desk.db, session));
  if (view === null) return sessionId !== null && sessionId !== session.sessionId;
  if (view.customerId !== customerId) return true;
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
    acting: null,
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
  const { attachments, mayBegin } = await inOrder(connection, async () => ({
    attachments: await readFiles(means.desk.db, { workspaceId, ids, by }),
    // The verb judges the message; here a conversation may be begun before that.
    mayBegin: connection.talk !== null || (await doesStand(means, visitor)),
  }));
  if (!mayBegin) return 'forbidden';
  const wish = { requestId: null, sessionTopic: null };
  // Once more when it has ended meanwhile: a message after the end begins a new one.
  for (const again of [true, false]) {
    const talk: Promise<Talk> = connection.talk ?? resumeTalk(call);
    connection.talk = talk;
    const { conversationId, contactId } = await talk.catch((error: unknown) => {
      connection.talk = null;
      throw error;
    });
    const words = { conversationId, text, attachments, clientMessageId, isRepeat };
    const { sessionId } = session;
    const author = { authorKind: 'contact' as const, authorId: contactId, sessionId };
    const said = await sayMessage(means.desk, { workspaceId, ...words, ...author });
    if (said.outcome === 'stored' || said.outcome === 'repeat') return 'taken';
    if (said.outcome === 'session-over') return 'forbidden';
    // Other messages of the same moment have the new one already.
    if (again && connection.talk === talk) connection.talk = beginTalk(means, visitor, wish);
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
    const told = {
      conversationId,
      typing,
      from: { id: from.id, name: from.name, verified: from.verified },
    };
    means.wire.publish(workspaceId, agentTypingTopicOf(view.agentId), told, 0);
  }
  return 'taken';
}
