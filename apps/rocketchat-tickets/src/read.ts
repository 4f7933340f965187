// RapidPro's requests in the app's words, or the first rule that they break (rapidpro.md §2).
import { isPrivateHost } from './is-private-host';

export interface TicketOpened {
  ticketId: string;
  token: string;
  contactUuid: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  department: string | null;
  customFields: Record<string, string>;
  priority: string;
  sessionStart: string | null;
}

export interface VisitorMessage {
  token: string;
  text: string;
  attachments: { type: string; url: string }[];
}

/** Thrown by the readers alone; its message is what RapidPro is told. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_TOKEN = 255;
const MAX_NAME = 255;
const MAX_TEXT_BYTES = 65_536;
const MAX_ATTACHMENTS = 100;
const MAX_URL = 4096;
const MAX_FIELDS = 100;
const priorities = ['low', 'normal', 'high', 'urgent'];

type Fields = Record<string, unknown>;

export function readTicketOpened(body: unknown): TicketOpened {
  const root = asObject(body, 'body');
  const visitor = asObject(root.visitor, 'visitor');
  // The client's spelling wins over the README's.
  const ticketId = requiredText(root.ticketID ?? root.ticketId, 'ticketID', 64);
  if (!UUID.test(ticketId)) throw new Broken('ticketID: must be a UUID');
  const contact = visitor.contactUUID ?? visitor.contactUuid;
  const priority = optionalText(root.priority, 'priority', 64)?.toLowerCase() ?? 'normal';
  return {
    ticketId: ticketId.toLowerCase(),
    token: readToken(body),
    contactUuid: optionalText(contact, 'visitor.contactUUID', 64),
    name: optionalText(visitor.name, 'visitor.name', MAX_NAME),
    email: optionalText(visitor.email, 'visitor.email', MAX_NAME),
    phone: optionalText(visitor.phone, 'visitor.phone', MAX_NAME),
    department: optionalText(
      visitor.department ?? visitor.deparment,
      'visitor.department',
      MAX_NAME,
    ),
    customFields: readCustomFields(visitor.customFields),
    priority: priorities.includes(priority) ? priority : `normal (${priority})`,
    sessionStart: optionalText(root.sessionStart, 'sessionStart', 64),
  };
}

export function readTicketClosed(body: unknown): { token: string } {
  return { token: readToken(body) };
}

export function readVisitorMessage(body: unknown): VisitorMessage {
  const token = readToken(body);
  const root = asObject(body, 'body');
  const message = {
    token,
    text: readLongText(root.text),
    attachments: readAttachments(root.attachments),
  };
  if (message.text.trim() === '' && message.attachments.length === 0) {
    throw new Broken('Could not send message with empty text and attachments');
  }
  return message;
}

export function readWebhook(body: unknown, rules: { allowPrivate: boolean }): { url: string } {
  const webhook = asObject(asObject(body, 'body').webhook, 'webhook');
  const url = requiredText(webhook.url, 'webhook.url', 2048);
  // Without the class URL: the engine's older runtimes have none.
  const parts = /^https?:\/\/(\[[0-9a-f:.]+\]|[^\s/?#@:[\]\\]+)(:\d{1,5})?([/?#][^\s]*)?$/i.exec(
    url,
  );
  if (parts === null) throw new Broken('webhook.url: must be an http or https address');
  if (!rules.allowPrivate && isPrivateHost(parts[1] as string)) {
    throw new Broken('webhook.url: must not be in a private network');
  }
  return { url };
}

function asObject(value: unknown, path: string): Fields {
  if (value === undefined || value === null) throw new Broken(`${path}: required`);
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new Broken(`${path}: must be an object`);
  }
  return value as Fields;
}

function readToken(body: unknown): string {
  const { token } = asObject(asObject(body, 'body').visitor, 'visitor');
  if (token === undefined || token === null || token === '') {
    throw new Broken('visitor.token: required');
  }
  if (typeof token !== 'string') throw new Broken('visitor.token: must be a string');
  if (token.length > MAX_TOKEN) {
    throw new Broken(`visitor.token: must be at most ${MAX_TOKEN} characters`);
  }
  // RapidPro knows the visitor by exactly these characters: nothing is trimmed.
  return clean(token);
}

function requiredText(value: unknown, path: string, maxLength: number): string {
  if (typeof value === 'string' && value.length > maxLength) {
    throw new Broken(`${path}: must be at most ${maxLength} characters`);
  }
  const text = optionalText(value, path, maxLength);
  if (text === null) throw new Broken(`${path}: required`);
  return text;
}

/** Missing, null and '' are the same; what is too long is cut. */
function optionalText(value: unknown, path: string, maxLength: number): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new Broken(`${path}: must be a string`);
  const text = cut(clean(value), maxLength).trim();
  return text === '' ? null : text;
}

/** Values that are no strings are kept as JSON. */
function readCustomFields(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  const fields: Record<string, string> = {};
  for (const [key, one] of Object.entries(asObject(value, 'visitor.customFields')).slice(
    0,
    MAX_FIELDS,
  )) {
    if (key === '__proto__') continue;
    const text = typeof one === 'string' ? one : (JSON.stringify(one) ?? '');
    fields[cut(clean(key), MAX_NAME)] = cut(clean(text), MAX_URL);
  }
  return fields;
}

function readLongText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new Broken('text: must be a string');
  if (Buffer.byteLength(value) > MAX_TEXT_BYTES) throw new Broken('text: must be at most 64 kB');
  return clean(value);
}

function readAttachments(value: unknown): VisitorMessage['attachments'] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Broken('attachments: must be an array');
  if (value.length > MAX_ATTACHMENTS) {
    throw new Broken(`attachments: must be at most ${MAX_ATTACHMENTS}`);
  }
  return value.map((item: unknown, index) => {
    const { type, url } = (item ?? {}) as Fields;
    if (typeof type !== 'string' || typeof url !== 'string') {
      throw new Broken(`attachments[${index}]: must have a type and a url, both strings`);
    }
    const address = clean(url);
    if (address === '' || address.length > MAX_URL) {
      throw new Broken(`attachments[${index}].url: must be 1 to ${MAX_URL} characters`);
    }
    return { type: cut(clean(type), MAX_NAME), url: address };
  });
}

/** Halves of characters and zero bytes cannot be stored. */
function clean(text: string): string {
  return text
    .replace(/\0/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** Never in the middle of a character. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const last = text.charCodeAt(maxLength - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxLength - 1 : maxLength);
}
