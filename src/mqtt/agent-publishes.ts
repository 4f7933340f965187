// What an agent's client publishes, as verbs of the desk (chimp-assist.md §5).

import { type Acting, actingOf } from '../access/acting.ts';
import { readAttendantId, readUpToSeq, readUtterance } from '../channels/webchat/read.ts';
import { UUID } from '../contract/uuid.ts';
import { acceptAnswered } from '../desk/answer-offer.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { hearOfAgent } from '../desk/keep-presence.ts';
import { readFiles } from '../desk/read-files.ts';
import { sayMessage } from '../desk/say-message.ts';
import { showRead } from '../desk/show-read.ts';
import {
  findWebConversationBySession,
  findWebConversationByTopic,
} from '../store/web-conversations.ts';
import { type Connection, inOrder } from './connection.ts';
import type { AgentAtWork } from './identity.ts';
import type { Fields, PublishMeans, Taken } from './publishing.ts';
import { maySpeakFor, publishTyping, showTyping } from './show-typing.ts';
import { agentControlTopicOf, sessionTopicOf, type Topic } from './topics.ts';
import { readReason } from './visitor-publishes.ts';

export interface AgentCall {
  means: PublishMeans;
  connection: Connection;
  agent: AgentAtWork;
}

export async function takeHeartbeat(
  { means, connection, agent }: AgentCall,
  fields: Fields,
): Promise<Taken> {
  const { workspaceId, agentId } = agent;
  if (readAttendantId(fields) !== agentId) return 'forbidden';
  if (!means.isSeen(agent)) {
    // The lease runs out, and the agent's conversations are treated as those of silent agents.
    const told = { instruction: 'attendant/control/terminate/activity_monitor_offline' };
    means.wire.publish(workspaceId, agentControlTopicOf(agentId), told, 1);
    return 'taken';
  }
  connection.hasQuit = false;
  connection.heardAt = means.desk.clock.elapsed();
  // Heartbeats of an agent who has been removed meanwhile are ignored.
  connection.sleeps = fields.sleeps === true;
  const sign = { workspaceId, agentId, ttlMs: means.agentTTL, sleeps: connection.sleeps };
  const known = await hearOfAgent(means.desk, { ...sign, onlyRenews: fields.renews === true });
  return known ? 'taken' : 'forbidden';
}

/** Ends this connection's part in the agent's presence; other connections may keep it. */
export async function takeQuit(
  { means, connection, agent }: AgentCall,
  fields: Fields,
): Promise<Taken> {
  if (readAttendantId(fields) !== agent.agentId) return 'forbidden';
  // As the last will of a phone: its line is gone, and the phone may only sleep.
  if (fields.sleeps === true) return 'taken';
  connection.hasQuit = true;
  means.agentLeft(agent, { awake: connection.sleeps });
  return 'taken';
}

export async function takeAgentClose(
  { means, agent }: AgentCall,
  { sessionId, reason }: Fields,
): Promise<Taken> {
  const { workspaceId, agentId } = agent;
  const view = await findBySession(means, { workspaceId, sessionId });
  if (view === null) return { ignored: 'there is no such session' };
  if (!maySpeakFor(actingAs(agent), view.agentId)) return 'forbidden';
  await closeConversation(means.desk, {
    workspaceId,
    conversationId: view.conversationId,
    reason: readReason(reason, 'closed'),
    actor: `agent:${agentId}`,
    // Another agent may have taken it since it was looked up.
    acting: actingAs(agent),
    tellRemote: false,
  });
  return 'taken';
}

/** From the back office, which knows conversations and not topics. */
export async function takeAgentTyping(
  { means, agent }: AgentCall,
  { conversationId, typing }: Fields,
): Promise<Taken> {
  if (typeof conversationId !== 'string' || !UUID.test(conversationId)) {
    return { ignored: 'conversationId is not valid' };
  }
  const told = await showTyping(means, {
    ...{ workspaceId: agent.workspaceId, conversationId, by: agent },
    ...{ acting: actingAs(agent), typing: typing === true },
  });
  return told === 'told' ? 'taken' : 'forbidden';
}

export async function takeAgentPublish(
  call: AgentCall,
  args: { topic: Extract<Topic, { kind: 'session' }>; fields: Fields; isRepeat: boolean },
): Promise<Taken> {
  const { means, agent, connection } = call;
  const { workspaceId, agentId } = agent;
  const { topic, fields, isRepeat } = args;
  const sessionTopic = topicOf(topic);
  if (topic.end === 'server/messages' || topic.end === 'messages') {
    const isRemembered = connection.talks.has(sessionTopic);
    const said = await sayOn(call, sessionTopic, { fields, isRepeat });
    // The topic may have got another conversation since it was looked up.
    return said === 'taken' || !isRemembered
      ? said
      : sayOn(call, sessionTopic, { fields, isRepeat });
  }
  const view = await findWebConversationByTopic(means.desk.db, { workspaceId, sessionTopic });
  if (view?.agentId !== agentId) return 'forbidden';
  const { conversationId } = view;
  if (topic.end === 'server/typing') {
    publishTyping(means, { workspaceId, by: agent, sessionTopic, typing: fields.typing === true });
    return 'taken';
  }
  const upToSeq = readUpToSeq(fields);
  if (upToSeq === null) return { ignored: 'upToSeq is not a number' };
  await showRead(means.desk, { workspaceId, conversationId, by: { agentId }, upToSeq });
  return 'taken';
}

/** The conversation of the topic, as of the first look-up. */
async function findTalk({ means, connection, agent }: AgentCall, sessionTopic: string) {
  const key = { workspaceId: agent.workspaceId, sessionTopic };
  const known = connection.talks.get(sessionTopic);
  const found = known ?? findWebConversationByTopic(means.desk.db, key);
  connection.talks.set(sessionTopic, found);
  const talk = await found.catch((error: unknown) => {
    connection.talks.delete(sessionTopic);
    throw error;
  });
  if (talk === null) connection.talks.delete(sessionTopic);
  return talk;
}

async function sayOn(
  call: AgentCall,
  sessionTopic: string,
  words: { fields: Fields; isRepeat: boolean },
): Promise<Taken> {
  const talk = await findTalk(call, sessionTopic);
  if (talk === null) return 'forbidden';
  const said = await say(call, { conversationId: talk.conversationId, ...words });
  if (said !== 'taken') call.connection.talks.delete(sessionTopic);
  return said;
}

async function say(
  { means, connection, agent: { workspaceId, agentId } }: AgentCall,
  args: { conversationId: string; fields: Fields; isRepeat: boolean },
): Promise<Taken> {
  const { conversationId, fields, isRepeat } = args;
  const utterance = readUtterance(fields);
  if (!utterance.ok) return { ignored: utterance.error };
  const { content: text, clientMessageId, attachmentIds: ids } = utterance.value;
  const by = `agent:${agentId}`;
  const attachments = await inOrder(connection, () =>
    readFiles(means.desk.db, { workspaceId, ids, by }),
  );
  const { outcome, offered } = await sayMessage(means.desk, {
    ...{ workspaceId, conversationId, text, attachments, clientMessageId, isRepeat },
    authorKind: 'agent',
    authorId: agentId,
    sessionId: null,
  });
  if (outcome === 'closed') return { ignored: 'the conversation has ended' };
  // Answering an offered conversation accepts it.
  if (offered) {
    await acceptAnswered(means.desk, { workspaceId, conversationId, agentId });
  }
  return outcome === 'stored' || outcome === 'repeat' ? 'taken' : 'forbidden';
}

/** A limited token lacks parts of the role it came with. */
function actingAs({ agentId, role }: AgentAtWork): Acting {
  return actingOf({ agentId, role, scopes: null });
}

/** null: there is no such session, or it has had no conversation. */
export async function findBySession(
  { desk }: PublishMeans,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: unknown },
) {
  if (typeof sessionId !== 'string' || !UUID.test(sessionId)) return null;
  return findWebConversationBySession(desk.db, { workspaceId, sessionId });
}

function topicOf({ customerId, sessionId }: { customerId: string; sessionId: string | null }) {
  return sessionId === null
    ? `server/sessions/${customerId}`
    : sessionTopicOf(customerId, sessionId);
}
