// Somebody in the house says something to a customer, or notes something for colleagues.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { lockConversation } from '../store/conversations.ts';
import { appendMessage, resendMessage as resendRow } from '../store/messages.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { readFiles } from './read-files.ts';

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
  const written = await withTx(desk.db, async (tx) => {
    const conversation = await lockConversation(tx, writing);
    if (conversation === null) throw new Refused('conversation.not-found');
    if (kind === 'text') refuseText(conversation);
    const attachments = await readFiles(tx, { workspaceId, ids: writing.attachmentIds });
    return appendMessage(tx, {
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
  if (written !== null) {
    desk.changed(workspaceId, [{ kind: 'message', id: conversationId, seq: written.seq }]);
  }
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
