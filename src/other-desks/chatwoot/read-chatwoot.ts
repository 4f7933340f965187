// Chatwoot's rows in our words. Pure. Source: db/schema.rb of chatwoot/chatwoot at 2025_08_16_044639, enums of its models.
import {
  LONGEST_IMPORTED,
  type SourceContact,
  type SourceConversation,
  type SourceMessage,
  type SourcePerson,
  type SourceReply,
  type SourceTag,
} from '../../contract/source-desk.ts';
import {
  type Foreign,
  joinText,
  latest,
  nameFile,
  readAttributes,
  readNumber,
  readRecord,
  readReplyText,
  readShortcut,
  readText,
  readTime,
  within,
} from '../foreign.ts';

/** account_users.role */
const ADMINISTRATOR = 1;
/** conversations.status */
const STATUSES = ['open', 'resolved', 'pending', 'snoozed'];
/** conversations.priority */
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
/** messages.message_type */
const [INCOMING, OUTGOING, ACTIVITY] = [0, 1, 2];

export function readPerson(row: Foreign): SourcePerson | null {
  const [key, email] = [readNumber(row.id), readText(row.email)];
  if (key === null || email === null) return null;
  const name = readText(row.name) ?? readText(row.display_name) ?? email;
  return { key, name, email, role: row.role === ADMINISTRATOR ? 'admin' : 'agent' };
}

export function readLabel(row: Foreign): SourceTag | null {
  const name = readText(row.title, 100);
  const colour = readText(row.color) ?? '';
  return name === null ? null : { name, colour: /^#[0-9a-f]{6}$/i.test(colour) ? colour : GREY };
}

const GREY = '#868e96';

export function readCanned(row: Foreign): SourceReply | null {
  const [key, text] = [readNumber(row.id), readText(row.content, 10_000)];
  const shortcut = readShortcut(readText(row.short_code) ?? '');
  if (key === null || text === null || shortcut === null) return null;
  return { key, shortcut, text: readReplyText(text), teamKey: null };
}

export function readContact(row: Foreign): SourceContact | null {
  const [key, createdAt] = [readNumber(row.id), readTime(row.created_at)];
  if (key === null || createdAt === null) return null;
  const name = ['name', 'middle_name', 'last_name'].flatMap((part) => readText(row[part]) ?? []);
  const { identifier, location, country_code: country } = row;
  const more = readRecord(row.additional_attributes);
  const blocked = row.blocked === true ? { blocked: 'true' } : {};
  return {
    key,
    name: readText(name.join(' ')),
    email: readText(row.email),
    phone: readText(row.phone_number, 64),
    attributes: readAttributes(
      { identifier, location, country, ...blocked },
      more,
      readRecord(row.custom_attributes),
    ),
    tags: readTags(row.labels),
    createdAt,
    seenAt: latest(createdAt, readTime(row.last_activity_at)),
  };
}

const readTags = (labels: unknown): string[] =>
  Array.isArray(labels) ? labels.flatMap((label) => readText(label, 100) ?? []) : [];

/** null: it belongs to nobody. `known`: who is still there. */
export function readConversation(row: Foreign): SourceConversation | null {
  const [key, openedAt] = [readNumber(row.id), readTime(row.created_at)];
  const [contactKey, contactSince] = [readNumber(row.contact_id), readTime(row.contact_created_at)];
  if (key === null || openedAt === null || contactKey === null || contactSince === null)
    return null;
  const endedAt = latest(openedAt, readTime(row.last_activity_at), readTime(row.last_message_at));
  const status = STATUSES[readNumber(row.status) ?? -1] ?? String(row.status);
  return {
    key,
    number: String(row.display_id ?? key),
    contact: { key: contactKey, createdAt: contactSince },
    personKey: readNumber(row.assignee_id),
    teamKey: readNumber(row.team_id),
    priority: PRIORITIES[readNumber(row.priority) ?? 1] ?? 'normal',
    tags: readTags(row.labels),
    openedAt,
    answeredAt: within(readTime(row.first_reply_created_at), openedAt, endedAt),
    endedAt,
    isOpen: status !== 'resolved',
    meta: readAttributes({ status, inbox: row.inbox_name }, readRecord(row.custom_attributes)),
    rating: readRating(readRecord(row.rating), endedAt),
  };
}

function readRating(row: Foreign, endedAt: Date): SourceConversation['rating'] {
  const score = readNumber(row.rating);
  if (score === null || score < 1 || score > 5) return null;
  const comment = readText(row.feedback_message, 10_000);
  return { score, comment, at: readTime(row.created_at) ?? endedAt };
}

/** null: deleted there, empty, or written by Chatwoot about itself. */
export function readMessage(
  row: Foreign,
  conversation: SourceMessage['conversation'],
): SourceMessage | null {
  const [key, at] = [readNumber(row.id), readTime(row.created_at)];
  const type = readNumber(row.message_type);
  if (key === null || at === null || type === ACTIVITY) return null;
  if (readRecord(row.content_attributes).deleted === true) return null;
  const files = Array.isArray(row.files) ? row.files.map((file) => readFile(readRecord(file))) : [];
  const text = joinText(readText(row.content, LONGEST_IMPORTED), files);
  if (text === null) return null;
  const kind = row.private === true ? 'note' : 'text';
  const author = authorOf(type, row.sender_type);
  const personKey = author === 'agent' ? readNumber(row.sender_id) : null;
  return { key, conversation, kind, author, personKey, text, at };
}

/** Templates, and what is sent without a sender, are Chatwoot's own words. */
function authorOf(type: number | null, sender: unknown): SourceMessage['author'] {
  if (type === INCOMING) return 'contact';
  if (type !== OUTGOING) return 'system';
  if (sender === 'User') return 'agent';
  return sender === null || sender === undefined ? 'system' : 'bot';
}

function readFile(row: Foreign): string {
  const name =
    readText(row.filename) ?? readText(row.fallback_title) ?? readText(row.external_url, 1000);
  return nameFile({ name, type: readText(row.content_type), bytes: readNumber(row.byte_size) });
}
