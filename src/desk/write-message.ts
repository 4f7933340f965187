// Somebody in the house says something to a customer, or notes something for colleagues.
import { v7 as uuid } from 'uuid';
import type { MessageAttachment } from '../contract/events.ts';
import { Refused } from '../errors.ts';
import { listAttachments } from '../store/attachments.ts';
import { lockConversation } from '../store/conversations.ts';
import { appendMessage, resendMessage as resendRow } from '../store/messages.ts';
import { type Tx, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

export interface Writing {
  workspaceId: string;
  conversationId: string;
  kind: 'text' | 'note';
  author: { kind: 'agent' | 'user'; id: string | null };
  text: string;
  /** Of files that were uploaded before. */
  attachmentIds: readonly string[];
}

/**
 * Answers its id. Refuses `message.empty`, `attachment.not-found`, `conversation.not-found`,
 * `conversation.closed` (a note may still be made) and `conversation.answered-elsewhere`.
 */
export async function writeMessage(desk: Desk, writing: Writing): Promise<string> {
  const { workspaceId, conversationId, kind, author, text } = writing;
  if (text.trim() === '' && writing.attachmentIds.length === 0) throw new Refused('message.empty');
  const messageId = uuid();
  await withTx(desk.db, async (tx) => {
    const conversation = await lockConversation(tx, writing);
    if (conversation === null) throw new Refused('conversation.not-found');
    if (kind === 'text') refuseText(conversation);
    const attachments = await readFiles(tx, writing);
    await appendMessage(tx, {
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
  });
  desk.send(workspaceId);
  return messageId;
}

/** One that did not arrive is sent anew, behind what was said since. Refuses `message.not-failed`. */
export async function resendMessage(
  desk: Desk,
  key: { workspaceId: string; messageId: string },
): Promise<void> {
  const again = await withTx(desk.db, (tx) => resendRow(tx, key));
  if (!again) throw new Refused('message.not-failed');
  desk.send(key.workspaceId);
}

function refuseText({ state, channelKind }: { state: string; channelKind: string }): void {
  if (state === 'closed') throw new Refused('conversation.closed');
  if (channelKind === 'qiscus') throw new Refused('conversation.answered-elsewhere');
}

async function readFiles(tx: Tx, { workspaceId, attachmentIds: ids }: Writing) {
  const rows = await listAttachments(tx, { workspaceId, ids });
  return ids.map((id): MessageAttachment => {
    const row = rows.find(({ attachmentId }) => attachmentId === id);
    if (row === undefined) throw new Refused('attachment.not-found');
    const { contentType: type, fileName: name, size } = row;
    return { id, type, name, size, url: `/api/v1/attachments/${id}/${encodeURIComponent(name)}` };
  });
}
