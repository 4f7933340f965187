// Reads the customer out of an agent-allocation event, where `email` may well be a phone number.
import type { InboundContact } from '../../contract/inbound.ts';
import { readUserProperties } from './read-extras.ts';
import { type JsonObject, readText } from './read-field.ts';

const MAX_URL_LENGTH = 2048;

export function readContact(
  body: JsonObject,
  about: { externalId: string; source: string | null; extras: unknown },
): InboundContact {
  const id = readText(body.email) ?? readText(body.user_id);
  const phone = about.source === 'wa' && id !== null && /^\+?[\d ()-]{5,}$/.test(id) ? id : null;
  return {
    externalId: id ?? `room:${about.externalId}`,
    name: readText(body.name),
    email: id !== null && /^[^\s@]+@[^\s@]+$/.test(id) ? id : null,
    phone,
    avatarUrl: readText(body.avatar_url, MAX_URL_LENGTH),
    attributes: readUserProperties(about.extras),
  };
}
