// Somebody in the house says something to a customer, or notes something for colleagues.
import { v7 as uuid } from 'uuid';
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { confirmAssignmentRow, findPendingAssignment } from '../store/assignments.ts';
import { type ConversationRow, lockConversation } from '../store/conversations.ts';
import {
  appendMessage,
  findByClientId,
  findConversationOfMessage,
  resendMessage as resendRow,
} from '../store/messages.ts';
import { type Tx, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { readFiles } from './read-files.ts';
import { type Holder, heldByAnother } from './refuse-bystander.ts';

export interface Writing {
  workspaceId: string;
  conversationId: string;
  kind: 'text' | 'note';
  author: { kind: 'agent' | 'user'; id: string | null };
  /** For the company, in any conversation: a program that is no agent. */
  speaks: boolean;
  text: string;
  /** Of files that were uploaded before. */
  attachmentIds: readonly string[];
  /** The writer's own name for it: a repeat writes nothing. null: it has none. */
  clientMessageId?: string | null;
}

/**
 * Answers its id. Refuses `message.empty`, `attachment.not-found`, `conversation.not-found`,
 * `conversation.closed`, `conversation.answered-elsewhere`, `conversation.held-by-another` and
 * `conversation.not-assigned`; a note may be made in any of these. One that was written before by the same name is
 * answered as it is; another refuses `idempotency-key.reused`.
 */
export async function writeMessage(desk: Desk, writing: Writing): Promise<string> {
  const { workspaceId, conversationId, kind, author, text } = writing;
  if (text.trim() === '' && writing.attachmentIds.length === 0) throw new Refused('message.empty');
  const messageId = uuid();
  const written = await withTx(desk.db, async (tx) => {
    const conversation = await lockConversation(tx, writing);
    if (conversation === null) throw new Refused('conversation.not-found');
    const before = await findRepeated(tx, writing);
    if (before !== null) return { ...before, repeated: true as const };
    if (kind === 'text') {
      refuseText(conversation);
      refuseOthers(conversation, { speaks: writing.speaks, writerId: author.id });
    }
    const accepted = kind === 'text' && (await acceptByAnswering(tx, conversation, writing));
    const attachments = await readFiles(tx, { workspaceId, ids: writing.attachmentIds });
    const appended = await appendMessage(tx, {
      workspaceId,
      conversationId,
      messageId,
      kind,
      authorKind: author.kind,
      authorId: author.id,
      text,
      attachments,
      late: false,
      clientMessageId: writing.clientMessageId ?? null,
    });
    return appended && { ...appended, accepted, repeated: false as const };
  });
  if (written?.repeated) return written.messageId;
  desk.send(workspaceId);
  if (written !== null) {
    desk.changed(workspaceId, [
      ...(written.accepted ? [{ kind: 'conversation' as const, id: conversationId }] : []),
      { kind: 'message', id: conversationId, seq: written.seq },
    ]);
  }
  return messageId;
}

/** Under the conversation's lock: nobody writes it meanwhile. Refuses `idempotency-key.reused`. */
async function findRepeated(tx: Tx, writing: Writing): Promise<{ messageId: string } | null> {
  const { clientMessageId = null, kind, text, attachmentIds } = writing;
  if (clientMessageId === null) return null;
  const found = await findByClientId(tx, { ...writing, clientMessageId });
  if (found === null) return null;
  const ids = found.attachments.map(({ id }) => id);
  const isSame = kind === found.kind && text === found.text && `${ids}` === `${attachmentIds}`;
  if (!isSame) throw new Refused('idempotency-key.reused');
  return found;
}

interface Writer {
  /** null: no agent. */
  writerId: string | null;
  /** For the company, in any conversation: a program that is no agent. */
  speaks: boolean;
}

/**
 * One that did not arrive is sent anew, behind what was said since, by whoever may write there. Refuses
 * `message.not-found`, `message.not-failed`, `conversation.held-by-another` and `conversation.not-assigned`.
 */
export async function resendMessage(
  desk: Desk,
  { writer, ...key }: { workspaceId: string; messageId: string; writer: Writer },
): Promise<void> {
  const { workspaceId } = key;
  await withTx(desk.db, async (tx) => {
    const conversationId = await findConversationOfMessage(tx, key);
    const conversation =
      conversationId && (await lockConversation(tx, { workspaceId, conversationId }));
    if (!conversation) throw new Refused('message.not-found');
    refuseOthers(conversation, writer);
    if (!(await resendRow(tx, key))) throw new Refused('message.not-failed');
  });
  desk.send(key.workspaceId);
}

function refuseText({ state, channelKind }: Pick<ConversationRow, 'state' | 'channelKind'>): void {
  if (state === 'closed') throw new Refused('conversation.closed');
  if (channelKinds[channelKind].desk === 'remote')
    throw new Refused('conversation.answered-elsewhere');
}

/** Whoever has it writes, and nobody else, as over MQTT. */
function refuseOthers({ agentId, agentName }: Holder, { speaks, writerId }: Writer): void {
  if (speaks || (writerId !== null && writerId === agentId)) return;
  if (agentId === null) throw new Refused('conversation.not-assigned');
  throw heldByAnother({ agentName });
}

/** Who answers what is offered to them has accepted it. true: just now. */
async function acceptByAnswering(
  tx: Tx,
  { channelKind, confirmedAt }: Pick<ConversationRow, 'channelKind' | 'confirmedAt'>,
  { workspaceId, conversationId, author: { kind, id: agentId } }: Writing,
): Promise<boolean> {
  if (channelKinds[channelKind].confirmedBy !== 'agent' || confirmedAt !== null) return false;
  if (kind !== 'agent' || agentId === null) return false;
  const key = { workspaceId, conversationId };
  const assignmentId = await findPendingAssignment(tx, { ...key, agentId });
  return assignmentId !== null && confirmAssignmentRow(tx, { ...key, assignmentId });
}
