// Reads what Qiscus and the users of the two replaced allocators send us; refusals use the words of
// their published contracts.
import type {
  ConversationRequested,
  ConversationResolved,
  Ignored,
  Reading,
} from '../../contract/inbound.ts';
import { readContact } from './read-contact.ts';
import { readExtras, readWants } from './read-extras.ts';
import {
  isMissing,
  isObject,
  type JsonObject,
  readFlag,
  readInteger,
  readObject,
  readText,
} from './read-field.ts';

export type Read<T> = Reading<T>;

const MAX_ROOM_ID_LENGTH = 64;
const MAX_NOTE_LENGTH = 10_000;
const MAX_CUSTOMERS = 1000;

/** Agent Allocation PHP, `POST /api/v1/webhook/agent_allocation`. */
export function readAgentAllocation(body: unknown): Read<ConversationRequested | Ignored> {
  const fields = readObject(body);
  const other = findOtherNews(fields, ['app_id', 'room_id', 'source']);
  if (other !== null) return { ok: true, value: other };
  const missing = findMissing(fields, ['app_id', 'room_id', 'source']);
  return missing ?? readRequested(fields);
}

/** Qiscust, `POST /api/v1/new_request`: the same event with fewer demands. */
export function readNewRequest(body: unknown): Read<ConversationRequested | Ignored> {
  const fields = readObject(body);
  const other = findOtherNews(fields, ['room_id']);
  if (other !== null) return { ok: true, value: other };
  return findMissing(fields, ['room_id']) ?? readRequested(fields);
}

/** Agent Allocation PHP, `POST /api/v1/webhook/mark_as_resolved`. */
export function readMarkAsResolved(body: unknown): Read<ConversationResolved | Ignored> {
  const fields = readObject(body);
  const other = findOtherNews(fields, ['customer', 'resolved_by', 'service']);
  if (other !== null) return { ok: true, value: other };
  const missing = findMissing(fields, ['customer', 'resolved_by', 'service']);
  return missing ?? readResolved(fields);
}

/** Qiscust, `POST /api/v1/close_request`. */
export function readCloseRequest(body: unknown): Read<ConversationResolved | Ignored> {
  const fields = readObject(body);
  const other = findOtherNews(fields, ['service']);
  return other === null ? readResolved(fields) : { ok: true, value: other };
}

/** `POST /api/v1/settings/max_customers`; `value` is what the original's code reads. */
export function readMaxCustomers(body: unknown): Read<{ maxCustomers: number }> {
  const fields = readObject(body);
  const given = isMissing(fields.max_customers) ? fields.value : fields.max_customers;
  if (isMissing(given)) return refuse('max customers', 'is required');
  const wanted = typeof given === 'string' && /^\s*-?\d+\s*$/.test(given) ? Number(given) : given;
  if (!Number.isInteger(wanted)) return refuse('max customers', 'must be an integer');
  const maxCustomers = wanted as number;
  if (maxCustomers < 1 || maxCustomers > MAX_CUSTOMERS) {
    return refuse('max customers', `must be between 1 and ${MAX_CUSTOMERS}`);
  }
  return { ok: true, value: { maxCustomers } };
}

/** `POST /api/v1/settings/set_mark_as_resolved`. */
export function readSetMarkAsResolved(body: unknown): Read<{ endpoint: string; enable: boolean }> {
  const fields = readObject(body);
  if (isMissing(fields.endpoint)) return refuse('endpoint', 'is required');
  const endpoint = readHttpUrl(fields.endpoint);
  if (endpoint === null) return refuse('endpoint', 'must be a valid URL');
  const enable = isMissing(fields.enable) ? false : readStrictFlag(fields.enable);
  if (enable === null) return refuse('enable', 'must be true or false');
  return { ok: true, value: { endpoint, enable } };
}

function readRequested(body: JsonObject): Read<ConversationRequested> {
  const externalId = readRoomId(body.room_id);
  if (externalId === null) return refuse('room id', 'must be a string');
  const appIds = readAppIds(body);
  if (!Array.isArray(appIds)) return appIds;
  const channel = readObject(body.channel);
  const source = readText(body.source) ?? readText(channel.source);
  const extras = readExtras(body.extras);
  return {
    ok: true,
    value: {
      kind: 'conversation-requested',
      appIds,
      externalId,
      source,
      externalChannelId: readText(channel.id) ?? readText(body.channel_id),
      contact: readContact(body, { externalId, source, extras }),
      isNewSession: readFlag(body.is_new_session),
      previousSessionId: readPreviousSession(readObject(body.latest_service)),
      wants: readWants(extras),
      extras,
    },
  };
}

function readResolved(body: JsonObject): Read<ConversationResolved> {
  const service = readObject(body.service);
  if (isMissing(service.room_id)) return refuse('service.room id', 'is required');
  const externalId = readRoomId(service.room_id);
  if (externalId === null) return refuse('service.room id', 'must be a string');
  const appIds = readAppIds(body);
  if (!Array.isArray(appIds)) return appIds;
  const person = readObject(body.resolved_by);
  return {
    ok: true,
    value: {
      kind: 'conversation-resolved',
      appIds,
      externalId,
      sessionId: readInteger(service.id),
      resolvedBy: {
        externalId: readText(person.id),
        name: readText(person.name),
        email: readText(person.email),
        kind: readText(person.type),
      },
      note: readText(service.notes, MAX_NOTE_LENGTH),
    },
  };
}

/** A session that is still open is not the previous one: its resolve is still to come. */
function readPreviousSession(latest: JsonObject): number | null {
  return readFlag(latest.is_resolved) === false ? null : readInteger(latest.id);
}

/** New-session and bot webhooks may be sent to the same URL; they are ignored. */
function findOtherNews(body: JsonObject, ownFields: string[]): Ignored | null {
  const payload = body.payload;
  if (!isObject(payload) || !ownFields.some((field) => isMissing(body[field]))) return null;
  if (!isMissing(body.webhook_type)) return { kind: 'ignored', why: 'new session' };
  return isObject(payload.room) ? { kind: 'ignored', why: 'bot' } : null;
}

function findMissing(body: JsonObject, fields: string[]): { ok: false; error: string } | null {
  const missing = fields.find((field) => isMissing(body[field]));
  return missing === undefined ? null : refuse(missing.replaceAll('_', ' '), 'is required');
}

function refuse(field: string, complaint: string): { ok: false; error: string } {
  return { ok: false, error: `The ${field} field ${complaint}.` };
}

/** A number above 2^53 − 1 has lost digits on its way here and could name another room. */
function readRoomId(value: unknown): string | null {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  }
  const text = typeof value === 'string' ? readText(value, MAX_ROOM_ID_LENGTH + 1) : null;
  return text !== null && [...text].length <= MAX_ROOM_ID_LENGTH ? text : null;
}

/**
 * Anything but text could count as a missing name, which a channel without a secret would let in.
 */
function readAppIds(body: JsonObject): string[] | { ok: false; error: string } {
  const given = ['app_id', 'app_code'].filter((field) => !isMissing(body[field]));
  const odd = given.find((field) => typeof body[field] !== 'string');
  if (odd !== undefined) return refuse(odd.replaceAll('_', ' '), 'must be a string');
  const ids = given.map((field) => readText(body[field]));
  return [...new Set(ids.filter((id) => id !== null))];
}

function readHttpUrl(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text) ? text : null;
}

/** Laravel's boolean rule: the words `true` and `false` as text are refused. */
function readStrictFlag(value: unknown): boolean | null {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  return word === 'true' || word === 'false' ? null : readFlag(word);
}
