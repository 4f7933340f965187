// libredesk's rows in our words. Pure. Source: schema.sql of abhinavxd/libredesk at 0193e711.
import {
  LONGEST_IMPORTED,
  type SourceContact,
  type SourceConversation,
  type SourceMessage,
  type SourcePerson,
  type SourceReply,
} from '../../contract/source-desk.ts';
import {
  type Foreign,
  joinText,
  latest,
  nameFile,
  readAttributes,
  readHtml,
  readNumber,
  readRecord,
  readReplyText,
  readShortcut,
  readText,
  readTime,
  within,
} from '../foreign.ts';

const readName = (row: Foreign): string | null =>
  readText([row.first_name, row.last_name].flatMap((part) => readText(part) ?? []).join(' '));

export function readPerson(row: Foreign): SourcePerson | null {
  const [key, email] = [readNumber(row.id), readText(row.email)];
  if (key === null || email === null) return null;
  const isAdmin = Array.isArray(row.roles) && row.roles.includes('Admin');
  return { key, name: readName(row) ?? email, email, role: isAdmin ? 'admin' : 'agent' };
}

/** What a macro says; what else it does is not brought. null: it says nothing, or is one person's own. */
export function readMacro(row: Foreign): SourceReply | null {
  const key = readNumber(row.id);
  const [shortcut, text] = [readShortcut(readText(row.name) ?? ''), readHtml(row.message_content)];
  if (key === null || shortcut === null || text === null || row.visibility === 'user') return null;
  const teamKey = row.visibility === 'team' ? readNumber(row.team_id) : null;
  return { key, shortcut, text: readReplyText(text), teamKey };
}

/** null: deleted there. */
export function readContact(row: Foreign): SourceContact | null {
  const [key, createdAt] = [readNumber(row.id), readTime(row.created_at)];
  if (key === null || createdAt === null || readTime(row.deleted_at) !== null) return null;
  const { country, external_user_id: identifier } = row;
  const blocked = row.enabled === false ? { blocked: 'true' } : {};
  const phone = [row.phone_number_country_code, row.phone_number].flatMap(
    (part) => readText(part, 32) ?? [],
  );
  return {
    key,
    name: readName(row),
    email: readText(row.email),
    phone: phone.length === 0 ? null : phone.join(' '),
    attributes: readAttributes(
      { identifier, country, ...blocked },
      readRecord(row.custom_attributes),
    ),
    tags: [],
    createdAt,
    seenAt: latest(createdAt, readTime(row.last_active_at)),
  };
}

/** null: its contact is deleted there. */
export function readConversation(row: Foreign): SourceConversation | null {
  const [key, openedAt] = [readNumber(row.id), readTime(row.created_at)];
  const contact = readContact(readRecord(row.contact));
  if (key === null || openedAt === null || contact === null) return null;
  const ends = [row.closed_at, row.resolved_at, row.last_message_at, row.newest_message_at];
  const endedAt = latest(openedAt, ...ends.map(readTime));
  const { status, inbox, subject } = row;
  return {
    key,
    number: readText(row.reference_number, 64) ?? String(key),
    contact,
    personKey: readNumber(row.assigned_user_id),
    teamKey: readNumber(row.assigned_team_id),
    priority: readPriority(row.priority),
    tags: Array.isArray(row.tags) ? row.tags.flatMap((tag) => readText(tag, 100) ?? []) : [],
    openedAt,
    answeredAt: within(readTime(row.first_reply_at), openedAt, endedAt),
    endedAt,
    isOpen:
      row.category === undefined || row.category === null
        ? !['Resolved', 'Closed'].includes(String(status))
        : row.category !== 'resolved',
    meta: readAttributes({ subject, status, inbox }, readRecord(row.custom_attributes)),
    rating: readRating(readRecord(row.rating), endedAt),
  };
}

function readPriority(name: unknown): SourceConversation['priority'] {
  const known = String(name).toLowerCase();
  return known === 'low' || known === 'high' || known === 'urgent' ? known : 'normal';
}

function readRating(row: Foreign, endedAt: Date): SourceConversation['rating'] {
  const score = readNumber(row.rating);
  // 0: asked, and not answered.
  if (score === null || score < 1 || score > 5) return null;
  return {
    score,
    comment: readText(row.feedback, 10_000),
    at: readTime(row.response_timestamp) ?? endedAt,
  };
}

/** null: empty, or written by libredesk about itself. */
export function readMessage(
  row: Foreign,
  conversation: SourceMessage['conversation'],
): SourceMessage | null {
  const [key, at] = [readNumber(row.id), readTime(row.created_at)];
  if (key === null || at === null || row.type === 'activity') return null;
  const isHtml = row.content_type === 'html';
  const said =
    readText(row.text_content, LONGEST_IMPORTED) ??
    (isHtml ? readHtml(row.content) : readText(row.content, LONGEST_IMPORTED));
  const files = Array.isArray(row.files) ? row.files.map((file) => readFile(readRecord(file))) : [];
  const text = joinText(said, files);
  if (text === null) return null;
  const kind = row.private === true ? 'note' : 'text';
  const author = authorOf(row);
  const personKey = author === 'agent' ? readNumber(row.sender_id) : null;
  return { key, conversation, kind, author, personKey, text, at };
}

function authorOf(row: Foreign): SourceMessage['author'] {
  if (row.type === 'incoming') return 'contact';
  if (row.sender_user_type === 'ai_assistant') return 'bot';
  // Its own user, whose name is System.
  return row.sender_email === 'System' ? 'system' : 'agent';
}

function readFile(row: Foreign): string {
  const [name, type] = [readText(row.filename), readText(row.content_type)];
  return nameFile({ name, type, bytes: readNumber(row.size) });
}
