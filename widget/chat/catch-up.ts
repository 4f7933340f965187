// After every connect: asks for the conversation if there is none, and for what was missed.
import { type Chat, publish, withBase } from './context.ts';
import { fillGaps } from './fill-gaps.ts';
import { readSession } from './read-control.ts';
import { asList } from './read-value.ts';
import { type Answer, fetchLastSessions, fetchSession } from './rest.ts';
import { isLive } from './state.ts';

export async function catchUp(chat: Chat): Promise<void> {
  const { session, phase, outbox } = chat.get();
  if (session === null) return;
  const isIdle = !session.requested && phase === 'new' && outbox.length === 0;
  if (isIdle && (await joinOpen(chat))) return;
  if (!session.requested || phase === 'unavailable') return requestConversation(chat);
  // Not by a heartbeat: that would open a new conversation if ours has ended meanwhile.
  const answer = await fetchSession(session);
  if (answer.ok && answer.value === null && phase === 'starting') return requestConversation(chat);
  if (isGone(answer)) return chat.dispatch({ type: 'ended', reason: 'expired' });
  if (answer.ok) chat.dispatch({ type: 'control', control: readSession(answer.value) });
  await fillGaps(chat, { always: true });
  if (isLive(chat.get())) await sayAlive(chat);
}

let isUnanswered = false;

/** To be called at every beat of a visitor who only looks: unanswered questions are asked again. */
export async function lookAgain(chat: Chat): Promise<void> {
  if (isUnanswered) await joinOpen(chat);
}

/** Finds what the customer has begun on another device. false: there is something to send here. */
async function joinOpen(chat: Chat): Promise<boolean> {
  const { session } = chat.get();
  if (session === null) return true;
  const answer = await fetchLastSessions(session);
  isUnanswered = !answer.ok;
  // Another session may have taken its place meanwhile.
  if (chat.get().session !== session) return true;
  const last = answer.ok ? asList(answer.value).map(readSession) : [];
  const open = last.find(({ phase }) => phase === 'waiting' || phase === 'active');
  if (open !== undefined) chat.dispatch({ type: 'control', control: open });
  const { phase, outbox } = chat.get();
  return phase !== 'new' || outbox.length === 0;
}

/** There is no such conversation, or it is no longer ours to see. */
export function isGone(answer: Answer): boolean {
  return answer.ok ? answer.value === null : [401, 403, 404].includes(answer.status);
}

export async function requestConversation(chat: Chat): Promise<void> {
  const { session } = chat.get();
  if (session === null) return;
  chat.dispatch({ type: 'requested' });
  const { sessionTopic, sessionId, customerId, requestId: requestID } = session;
  await publish(chat, {
    topic: withBase(session.mqtt.baseTopic, 'server/sessions/request'),
    body: { sessionTopic, sessionId, customerId, requestID },
    qos: 1,
  });
}

/** Keeps the conversation open; the answer tells how far its messages go. */
export async function sayAlive(chat: Chat): Promise<void> {
  const { session } = chat.get();
  if (session === null) return;
  const { sessionTopic, sessionId, customerId, requestId: requestID } = session;
  const body = { sessionTopic, sessionId, requestID, customer: { id: customerId } };
  const topic = withBase(session.mqtt.baseTopic, 'server/sessions/online');
  await publish(chat, { topic, body, qos: 1 });
}
