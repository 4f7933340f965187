// What a contact is called wherever people read of them. Pure.
import { guestName } from './guest-name.ts';
import { UUID } from './uuid.ts';

export function displayName(contact: {
  name: string | null;
  email: string | null;
  phone: string | null;
  externalId: string;
}): string {
  const { name, email, phone, externalId } = contact;
  const said = [name, email, phone].find((one) => one !== null && one.trim() !== '');
  return said ?? (UUID.test(externalId.toLowerCase()) ? guestName(externalId) : externalId);
}
