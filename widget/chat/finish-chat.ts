// Ends a conversation, and offers what can be done after its end.
import { type Chat, publish, withBase } from './context.ts';
import { askTranscript, forget, sendRating } from './rest.ts';

/** Resolves false when the server could not be told; then the conversation goes on. */
export async function endChat(chat: Chat): Promise<boolean> {
  const { session } = chat.get();
  if (session === null) return false;
  const topic = withBase(session.mqtt.baseTopic, 'server/sessions/close');
  const body = { sessionId: session.sessionId, reason: 'customer' };
  const told = await publish(chat, { topic, body, qos: 1 });
  if (told) chat.dispatch({ type: 'ended', reason: 'closed' });
  return told;
}

/** An empty chat for the same visitor. */
export function startOver(chat: Chat): void {
  chat.link?.close();
  chat.link = null;
  chat.files.clear();
  chat.dispatch({ type: 'over' });
}

/** A new conversation: unsent messages of the last one stay in the outbox. */
export function beginAnew(chat: Chat): void {
  const { outbox } = chat.get();
  const files = [...chat.files];
  startOver(chat);
  for (const [clientMessageId, file] of files) chat.files.set(clientMessageId, file);
  for (const each of outbox) {
    // Uploaded files belong to the session before.
    const file = each.file && { ...each.file, attachmentId: null };
    chat.dispatch({ type: 'outgoing', outgoing: { ...each, file } });
  }
}

/** The next visitor is somebody else: the server forgets this browser, and so does the browser. */
export async function resetChat(chat: Chat): Promise<void> {
  const session = chat.get().session ?? chat.memory.read().session;
  startOver(chat);
  chat.memory.clear();
  chat.draft = '';
  chat.customer = {};
  if (session !== null) await forget(session);
}

export async function rateChat(chat: Chat, score: number, comment: string): Promise<boolean> {
  const { session } = chat.get();
  if (session === null) return false;
  const said = comment.trim();
  const answer = await sendRating(session, { score, ...(said === '' ? {} : { comment: said }) });
  if (answer.ok) chat.dispatch({ type: 'rated' });
  return answer.ok;
}

export async function mailTranscript(chat: Chat, email: string): Promise<boolean> {
  const { session } = chat.get();
  return session !== null && (await askTranscript(session, email)).ok;
}
