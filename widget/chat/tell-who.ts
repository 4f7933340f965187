// The page says who its visitor is: a guest's messages move to that customer, and nobody sees
// another's.
import type { Customer } from '../frame-messages.ts';
import { connectChat } from './connect-chat.ts';
import type { Chat } from './context.ts';
import { resetChat } from './finish-chat.ts';
import { askAsCustomer } from './open-session.ts';
import { asFields, asText, readJson } from './read-value.ts';
import type { Session } from './state.ts';

export async function identify(chat: Chat, given: Customer): Promise<void> {
  const { customer: before } = chat;
  const customer = nameCustomer(given);
  const isOther = before.id !== undefined && customer.id !== undefined && before.id !== customer.id;
  // The proof of one is no proof of another.
  chat.customer = isOther ? customer : { ...before, ...customer };
  await forgetOthers(chat);
  await tellWho(chat);
}

/** One person's unsent text is not for the next who signs in at this browser. */
export async function forgetOthers(chat: Chat): Promise<void> {
  const { identity } = chat.memory.read();
  const { customer } = chat;
  if (identity === null || customer.id === undefined || identity === customer.id) return;
  const forgotten = resetChat(chat);
  chat.customer = customer;
  await forgotten;
}

/**
 * With a proof the server gives the guest's messages to the customer, and the chat continues as
 * that one.
 */
export async function tellWho(chat: Chat): Promise<void> {
  const { session, phase } = chat.get();
  const { customer } = chat;
  if (session === null) return lookElsewhere(chat);
  if (phase === 'ended' || session.customerId === customer.id) return;
  if (!isProvedBy(customer)) return;
  const proved = await askAsCustomer(chat);
  if (proved === null || chat.get().session?.customerId !== session.customerId) return;
  adopt(chat, proved);
}

/**
 * A customer may have begun on another device. A chat opened with a proof connects without asking
 * for a conversation, and joins the one that exists or comes.
 */
export async function lookElsewhere(chat: Chat): Promise<void> {
  const { open, session, phase } = chat.get();
  const isIdle = session === null && phase === 'new' && chat.memory.read().session === null;
  if (!open || !isIdle || !isProvedBy(chat.customer)) return;
  const { customer } = chat;
  const proved = await askAsCustomer(chat);
  // Meanwhile something may have been sent, or another visitor have come.
  if (proved === null || chat.get().session !== null || chat.customer.id !== customer.id) return;
  chat.dispatch({ type: 'session', session: proved });
  connectChat(chat);
}

/** As the page says; the server decides whether to believe it. */
export function isProvedBy({ identityHash, identityToken }: Customer): boolean {
  return identityHash !== undefined || identityToken !== undefined;
}

export function adopt(chat: Chat, session: Session): void {
  chat.link?.close();
  chat.link = null;
  chat.dispatch({ type: 'adopted', session });
  connectChat(chat);
}

/**
 * A token names its owner. The server decides whether to believe it; here it only tells one person
 * from another.
 */
export function nameCustomer(customer: Customer): Customer {
  const { id, identityToken } = customer;
  const name = id ?? (typeof identityToken === 'string' ? readSubject(identityToken) : null);
  return name === null ? customer : { ...customer, id: String(name) };
}

function readSubject(token: string): string | null {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
    return asText(asFields(readJson(new TextDecoder().decode(bytes))).sub);
  } catch {
    return null;
  }
}
