// Somebody in the house says something to a customer, or notes something for colleagues.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { confirmAssignmentRow, findPendingAssignment } from '../store/assignments.ts';
import { type ConversationRow, lockConversation } from '../store/conversations.ts';
import {
  appendMessage,
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
}

/**
 * Answers its id. Refuses `message.empty`, `attachment.not-found`, `conversation.not-found`,
 * `conversation.closed`, `conversation.answered-elsewhere`, `conversation.held-by-another` and
 * `conversation.not-assigned`; a note may be made in any of these.
 */
export async function writeMessage(desk: Desk, writing: Writing): Promise<string> {
  const { workspaceId, conversationId, kind, author, text } = writing;
  if (text.trim() === '' && writing.attachmentIds.length === 0) throw new Refused('message.empty');
  const messageId = uuid();
  const written = await withTx(desk.db, async (tx) => {
    const conversation = await lockConversation(tx, writing);
    if (conversation === null) throw new Refused('conversation.not-found');
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
    });
    return appended && { ...appended, accepted };
  });
  desk.send(workspaceId);
  if (written !== null) {
    desk.changed(workspaceId, [
      ...(written.accepted ? [{ kind: 'conversation' as const, id: conversationId }] : []),
      { kind: 'message', id: conversationId, seq: written.seq },
    ]);
  }
  return messageId;
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

function refuseText({ state, channelKind }: { state: string; channelKind: string }): void {
  if (state === 'closed') throw new Refused('conversation.closed');
  if (channelKind === 'qiscus') throw new Refused('conversation.answered-elsewhere');
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
  if (channelKind !== 'webchat' || confirmedAt !== null) return false;
  if (kind !== 'agent' || agentId === null) return false;
  const key = { workspaceId, conversationId };
  const assignmentId = await findPendingAssignment(tx, { ...key, agentId });
  return assignmentId !== null && confirmAssignmentRow(tx, { ...key, assignmentId });
}
