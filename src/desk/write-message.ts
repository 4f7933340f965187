// An agent writes to a customer, or leaves a note for colleagues.
import { v7 as uuid } from 'uuid';
import { readBotLimits } from '../contract/bot-limits.ts';
import { channelKinds } from '../contract/channel-kinds.ts';
import type { Mentioned } from '../contract/mentions.ts';
import { Refused } from '../errors.ts';
import { isBotFull } from '../routing/follow-bot.ts';
import { readBotLines, readBotOfPlan } from '../store/bots.ts';
import {
  type ConversationRow,
  type LockedConversation,
  lockConversation,
} from '../store/conversations.ts';
import { findMentioned, insertMentions } from '../store/mentions.ts';
import {
  findByClientId,
  findConversationOfMessage,
  resendMessage as resendRow,
} from '../store/messages.ts';
import type { Tx } from '../store/tx.ts';
import { acceptByAnswering } from './answer-offer.ts';
import { appendMessage } from './append-message.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { takeFromFailed } from './hand-over-from-bot.ts';
import { kindOfWriter } from './kind-of-writer.ts';
import { readFiles } from './read-files.ts';
import { type Holder, heldByAnother } from './refuse-bystander.ts';

export interface Writing {
  workspaceId: string;
  conversationId: string;
  kind: 'text' | 'note';
  author: { kind: 'agent' | 'user'; id: string | null };
  /** For the company, in any conversation: the writer is a program and no agent. */
  speaks: boolean;
  text: string;
  /** Files that were uploaded before. */
  attachmentIds: readonly string[];
  /** Offered to the contact as answers. */
  quickReplies?: readonly string[];
  /** Whom a note names; absent: nobody. */
  mention?: Mentioned;
  /** The writer's own name for it: a repeat writes nothing. null: it has none. */
  clientMessageId?: string | null;
}

/**
 * Answers its id. Refuses `message.empty`, `attachment.not-found`, `conversation.not-found`,
 * `conversation.closed`, `conversation.answered-elsewhere`, `conversation.held-by-another`,
 * `bot.flooding` (the bot loses it to people) and `conversation.not-assigned`; a note may be written in any of these. An equal message under the
 * same client id is answered as it was stored; a different one refuses `idempotency-key.reused`.
 */
export async function writeMessage(desk: Desk, writing: Writing): Promise<string> {
  const { workspaceId, author, text } = writing;
  if (text.trim() === '' && writing.attachmentIds.length === 0) throw new Refused('message.empty');
  try {
    return await commit(desk, workspaceId, (tx, after) => writeWithin(tx, after, writing));
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'bot.flooding') throw error;
    await takeFromFailed(desk, { ...writing, botId: author.id as string, reason: 'bot-flooded' });
    throw error;
  }
}

/** In the transaction of the caller. Refuses as writeMessage does. */
export async function writeWithin(tx: Tx, after: After<Tx>, writing: Writing): Promise<string> {
  const { workspaceId, conversationId, kind, author, text } = writing;
  const messageId = uuid();
  const conversation = await lockConversation(tx, writing);
  if (conversation === null) throw new Refused('conversation.not-found');
  const before = await findRepeated(tx, writing);
  if (before !== null) return before.messageId;
  if (kind === 'text') {
    refuseText(conversation);
    refuseOthers(conversation, { speaks: writing.speaks, writerId: author.id });
  }
  if (kind === 'text' && author.kind === 'agent' && author.id !== null) {
    const offer = { workspaceId, conversationId, agentId: author.id };
    await acceptByAnswering(tx, after, { ...offer, conversation });
  }
  const authorKind = await kindOfAuthor(tx, writing, conversation);
  if (authorKind === 'bot' && kind === 'text') await refuseFlood(tx, writing, conversation);
  const attachments = await readFiles(tx, { workspaceId, ids: writing.attachmentIds });
  const toAgentIds = await findNamed(tx, writing);
  await appendMessage(after, {
    workspaceId,
    conversationId,
    messageId,
    kind,
    authorKind,
    authorId: author.id,
    text,
    attachments,
    quickReplies: writing.quickReplies ?? [],
    late: false,
    clientMessageId: writing.clientMessageId ?? null,
    toAgentIds: toAgentIds.length > 0 ? toAgentIds : null,
  });
  if (toAgentIds.length > 0) {
    await insertMentions(tx, { workspaceId, conversationId, messageId, agentIds: toAgentIds });
  }
  return messageId;
}

/** Only notes name anybody. */
async function findNamed(
  tx: Tx,
  { workspaceId, kind, author, mention = {} }: Writing,
): Promise<string[]> {
  const { agentIds = [], teamIds = [] } = mention;
  if (kind !== 'note' || agentIds.length + teamIds.length === 0) return [];
  return findMentioned(tx, { workspaceId, agentIds, teamIds, writerId: author.id });
}

/** Of what is said the writer has the conversation, or is no agent: its row knows. Anybody may leave a note. */
async function kindOfAuthor(
  tx: Tx,
  { workspaceId, author, kind }: Writing,
  { agentId, agentKind }: ConversationRow,
): Promise<'agent' | 'bot' | 'user'> {
  if (author.kind !== 'agent') return author.kind;
  if (author.id === agentId) return agentKind === 'bot' ? 'bot' : 'agent';
  return kind === 'text' ? 'agent' : kindOfWriter(tx, { workspaceId, writerId: author.id });
}

/** With the conversation locked, and held by the bot that writes. Refuses `bot.flooding`. */
async function refuseFlood(
  tx: Tx,
  { workspaceId, conversationId }: Writing,
  { plan, assignedAt, now }: LockedConversation,
): Promise<void> {
  const limits = readBotLimits(await readBotOfPlan(tx, { workspaceId, plan }));
  const lines = (await readBotLines(tx, workspaceId, [conversationId])).get(conversationId) ?? [];
  const heldAt = assignedAt?.getTime() ?? 0;
  if (isBotFull({ limits, lines, heldAt }, now.getTime())) throw new Refused('bot.flooding');
}

/**
 * Under the conversation's lock, so nobody else writes to it meanwhile. Refuses
 * `idempotency-key.reused`.
 */
async function findRepeated(tx: Tx, writing: Writing): Promise<{ messageId: string } | null> {
  const { clientMessageId = null, kind, text, attachmentIds, quickReplies = [] } = writing;
  if (clientMessageId === null) return null;
  const found = await findByClientId(tx, { ...writing, clientMessageId });
  if (found === null) return null;
  const ids = found.attachments.map(({ id }) => id);
  const isSame =
    kind === found.kind &&
    text === found.text &&
    `${ids}` === `${attachmentIds}` &&
    JSON.stringify(found.quickReplies) === JSON.stringify(quickReplies);
  if (!isSame) throw new Refused('idempotency-key.reused');
  return found;
}

interface Writer {
  /** null: no agent. */
  writerId: string | null;
  /** For the company, in any conversation: the writer is a program and no agent. */
  speaks: boolean;
}

/**
 * Sends a failed message again, after what was said since. Only those who may write there may do
 * it. Refuses `message.not-found`, `message.not-failed`, `conversation.held-by-another` and
 * `conversation.not-assigned`.
 */
export async function resendMessage(
  desk: Desk,
  { writer, ...key }: { workspaceId: string; messageId: string; writer: Writer },
): Promise<void> {
  const { workspaceId } = key;
  await commit(desk, workspaceId, async (tx, after) => {
    const conversationId = await findConversationOfMessage(tx, key);
    const conversation =
      conversationId && (await lockConversation(tx, { workspaceId, conversationId }));
    if (!conversation) throw new Refused('message.not-found');
    refuseOthers(conversation, writer);
    if (!(await resendRow(after({ send: true }), key))) throw new Refused('message.not-failed');
  });
}

function refuseText({ state, channelKind }: Pick<ConversationRow, 'state' | 'channelKind'>): void {
  if (state === 'closed') throw new Refused('conversation.closed');
  if (channelKinds[channelKind].desk === 'remote')
    throw new Refused('conversation.answered-elsewhere');
}

/** Only the agent who has it writes, as over MQTT. */
function refuseOthers({ agentId, agentName }: Holder, { speaks, writerId }: Writer): void {
  if (speaks || (writerId !== null && writerId === agentId)) return;
  if (agentId === null) throw new Refused('conversation.not-assigned');
  throw heldByAnother({ agentName });
}
