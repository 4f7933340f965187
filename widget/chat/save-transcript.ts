// Saves the whole chat as a text file; fetched again, because a page may know only its end.
import { serverNow } from '../../browser/server-clock.ts';
import { withoutDirections } from '../../src/contract/visible-text.ts';
import type { Speech } from '../words/speech.ts';
import type { Chat } from './context.ts';
import { readMessage } from './read-message.ts';
import { asFields, asList } from './read-value.ts';
import { fetchMessages } from './rest.ts';
import { type ChatMessage, nameOf, type Session } from './state.ts';

const PAGE = 200;

/** false: it could not be fetched. */
export async function saveTranscript(chat: Chat): Promise<boolean> {
  const { speech } = chat;
  const { session } = chat.get();
  const messages = session === null ? null : await fetchAll(session);
  if (session === null || messages === null) return false;
  const lines = messages.map((one) => writeLine(one, session.customerId, speech));
  const file = new Blob([`${lines.join('\n')}\n`], { type: 'text/plain;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `chat-${new Date(serverNow()).toISOString().slice(0, 10)}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}

async function fetchAll(session: Session): Promise<ChatMessage[] | null> {
  const found: ChatMessage[] = [];
  for (let last = 0; ; ) {
    const answer = await fetchMessages(session, last);
    if (!answer.ok) return null;
    const items = asList(answer.value);
    const messages = items.flatMap((each) => readMessage(asFields(each).message) ?? []);
    found.push(...messages);
    const next = Math.max(last, ...messages.map(({ seq }) => seq));
    if (items.length < PAGE) return found;
    if (next === last) return null;
    last = next;
  }
}

export function writeLine(
  { at, from, text, attachments }: Pick<ChatMessage, 'at' | 'from' | 'text' | 'attachments'>,
  customerId: string,
  speech: Pick<Speech, 'say' | 'locale'>,
): string {
  const when = new Intl.DateTimeFormat(speech.locale, { dateStyle: 'short', timeStyle: 'short' });
  const isOwn = from.id === customerId;
  const name = isOwn ? speech.say('log.you') : nameOf(from) || speech.say('log.agent');
  const said = [text, ...attachments.map((file) => `[${file.name}]`)].filter((one) => one !== '');
  return withoutDirections(`${when.format(at)} ${name}: ${said.join(' ')}`);
}
