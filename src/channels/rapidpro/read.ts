// RapidPro's news in our words, or the first rule that it breaks (rapidpro.md §2).
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { capText, cleanJson, cleanText } from '../../contract/clean-text.ts';
import type { Priority } from '../../contract/conversation.ts';
import type { MessageAttachment } from '../../contract/events.ts';
import type { Reading, TicketOpened } from '../../contract/inbound.ts';
import { readNames } from '../../contract/read-names.ts';
import { UUID_OF_OTHERS } from '../../contract/uuid.ts';

export interface VisitorMessage {
  token: string;
  text: string;
  attachments: MessageAttachment[];
}

const MAX_TOKEN = 255;
const MAX_NAME = 255;
const MAX_TEXT = 65_536;
const MAX_ATTACHMENTS = 100;
const MAX_URL = 4096;
const priorities: readonly string[] = ['low', 'normal', 'high', 'urgent'];

/** Thrown inside this file only, where a rule is broken. */
class Broken extends Error {}

export function readTicketOpened(body: unknown): Reading<TicketOpened> {
  return attempt(() => {
    const root = asObject(body, 'body');
    const visitor = asObject(root.visitor, 'visitor');
    // The client's spelling wins over the README's.
    const ticket = root.ticketID ?? root.ticketId;
    const ticketId = requiredText(ticket, 'ticketID', 64);
    if (!UUID_OF_OTHERS.test(ticketId)) throw new Broken('ticketID: must be a UUID');
    const contactUuid = optionalText(
      visitor.contactUUID ?? visitor.contactUuid,
      'visitor.contactUUID',
      64,
    );
    const priority = optionalText(root.priority, 'priority', 64)?.toLowerCase() ?? 'normal';
    const known = priorities.includes(priority);
    const sessionStart = optionalText(root.sessionStart, 'sessionStart', 64);
    const department = optionalText(
      visitor.department ?? visitor.deparment,
      'visitor.department',
      MAX_NAME,
    );
    return {
      ticketId: ticketId.toLowerCase(),
      token: readToken(body),
      contactUuid,
      name: optionalText(visitor.name, 'visitor.name', MAX_NAME),
      email: optionalText(visitor.email, 'visitor.email', MAX_NAME),
      phone: optionalText(visitor.phone, 'visitor.phone', MAX_NAME),
      department,
      customFields: readCustomFields(visitor.customFields),
      skills: readSkills(visitor.customFields),
      priority: known ? (priority as Priority) : 'normal',
      meta: {
        ...(department === null ? {} : { department }),
        ...(sessionStart === null ? {} : { sessionStart }),
        ...(known ? {} : { priority }),
      },
    };
  });
}

/** The token of the visitor whose ticket is closed. */
export function readTicketClosed(body: unknown): Reading<{ token: string }> {
  return attempt(() => ({ token: readToken(body) }));
}

export function readVisitorMessage(body: unknown): Reading<VisitorMessage> {
  return attempt(() => {
    const token = readToken(body);
    const { text, attachments } = asObject(body, 'body');
    const message = {
      token,
      text: readLongText(text),
      attachments: readAttachments(attachments),
    };
    if (message.text.trim() === '' && message.attachments.length === 0) {
      throw new Broken('Could not send message with empty text and attachments');
    }
    return message;
  });
}

/** Any word of the sender's. */
export function readNonce(body: unknown): Reading<{ nonce: string }> {
  return attempt(() => ({ nonce: requiredText(asObject(body, 'body').nonce, 'nonce', 64) }));
}

/** The webhook's address, its form unchecked. */
export function readSettings(body: unknown): Reading<{ webhookUrl: string }> {
  return attempt(() => {
    const webhook = asObject(asObject(body, 'body').webhook, 'webhook');
    return { webhookUrl: requiredText(webhook.url, 'webhook.url', 2048) };
  });
}

function attempt<T>(read: () => T): Reading<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof Broken) return { ok: false, error: error.message };
    throw error;
  }
}

function asObject(value: unknown, path: string): Record<string, unknown> {
  if (value === undefined || value === null) throw new Broken(`${path}: required`);
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new Broken(`${path}: must be an object`);
  }
  return value as Record<string, unknown>;
}

function readToken(body: unknown): string {
  const visitor = asObject(asObject(body, 'body').visitor, 'visitor');
  const { token } = visitor;
  if (token === undefined || token === null || token === '') {
    throw new Broken('visitor.token: required');
  }
  if (typeof token !== 'string') throw new Broken('visitor.token: must be a string');
  if (token.length > MAX_TOKEN) {
    throw new Broken(`visitor.token: must be at most ${MAX_TOKEN} characters`);
  }
  // RapidPro knows the visitor by exactly these characters, so nothing is trimmed. Only characters
  // that cannot be stored are replaced.
  return cleanText(token);
}

function requiredText(value: unknown, path: string, maxLength: number): string {
  const text = optionalText(value, path, maxLength, false);
  if (text === null) throw new Broken(`${path}: required`);
  return text;
}

/**
 * Missing, null and '' are the same. Text that is too long is cut where that does no harm, else
 * refused.
 */
function optionalText(value: unknown, path: string, maxLength: number, cut = true): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new Broken(`${path}: must be a string`);
  if (!cut && value.length > maxLength) {
    throw new Broken(`${path}: must be at most ${maxLength} characters`);
  }
  const text = capText(cleanText(value), maxLength).trim();
  return text === '' ? null : text;
}

function readCustomFields(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  return cleanJson(asObject(value, 'visitor.customFields')) as Record<string, unknown>;
}

/** `skills` among the custom fields: a list, or a text with commas. */
function readSkills(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return readNames((value as { skills?: unknown }).skills);
}

function readLongText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new Broken('text: must be a string');
  if (Buffer.byteLength(value) > MAX_TEXT) throw new Broken('text: must be at most 64 kB');
  return cleanText(value);
}

const Attachment = Type.Object({ type: Type.String(), url: Type.String() });

function readAttachments(value: unknown): MessageAttachment[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Broken('attachments: must be an array');
  if (value.length > MAX_ATTACHMENTS) {
    throw new Broken(`attachments: must be at most ${MAX_ATTACHMENTS}`);
  }
  return value.map((item: unknown, index) => {
    if (!Value.Check(Attachment, item)) {
      throw new Broken(`attachments[${index}]: must have a type and a url, both strings`);
    }
    const url = cleanText(item.url);
    if (url === '' || url.length > MAX_URL) {
      throw new Broken(`attachments[${index}].url: must be 1 to ${MAX_URL} characters`);
    }
    return { type: capText(cleanText(item.type), 255), url };
  });
}
