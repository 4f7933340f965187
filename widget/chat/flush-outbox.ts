// Sends what waits in the outbox, in order and no faster than the server takes it.
import { type Chat, publish, topicOf } from './context.ts';
import { isLive, type Outgoing } from './state.ts';

/** The server takes 20 in 10 s. */
const MOST = 16;
const WINDOW_MS = 10_000;
/** After this many attempts without an echo from the server, the visitor decides. */
const MOST_TRIES = 4;

const busy = new WeakSet<Chat>();
let sentAt: number[] = [];

export async function flushOutbox(chat: Chat): Promise<void> {
  if (busy.has(chat)) return;
  busy.add(chat);
  for (let next = findNext(chat); next !== null; next = findNext(chat)) {
    await keepPace();
    if (!(await send(chat, next))) break;
  }
  busy.delete(chat);
}

/** The first that waits; nothing overtakes a file that is still on its way. */
function findNext(chat: Chat): Outgoing | null {
  const state = chat.get();
  if (!isLive(state) || state.link !== 'online') return null;
  const first = state.outbox.find((each) => each.state === 'waiting' || each.state === 'uploading');
  return first?.state === 'waiting' ? first : null;
}

async function send(chat: Chat, outgoing: Outgoing): Promise<boolean> {
  const { clientMessageId, text, file, tries } = outgoing;
  if (tries >= MOST_TRIES) {
    change(chat, clientMessageId, { state: 'failed', error: 'failed' });
    return true;
  }
  const attachments = file?.attachmentId == null ? {} : { attachments: [file.attachmentId] };
  const body = { clientMessageId, content: text, ...attachments };
  sentAt.push(performance.now());
  // Before it is sent: the echo may arrive before the broker's acknowledgement.
  change(chat, clientMessageId, { state: 'sent', tries: tries + 1, sentAt: performance.now() });
  const sent = await publish(chat, { topic: topicOf(chat, 'server/messages'), body, qos: 1 });
  if (!sent) change(chat, clientMessageId, { state: 'waiting', tries });
  return sent;
}

function change(chat: Chat, clientMessageId: string, change: Partial<Outgoing>): void {
  chat.dispatch({ type: 'outgoing-changed', clientMessageId, change });
}

async function keepPace(): Promise<void> {
  const now = performance.now();
  sentAt = sentAt.filter((at) => at > now - WINDOW_MS);
  const oldest = sentAt.length < MOST ? undefined : sentAt[0];
  if (oldest !== undefined) {
    await new Promise((done) => setTimeout(done, oldest + WINDOW_MS - now));
  }
}
