// Asks the server for a place: who we are, and how we may connect.
import type { Chat } from './context.ts';
import { readFormerGuest } from './memory.ts';
import { readSessionAnswer } from './read-config.ts';
import { asFields } from './read-value.ts';
import { type Answer, createSession } from './rest.ts';
import type { Session } from './state.ts';

/** Answers whether there is a session now. */
export async function openSession(chat: Chat): Promise<boolean> {
  if (chat.get().session !== null) return true;
  const session = keep(chat, await ask(chat));
  if (session === null) return false;
  chat.dispatch({ type: 'session', session });
  return true;
}

/**
 * A new token where the old one is not taken any more. over: we are refused, or known by another name by now;
 * the conversation is not ours any more. unanswered: to be asked again. busy: to be asked again, but rarely.
 */
export async function renewSession(
  chat: Chat,
  old: Session,
): Promise<'renewed' | 'over' | 'unanswered' | 'busy'> {
  const answer = await ask(chat);
  // Meanwhile the page has said who is there, and another session has taken the place of this one.
  if (chat.get().session?.mqtt.username !== old.mqtt.username) return 'unanswered';
  if (!answer.ok && answer.status === TOO_MANY) return 'busy';
  if (!answer.ok && !isFinal(answer.status)) return 'unanswered';
  const renewed = keep(chat, answer);
  if (renewed?.customerId !== old.customerId) return 'over';
  chat.dispatch({ type: 'session', session: { ...old, mqtt: renewed.mqtt } });
  return 'renewed';
}

const TOO_MANY = 429;

/** No outage, and nothing that passes by itself: no answer, or the server's own failure. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

/** Somebody else's id, or one that we cannot prove: then as a guest, unless a guest is refused too. */
async function ask(chat: Chat): Promise<Answer> {
  const identified = await createSession(describeVisitor(chat, true));
  const isRefused = !identified.ok && identified.status === 403;
  return isRefused ? createSession(describeVisitor(chat, false)) : identified;
}

/** As the customer that the page has proved. null: the proof is not taken, or there is no answer. */
export async function askAsCustomer(chat: Chat): Promise<Session | null> {
  const answer = await createSession(describeVisitor(chat, true));
  // Without a key at the channel a proof proves nothing, and nothing has gone along.
  const isProved = answer.ok && asFields(answer.value).verified === true;
  return isProved ? keep(chat, answer) : null;
}

function keep(chat: Chat, answer: Answer): Session | null {
  const read = answer.ok ? readSessionAnswer(answer.value) : null;
  if (read === null) return null;
  const { visitorKey, ...session } = read;
  const identity = chat.customer.id ?? null;
  chat.memory.write({ identity, ...(visitorKey === null ? {} : { visitorKey }) });
  return session;
}

function describeVisitor(chat: Chat, withId: boolean): Record<string, unknown> {
  const { visitorKey, profile } = chat.memory.read();
  const { identityHash, identityToken, ...named } = chat.customer;
  const former = visitorKey === null ? readFormerGuest() : null;
  const { id, ...customer } = { ...former, ...profile, ...named };
  const proof = { identityHash, identityToken };
  return {
    customer: withId && id !== undefined ? { ...customer, id } : customer,
    ...(visitorKey === null ? {} : { visitorKey }),
    ...(withId ? proof : {}),
    channelId: chat.channelId ?? chat.get().config?.channelId ?? undefined,
    locale: chat.speech.locale,
    page: chat.page,
  };
}
