// The visitor sends a message: into the outbox first, so that nothing is lost on the way.
import { serverNow } from '../../browser/server-clock.ts';
import { isUnseen } from '../../src/contract/visible-text.ts';
import { requestConversation } from './catch-up.ts';
import { connectChat } from './connect-chat.ts';
import { type Chat, publish, topicOf } from './context.ts';
import { beginAnew } from './finish-chat.ts';
import { flushOutbox } from './flush-outbox.ts';
import { openSession } from './open-session.ts';
import type { Outgoing } from './state.ts';
import { cancelUpload, uploadWaiting } from './upload-waiting.ts';

/** As many characters as the server takes. */
export const MAX_TEXT = 10_000;

export async function sayText(chat: Chat, text: string): Promise<void> {
  const content = text.trim();
  if (isUnseen(content)) return;
  add(chat, { text: content, file: null, state: 'waiting' });
  await begin(chat);
}

export async function sayFile(chat: Chat, file: File): Promise<void> {
  const { name, type, size } = file;
  const isTooLarge = size > (chat.get().config?.maxFileBytes ?? 0);
  const clientMessageId = add(chat, {
    text: '',
    file: { name, type, size, attachmentId: null },
    state: isTooLarge ? 'failed' : 'uploading',
    error: isTooLarge ? 'too-large' : null,
  });
  if (isTooLarge) return;
  chat.files.set(clientMessageId, file);
  await begin(chat);
}

export async function retry(chat: Chat, outgoing: Outgoing): Promise<void> {
  const { clientMessageId } = outgoing;
  // Sent again, it begins a new conversation.
  if (chat.get().phase === 'ended') beginAnew(chat);
  const { file } =
    chat.get().outbox.find((each) => each.clientMessageId === clientMessageId) ?? outgoing;
  const isUploaded = file === null || file.attachmentId !== null;
  const state = isUploaded ? 'waiting' : 'uploading';
  change(chat, clientMessageId, { state, error: null, progress: 0, tries: 0 });
  await begin(chat);
}

export function discard(chat: Chat, clientMessageId: string): void {
  cancelUpload(clientMessageId);
  chat.files.delete(clientMessageId);
  chat.dispatch({ type: 'discarded', clientMessageId });
}

/**
 * A conversation begins with the first message: a visitor who only looks takes no place in the
 * queue.
 */
async function begin(chat: Chat): Promise<void> {
  if (!(await openSession(chat))) return failAll(chat);
  const isConnected = chat.link !== null;
  connectChat(chat);
  const { phase, link } = chat.get();
  if (link === 'offline') chat.link?.hurry();
  if (isConnected && link === 'online' && phase === 'new') await requestConversation(chat);
  uploadWaiting(chat);
  await flushOutbox(chat);
}

function add(
  chat: Chat,
  what: Pick<Outgoing, 'text' | 'file' | 'state'> & Partial<Outgoing>,
): string {
  const clientMessageId = crypto.randomUUID();
  const rest = { at: serverNow(), progress: 0, error: null, tries: 0, sentAt: 0 };
  chat.dispatch({ type: 'outgoing', outgoing: { ...rest, ...what, clientMessageId } });
  return clientMessageId;
}

function failAll(chat: Chat): void {
  for (const { clientMessageId, state } of chat.get().outbox) {
    if (state !== 'failed') change(chat, clientMessageId, { state: 'failed', error: 'failed' });
  }
}

function change(chat: Chat, clientMessageId: string, change: Partial<Outgoing>): void {
  chat.dispatch({ type: 'outgoing-changed', clientMessageId, change });
}

const EVERY_MS = 3000;
let typingSaidAt: number | null = null;
let quiet: ReturnType<typeof setTimeout> | undefined;

/** To be called at every key: reports typing every few seconds, and takes it back after a pause. */
export function sayTyping(chat: Chat, typing: boolean): void {
  clearTimeout(quiet);
  if (chat.get().phase !== 'active') return;
  if (typing) quiet = setTimeout(() => sayTyping(chat, false), EVERY_MS + 1000);
  const now = performance.now();
  const isNews = typing
    ? typingSaidAt === null || now - typingSaidAt > EVERY_MS
    : typingSaidAt !== null;
  if (!isNews) return;
  typingSaidAt = typing ? now : null;
  void publish(chat, { topic: topicOf(chat, 'server/typing'), body: { typing }, qos: 0 });
}
