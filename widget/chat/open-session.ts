// Asks the server for a session: who we are, and how we may connect.
import { retryDelay } from '../../browser/retry-delay.ts';
import type { Chat } from './context.ts';
import { readFormerGuest } from './memory.ts';
import { readSessionAnswer } from './read-config.ts';
import { type Answer, createSession, type Refusal } from './rest.ts';
import type { Session } from './state.ts';

let opening: Promise<boolean> | null = null;

/** Answers whether there is a session now: everything that is sent needs one. */
export function openSession(chat: Chat): Promise<boolean> {
  opening ??= open(chat).finally(() => {
    opening = null;
  });
  return opening;
}

async function open(chat: Chat): Promise<boolean> {
  while (chat.get().session === null) {
    const { id } = chat.customer;
    const answer = await ask(chat);
    const isTooMany = !answer.ok && answer.status === TOO_MANY;
    if (isTooMany) await waitFor(answer.retryAfterMs);
    // It was withdrawn meanwhile, or somebody else has come.
    if (chat.get().outbox.length === 0) return false;
    if (isTooMany || chat.customer.id !== id || chat.get().session !== null) continue;
    const session = keep(chat, answer);
    if (session === null) return false;
    chat.dispatch({ type: 'session', session });
  }
  return true;
}

/**
 * Gets a new token when the old one is no longer accepted. over: we are refused, or known by
 * another name by now; the conversation is no longer ours. moot: another session has taken its
 * place. Otherwise the answer is a failure that may pass.
 */
export async function renewSession(
  chat: Chat,
  old: Session,
): Promise<'renewed' | 'over' | 'moot' | Refusal> {
  const answer = await ask(chat);
  // The page has meanwhile named its visitor, and another session has taken the place of this one.
  if (chat.get().session?.mqtt.username !== old.mqtt.username) return 'moot';
  if (!answer.ok && !isFinal(answer.status)) return answer;
  const renewed = keep(chat, answer);
  if (renewed?.customerId !== old.customerId) return 'over';
  chat.dispatch({ type: 'session', session: { ...old, mqtt: renewed.mqtt } });
  return 'renewed';
}

const TOO_MANY = 429;

function waitFor(askedMs: number): Promise<void> {
  const wait = { hindrance: 'busy', mayWait: false, chance: Math.random(), askedMs } as const;
  return new Promise((done) => setTimeout(done, retryDelay(0, wait)));
}

/** A final refusal: the server answered, and the failure does not pass by itself. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== TOO_MANY;
}

/**
 * Somebody else's id, or one that we cannot prove: then as a guest, unless guests are refused too.
 */
async function ask(chat: Chat): Promise<Answer> {
  const identified = await createSession(describeVisitor(chat, true));
  const isRefused = !identified.ok && identified.status === 403;
  return isRefused ? createSession(describeVisitor(chat, false)) : identified;
}

let [asked, askAgainAt] = ['', 0];

/**
 * As the customer whom the page has proved. null: the proof is refused or still being checked, or
 * there was no answer a moment ago. Without a key at the channel a proof proves nothing, and claims
 * nothing.
 */
export async function askAsCustomer(chat: Chat): Promise<Session | null> {
  const { id, identityHash, identityToken } = chat.customer;
  const proof = `${id} ${identityHash} ${identityToken}`;
  if (asked === proof && performance.now() < askAgainAt) return null;
  [asked, askAgainAt] = [proof, Number.POSITIVE_INFINITY];
  const answer = await createSession({ ...describeVisitor(chat, true), provedOnly: true });
  if (asked !== proof) return null;
  // A proof that was refused once will be refused again.
  if (answer.ok) askAgainAt = 0;
  else if (!isFinal(answer.status)) askAgainAt = performance.now() + 30_000;
  return keep(chat, answer);
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
