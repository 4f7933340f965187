// Reads messages, read marks and typing as the server sends them.
import { isUnseen } from '../../src/contract/visible-text.ts';
import { asCount, asFields, asList, asText, asWebAddress } from './read-value.ts';
import type { Attachment, ChatMessage, Person } from './state.ts';

/** null: not a message that can be shown. */
export function readMessage(value: unknown): ChatMessage | null {
  const message = asFields(value);
  const id = asText(message.id);
  const seq = asCount(message.seq);
  const from = readPerson(message.from);
  if (id === null || seq === null || seq === 0 || from === null) return null;
  return {
    id,
    seq,
    from,
    clientMessageId: asText(message.clientMessageId),
    at: asCount(message.timestamp) ?? 0,
    text: asText(message.content) ?? '',
    attachments: asList(message.attachments).flatMap((each) => readAttachment(each) ?? []),
    quickReplies: readReplies(message.quickReplies),
    isRead: asCount(message.readAt) !== null,
  };
}

/** Each once, and only what can be seen: each becomes a button. */
export function readReplies(value: unknown): string[] {
  const texts = asList(value).flatMap((each) => asText(each)?.trim() ?? []);
  return [...new Set(texts)].filter((text) => !isUnseen(text)).slice(0, MOST_REPLIES);
}

const MOST_REPLIES = 10;

export function readPerson(value: unknown): Person | null {
  const person = asFields(value);
  const id = asText(person.id);
  if (id === null) return null;
  return { id, name: asText(person.name) ?? '', avatarUrl: asWebAddress(person.avatarURL) };
}

export function readAttachment(value: unknown): Attachment | null {
  const attachment = asFields(value);
  const id = asText(attachment.id);
  const url = asWebAddress(attachment.url);
  if (id === null || url === null) return null;
  return {
    id,
    url,
    name: asText(attachment.name) ?? '',
    type: asText(attachment.type) ?? '',
    size: asCount(attachment.size),
  };
}

/** Up to where the agent has read, and we ourselves in another tab. */
export function readViewed(
  value: unknown,
  customerId: string,
): Partial<{ attendant: number; customer: number }> {
  const viewed = asFields(value);
  const read = asList(viewed.readMessages).flatMap((each) => readMessage(each) ?? []);
  const highest = (mine: boolean) =>
    Math.max(
      0,
      ...read.filter(({ from }) => (from.id === customerId) === mine).map(({ seq }) => seq),
    );
  const told = readSeqs(asFields(viewed.session).readSeq);
  return {
    attendant: Math.max(highest(true), told.attendant),
    customer: Math.max(highest(false), told.customer),
  };
}

export function readSeqs(value: unknown): { attendant: number; customer: number } {
  const seqs = asFields(value);
  return { attendant: asCount(seqs.attendant) ?? 0, customer: asCount(seqs.customer) ?? 0 };
}

/** null: it is we who type. */
export function readTyping(value: unknown, customerId: string): boolean | null {
  const { from, typing } = asFields(value);
  return asFields(from).id === customerId ? null : typing === true;
}
