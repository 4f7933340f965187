// Reads what a model is to be sent about a conversation, checks who asks, masks it and writes the request.
import { actingOf } from '../access/acting.ts';
import type { Actor } from '../access/can.ts';
import type { Assistance } from '../assistance/make-assistance.ts';
import { maskTexts } from '../assistance/mask-texts.ts';
import { type Line, type Task, writePrompt } from '../assistance/write-prompt.ts';
import type { Sent } from '../contract/assistance.ts';
import type { WorkspaceSettings } from '../contract/settings.ts';
import { noteIfOthers } from '../desk/note-reads.ts';
import { refuseBystander } from '../desk/refuse-bystander.ts';
import { Refused } from '../errors.ts';
import { listCannedReplies } from '../store/canned-replies.ts';
import { type ConversationRow, getConversation } from '../store/conversations.ts';
import {
  findConversationOfMessage,
  getMessage,
  listMessagesBefore,
  type MessageRow,
} from '../store/messages.ts';
import { readSettings, type SettingDefaults } from './read-settings.ts';
import type { RouteMeans } from './route-means.ts';

export interface Asking {
  conversationId: string;
  task: Task;
  /** What is to be translated: a message, or a draft. */
  of?: { messageId?: string | undefined; text?: string | undefined };
}

export interface Prepared {
  kind: Task['kind'];
  sent: Sent;
  /** Puts back what was masked. */
  restore(text: string): string;
}

interface Means extends Pick<RouteMeans, 'desk' | 'noteRead'> {
  assistance: Assistance;
  settingDefaults: SettingDefaults;
}

/** After every message. */
const END = 2_147_483_647;
/** They show in which language the contact writes. */
const SHOWN_FOR_LANGUAGE = 3;
const MOST_REPLIES = 50;

/**
 * Sends nothing. Refuses `assistance.switched-off`, `assistance.nothing-said`, `assistance.too-long`,
 * `conversation.not-found`, `conversation.held-by-another`, `conversation.closed` and
 * `message.not-found`.
 */
export async function prepareAsking(
  { desk, noteRead, assistance, settingDefaults }: Means,
  actor: Actor,
  { conversationId, task, of = {} }: Asking,
): Promise<Prepared> {
  const { workspaceId } = actor;
  const settings = await readSettings(desk.db, workspaceId, settingDefaults);
  if (!settings.assistance) throw new Refused('assistance.switched-off');
  const conversation = await getConversation(desk.db, { workspaceId, conversationId });
  if (conversation === null) throw new Refused('conversation.not-found');
  refuseBystander(conversation, actingOf(actor));
  if (task.kind === 'suggestions' && conversation.state === 'closed') {
    throw new Refused('conversation.closed');
  }
  await noteIfOthers(noteRead, actor, conversation);
  const key = { workspaceId, conversationId };
  const translate = task.kind === 'translation' ? await readTranslated(desk, key, of) : null;
  const said = await readLines(desk, { ...key, settings, task, most: assistance.mostMessages });
  if (translate === null && said.length === 0) throw new Refused('assistance.nothing-said');
  const replies = await readReplies(desk, { workspaceId, conversation, settings, task });
  return write({ assistance, settings, task, lines: said, replies, translate });
}

function write(given: {
  assistance: Assistance;
  settings: WorkspaceSettings;
  task: Task;
  lines: readonly Line[];
  replies: readonly string[];
  translate: string | null;
}): Prepared {
  const { assistance, settings, task, lines, replies, translate } = given;
  const own = translate === null ? [] : [translate];
  const texts = [...lines.map(({ text }) => text), ...replies, ...own];
  const masked = settings.assistanceMasks
    ? maskTexts(texts)
    : { texts, count: 0, restore: (text: string) => text };
  const at = (place: number): string => masked.texts[place] ?? '';
  const material = {
    lines: lines.map(({ from }, place) => ({ from, text: at(place) })),
    replies: replies.map((_, place) => at(lines.length + place)),
    translate: translate === null ? null : at(texts.length - 1),
  };
  const written = writePrompt(task, material, assistance.mostCharacters);
  if (written === null) throw new Refused('assistance.too-long');
  const { host, model } = assistance;
  const characters = written.messages.reduce((sum, { content }) => sum + content.length, 0);
  const sent = { host, model, ...written, characters, masked: masked.count };
  return { kind: task.kind, sent, restore: masked.restore };
}

/** What is said for the task, oldest first. */
async function readLines(
  { db }: Means['desk'],
  asked: {
    workspaceId: string;
    conversationId: string;
    settings: WorkspaceSettings;
    task: Task;
    most: number;
  },
): Promise<Line[]> {
  const { settings, task, most: limit, ...key } = asked;
  if (task.kind === 'translation' && task.language !== null) return [];
  const rows = await listMessagesBefore(db, { ...key, beforeSeq: END, limit });
  const lines = rows.filter((row) => leaves(row, settings)).map(toLine);
  if (task.kind !== 'translation') return lines;
  return lines.filter(({ from }) => from === 'customer').slice(-SHOWN_FOR_LANGUAGE);
}

/** What is whispered stays here, whatever the setting. */
function leaves({ kind, mark }: MessageRow, { assistanceNotes }: WorkspaceSettings): boolean {
  return kind === 'text' || (assistanceNotes && mark !== 'whisper');
}

const authors: Record<string, Line['from']> = { contact: 'customer', system: 'automatic' };

/** Neither names nor files leave, only that there was a file. */
function toLine({ kind, authorKind, text, attachments }: MessageRow): Line {
  const files = attachments.map(() => '[file]');
  const from = kind === 'note' ? 'note' : (authors[authorKind] ?? 'agent');
  return { from, text: [...(text === '' ? [] : [text]), ...files].join(' ') };
}

async function readTranslated(
  { db }: Means['desk'],
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
  { messageId, text }: { messageId?: string | undefined; text?: string | undefined },
): Promise<string> {
  if ((messageId === undefined) === (text === undefined)) {
    throw new Refused('request.invalid', 'Send either messageId or text.');
  }
  if (messageId === undefined) return text ?? '';
  const row = await getMessage(db, { workspaceId, messageId });
  const place = await findConversationOfMessage(db, { workspaceId, messageId });
  // Of another conversation it is for whoever works on that one.
  if (row?.kind !== 'text' || place !== conversationId) throw new Refused('message.not-found');
  if (row.text === '') throw new Refused('assistance.nothing-said');
  return row.text;
}

async function readReplies(
  { db }: Means['desk'],
  asked: {
    workspaceId: string;
    conversation: Pick<ConversationRow, 'teamId'>;
    settings: WorkspaceSettings;
    task: Task;
  },
): Promise<string[]> {
  const { workspaceId, conversation, settings, task } = asked;
  if (task.kind !== 'suggestions' || !settings.assistanceReplies) return [];
  const replies = await listCannedReplies(db, workspaceId);
  return replies
    .filter(({ teamId }) => teamId === null || teamId === conversation.teamId)
    .slice(0, MOST_REPLIES)
    .map(({ text }) => text);
}
