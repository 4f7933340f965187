// Fetches the messages that are missing, until none are.
import type { Chat } from './context.ts';
import { readMessage } from './read-message.ts';
import { asFields, asList } from './read-value.ts';
import { fetchMessages } from './rest.ts';
import { findGap } from './state.ts';

const PAGE = 200;
const AGAIN_MS = 5000;
const busy = new WeakSet<Chat>();

/** `always`: asks even when nothing is known to be missing. */
export async function fillGaps(chat: Chat, { always }: { always: boolean }): Promise<void> {
  if (busy.has(chat)) return;
  busy.add(chat);
  const filled = await fill(chat, always);
  busy.delete(chat);
  if (!filled) setTimeout(() => void fillGaps(chat, { always: false }), AGAIN_MS);
}

async function fill(chat: Chat, always: boolean): Promise<boolean> {
  for (let first = always; ; first = false) {
    const { session, completeTo, lastSeq } = chat.get();
    if (session === null || (!first && findGap(chat.get()) === null)) return true;
    const answer = await fetchMessages(session, completeTo);
    if (!answer.ok) return false;
    if (chat.get().session?.sessionId !== session.sessionId) return true;
    const items = asList(answer.value);
    const messages = items.flatMap((each) => readMessage(asFields(each).message) ?? []);
    const last = Math.max(completeTo, ...messages.map(({ seq }) => seq));
    // A page that is not full is complete: numbers that it lacks are not for us.
    const isLast = items.length < PAGE;
    chat.dispatch({
      type: 'messages',
      messages,
      completeTo: isLast ? Math.max(last, lastSeq) : last,
    });
    if (!isLast && last === completeTo) return false;
  }
}
