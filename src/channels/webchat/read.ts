// Reads what visitors' browsers and agents' clients send. Pure: all of it may be hostile.

import { capText, cleanJson, cleanText } from '../../contract/clean-text.ts';
import type { Reading, Wants } from '../../contract/inbound.ts';
import { MAX_DECLINE_REASON } from '../../contract/offers.ts';
import { readNames } from '../../contract/read-names.ts';
import { EMAIL } from '../../contract/shapes.ts';
import { UUID } from '../../contract/uuid.ts';

type Fields = Record<string, unknown>;

const CONTROLS = /[\p{Cc}\p{Cs}]/u;
const MAX_CONTENT = 10_000;
const PLAUSIBLE = new RegExp(EMAIL, 'u');
const MAX_ATTRIBUTES = 50;

/** From MQTT: an object, or why it is none. */
export function readPayload(payload: Buffer | string): Reading<Fields> {
  if (payload.length > 65_536) return { ok: false, error: 'The payload is larger than 64 KiB.' };
  try {
    const value: unknown = JSON.parse(payload.toString());
    if (isObject(value)) return { ok: true, value };
  } catch {
    // As below.
  }
  return { ok: false, error: 'The payload is not a JSON object.' };
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// `client/<id>/#` of a customer with such a name would be everybody's branch.
const RESERVED = new Set(['sessions', 'attendants', 'agents']);

/** As readRequestId, and no name that topics already use. null: not so. */
export function readCustomerId(value: unknown): string | null {
  const text = readRequestId(value);
  return text === null || RESERVED.has(text) ? null : text;
}

/** 1–128 characters that may stand in a topic: none of / + # $, no controls. null: not so. */
export function readRequestId(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || text.length < 1 || text.length > 128) return null;
  return /[/+#$]/.test(text) || CONTROLS.test(text) ? null : text;
}

export interface SessionWished {
  channelId: string | null;
  customerId: string | null;
  visitorKey: string | null;
  identityHash: string | null;
  identityToken: string | null;
  /** Without a valid proof, the session is refused. */
  provedOnly: boolean;
  profile: Record<string, unknown>;
}

/** The body of POST /session: empty, or with what the page knows (chimp-assist.md §2). */
export function readSessionWish(body: unknown): Reading<SessionWished> {
  if (body === null || body === undefined || body === '') return readSessionWish({});
  if (!isObject(body)) return wrong('Send a JSON object, or nothing.');
  const customer = body.customer ?? {};
  if (!isObject(customer)) return wrong('customer must be an object.');
  const customerId = customer.id === undefined ? null : readCustomerId(customer.id);
  if (customer.id !== undefined && customerId === null) {
    return wrong('customer.id must have 1 to 128 characters, without / + # $ and controls.');
  }
  const texts = ['channelId', 'visitorKey', 'identityHash', 'identityToken'] as const;
  for (const name of texts) {
    if (body[name] !== undefined && body[name] !== null && typeof body[name] !== 'string') {
      return wrong(`${name} must be a string.`);
    }
  }
  const text = (name: (typeof texts)[number]) => (body[name] as string | null | undefined) || null;
  return {
    ok: true,
    value: {
      customerId,
      channelId: text('channelId'),
      visitorKey: text('visitorKey'),
      identityHash: text('identityHash'),
      identityToken: text('identityToken'),
      provedOnly: body.provedOnly === true,
      profile: readProfile(customer, body),
    },
  };
}

/** Name, e-mail, picture and attributes; invalid ones are left out. */
function readProfile(customer: Fields, body: Fields): Record<string, unknown> {
  const profile: Record<string, unknown> = {};
  const { id: _, attributes, ...rest } = customer;
  const extra = { ...(isObject(attributes) ? attributes : {}), ...rest };
  for (const [key, value] of Object.entries(extra).slice(0, MAX_ATTRIBUTES)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      continue;
    const name = capText(cleanText(key), 100);
    profile[name] = typeof value === 'string' ? capText(cleanText(value), 1000) : value;
  }
  if (typeof profile.avatarURL === 'string' && !/^https?:\/\//i.test(profile.avatarURL)) {
    delete profile.avatarURL;
  }
  if (typeof body.locale === 'string') profile.locale = capText(cleanText(body.locale), 35);
  if (isObject(body.page)) profile.page = readPage(body.page);
  return profile;
}

/** With what the browser says of itself, and the page that it shows. */
export function noteBrowser(
  profile: Record<string, unknown>,
  headers: { 'user-agent'?: string | undefined; 'accept-language'?: string | undefined },
): Record<string, unknown> {
  const [language] = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*/i.exec(headers['accept-language'] ?? '') ?? [];
  const userAgent = headers['user-agent'];
  const browser = {
    ...(userAgent && { userAgent: capText(cleanText(userAgent), 300) }),
    ...(language && { language: language.slice(0, 35) }),
  };
  if (Object.keys(browser).length === 0) return profile;
  return { ...profile, page: { ...(isObject(profile.page) ? profile.page : {}), ...browser } };
}

function readPage({ url, title, referrer }: Fields): Record<string, unknown> {
  const cut = (value: unknown) => (typeof value === 'string' ? value.slice(0, 500) : undefined);
  return cleanJson(
    Object.fromEntries(
      Object.entries({ url: cut(url), title: cut(title), referrer: cut(referrer) }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
  ) as Record<string, unknown>;
}

export interface ConversationWished {
  customerId: string | null;
  sessionId: string | null;
  sessionTopic: string | null;
  requestId: string | null;
  wants: Wants;
}

/** Long and short form of a request, and the session object of a keep-alive. */
export function readConversationWish(fields: Fields): Reading<ConversationWished> {
  const customer = isObject(fields.customer) ? fields.customer : {};
  const said = fields.customerId ?? customer.id;
  const customerId = said === undefined ? null : readCustomerId(said);
  if (said !== undefined && customerId === null) return wrong('customerId is not valid.');
  const requestID = fields.requestID ?? null;
  const requestId = requestID === null || requestID === '' ? null : readRequestId(requestID);
  if (requestID !== null && requestID !== '' && requestId === null) {
    return wrong('requestID is not valid.');
  }
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  const { sessionId, sessionTopic } = fields;
  return {
    ok: true,
    value: {
      customerId,
      requestId,
      sessionId: text(sessionId),
      sessionTopic: text(sessionTopic),
      wants: readAttendants(fields),
    },
  };
}

// Every client of Chimp Assist sends this type, whatever it needs.
const FIRST_LEVEL = 'support/firstLevel';

/** The types of attendants that it asks for (chimp-assist.md §4): each is a skill of that name. */
function readAttendants({ sessionTemplate }: Fields): Wants {
  const attendants = isObject(sessionTemplate) ? sessionTemplate.attendants : null;
  const types = (Array.isArray(attendants) ? attendants : []).map((one) =>
    isObject(one) && one.required !== false ? one.type : null,
  );
  return { team: null, skills: readNames(types), optional: [FIRST_LEVEL] };
}

export interface ChannelWished {
  userRequesting: string;
  responseTopic: string;
}

/** The answer may only go below the caller's own branch (chimp-assist.md §3). */
export function readChannelWish(fields: Fields): Reading<ChannelWished> {
  const userRequesting = readCustomerId(fields.userRequesting);
  const { responseTopic } = fields;
  if (userRequesting === null) return wrong('userRequesting is not valid.');
  if (typeof responseTopic !== 'string' || responseTopic.length > 500) {
    return wrong('responseTopic is not valid.');
  }
  const below = [`client/${userRequesting}/`, `client/sessions/${userRequesting}/`];
  const rest = below
    .filter((branch) => responseTopic.startsWith(branch))
    .map((branch) => responseTopic.slice(branch.length));
  const fits = rest.some((end) => end !== '' && !/[+#]/.test(end) && !CONTROLS.test(end));
  if (!fits) return wrong('responseTopic must lie below client/<userRequesting>/.');
  return { ok: true, value: { userRequesting, responseTopic } };
}

export interface Utterance {
  content: string;
  clientMessageId: string | null;
  attachmentIds: string[];
}

/** New form, or the old `{sessionInfo, message}`, of which only the content counts. */
export function readUtterance(fields: Fields): Reading<Utterance> {
  const said = isObject(fields.message) ? fields.message : fields;
  const { content = '', clientMessageId = null, attachments = [] } = said;
  if (typeof content !== 'string') return wrong('content must be a string.');
  const text = cleanText(content);
  if ([...text].length > MAX_CONTENT) return wrong('content has more than 10,000 characters.');
  const named =
    typeof clientMessageId === 'string' && /^[^\p{Cc}\p{Cs}]{1,64}$/u.test(clientMessageId);
  if (clientMessageId !== null && !named) {
    return wrong('clientMessageId must be a string of 1 to 64 characters.');
  }
  if (!Array.isArray(attachments) || attachments.length > 10) {
    return wrong('attachments must be a list of at most ten ids.');
  }
  const ids = attachments.map((one: unknown) => (isObject(one) ? one.id : one));
  if (!ids.every((id): id is string => typeof id === 'string' && UUID.test(id))) {
    return wrong('attachments must be ids that an upload answered.');
  }
  if (text.trim() === '' && ids.length === 0) return wrong('content is empty.');
  const name = clientMessageId as string | null;
  return { ok: true, value: { content: text, clientMessageId: name, attachmentIds: ids } };
}

/** The number up to which all was read; in the old form the newest message's. null: none. */
export function readUpToSeq(fields: Fields): number | null {
  const { upToSeq, readMessages } = fields;
  const list = Array.isArray(readMessages) ? readMessages : [];
  const numbers = [upToSeq, ...list.map((one: unknown) => (isObject(one) ? one.seq : null))];
  const valid = numbers.filter(
    (one): one is number => Number.isSafeInteger(one) && Number(one) > 0,
  );
  return valid.length === 0 ? null : Math.min(Math.max(...valid), 2_147_483_647);
}

/** The agent whom a message of an agent's client is about: itself. */
export function readAttendantId(fields: Fields): string | null {
  const info = isObject(fields.attendantInfo) ? fields.attendantInfo : {};
  return typeof info.id === 'string' ? info.id : null;
}

export interface Acceptance {
  attendantId: string | null;
  sessionId: string | null;
  accepted: boolean;
  /** Why not. */
  reason: string | null;
}

export function readAcceptance(fields: Fields): Acceptance {
  const session = isObject(fields.sessionInfo) ? fields.sessionInfo : {};
  return {
    attendantId: readAttendantId(fields),
    sessionId: typeof session.sessionId === 'string' ? session.sessionId : null,
    accepted: fields.accepted !== false,
    reason:
      typeof fields.reason === 'string'
        ? capText(cleanText(fields.reason), MAX_DECLINE_REASON) || null
        : null,
  };
}

export function readRating(body: unknown): Reading<{ score: number; comment: string | null }> {
  if (!isObject(body)) return wrong('Send a JSON object with score.');
  const { score, comment = null } = body;
  if (!Number.isInteger(score) || Number(score) < 1 || Number(score) > 5) {
    return wrong('score must be a whole number from 1 to 5.');
  }
  if (comment !== null && typeof comment !== 'string') return wrong('comment must be a string.');
  const text = comment === null ? null : cleanText(comment);
  if (text !== null && text.length > 2000) return wrong('comment has more than 2,000 characters.');
  return { ok: true, value: { score: Number(score), comment: text || null } };
}

export function readEmail(body: unknown): Reading<string> {
  const email = isObject(body) ? body.email : undefined;
  const plausible = typeof email === 'string' && email.length <= 254 && PLAUSIBLE.test(email);
  return plausible ? { ok: true, value: email } : wrong('email must be an e-mail address.');
}

function wrong(error: string): { ok: false; error: string } {
  return { ok: false, error };
}
