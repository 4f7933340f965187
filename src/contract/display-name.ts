// A contact's name on every screen. Pure.
import { guestName } from './guest-name.ts';
import { UUID } from './uuid.ts';
import { isUnseen, withoutDirections } from './visible-text.ts';

export function displayName(contact: {
  name: string | null;
  email: string | null;
  phone: string | null;
  externalId: string;
}): string {
  const { name, email, phone, externalId } = contact;
  const fallback = UUID.test(externalId.toLowerCase()) ? guestName(externalId) : externalId;
  return withoutDirections(findSaid({ name, email, phone }) ?? fallback);
}

/** The name was claimed and the company has not proved it: it must not be read as a fact. */
export function isOnlySaid(contact: {
  name: string | null;
  email: string | null;
  phone: string | null;
  verified: boolean | null;
}): boolean {
  return contact.verified === false && findSaid(contact) !== undefined;
}

function findSaid({ name, email, phone }: Record<'name' | 'email' | 'phone', string | null>) {
  return [name, email, phone].find((one) => one !== null && !isUnseen(one)) ?? undefined;
}
