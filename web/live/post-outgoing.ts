// Sends a message under its own key, and puts it into the thread.
import type { QueryClient } from '@tanstack/react-query';
import { ask, client } from '../api/client.ts';
import { KEY_HEADER } from '../api/name-request.ts';
import type { Message, Session } from '../api/shapes.ts';
import type { Outgoing } from './kept-outgoing.ts';
import { keepSaid } from './messages-cache.ts';

/** A line that hangs says nothing: then it is sent once more. */
const WAIT_MS = 20_000;
const SHOW_MS = 5000;

export async function postOutgoing(queries: QueryClient, one: Outgoing): Promise<void> {
  const said = await post(queries, one);
  // It is written: that the thread cannot be read just now holds up nothing.
  const soon = new Promise((done) => setTimeout(done, SHOW_MS));
  await Promise.race([keepSaid(queries, one.conversationId, said), soon]);
}

/** Whoever requests go out as. */
export function askWho(): Promise<Session> {
  return ask(client.GET('/api/v1/session', { signal: AbortSignal.timeout(WAIT_MS) }));
}

async function post(
  queries: QueryClient,
  { conversationId: id, key, text, note, attachments }: Outgoing,
): Promise<Message> {
  const sending = {
    params: { path: { id } },
    headers: { [KEY_HEADER]: key },
    signal: AbortSignal.timeout(WAIT_MS),
  };
  if (note) {
    const mention = text.includes('@')
      ? await (await import('./read-mentions.ts')).readMentions(queries, text)
      : undefined;
    const body = { text, ...(mention && { mention }) };
    return ask(client.POST('/api/v1/conversations/{id}/notes', { ...sending, body }));
  }
  const attachmentIds = attachments.map((file) => file.id);
  const body = { text, ...(attachmentIds.length > 0 ? { attachmentIds } : {}) };
  return ask(client.POST('/api/v1/conversations/{id}/messages', { ...sending, body }));
}
