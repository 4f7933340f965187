// Takes what agents wrote in a mirror's room into the conversation, each message once and with its own time.
import { v7 as uuid } from 'uuid';
import type { MessageAttachment } from '../contract/events.ts';
import { type LockedConversation, lockConversation } from '../store/conversations.ts';
import {
  listKnownDeskMessages,
  markMessageEdited,
  putDeskMessage,
} from '../store/desk-messages.ts';
import type { DeskRoom } from '../store/desk-rooms.ts';
import type { Tx } from '../store/tx.ts';
import { appendMessage } from './append-message.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';

export interface DeskMessage {
  /** Its id over there. */
  externalId: string;
  /** null: whoever wrote it is no agent of ours. */
  agentId: string | null;
  /** A note is for colleagues. */
  kind: 'text' | 'note';
  text: string;
  attachments: readonly MessageAttachment[];
  saidAt: Date;
  editedAt: Date | null;
}

/**
 * In the order given. Of a message that was taken before, a newer edit is marked, and nothing is
 * sent again. One that comes after the conversation's end is kept as late.
 */
export async function takeDeskMessages(
  desk: Desk,
  room: DeskRoom,
  messages: readonly DeskMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await commit(desk, room.workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, room);
    if (conversation === null) return;
    const externalIds = messages.map(({ externalId }) => externalId);
    const known = await listKnownDeskMessages(tx, { ...room, externalIds });
    for (const message of messages) {
      const before = known.get(message.externalId);
      if (before === undefined) await take(tx, after, { room, conversation, message });
      else await markEdit(after, room.workspaceId, { ...before, edit: message.editedAt });
    }
  });
}

async function take(
  tx: Tx,
  after: After<Tx>,
  args: { room: DeskRoom; conversation: LockedConversation; message: DeskMessage },
): Promise<void> {
  const { room, conversation, message } = args;
  const { workspaceId, conversationId, deskRoomId, channelId } = room;
  const messageId = uuid();
  const { externalId, agentId, kind, text, attachments, saidAt } = message;
  if (!(await putDeskMessage(tx, { workspaceId, deskRoomId, externalId, messageId }))) return;
  await appendMessage(after, {
    ...{ workspaceId, conversationId, messageId, kind, text, attachments },
    // Files are looked for around the time of their message, so it is that of the files.
    ...(attachments.length === 0 && { saidAt }),
    authorKind: agentId === null ? 'user' : 'agent',
    authorId: agentId,
    late: conversation.state === 'closed',
    fromMirror: channelId,
  });
  await markEdit(after, workspaceId, { messageId, editedAt: null, edit: message.editedAt });
}

async function markEdit(
  after: After<Tx>,
  workspaceId: string,
  args: { messageId: string; editedAt: Date | null; edit: Date | null },
): Promise<void> {
  const { messageId, editedAt, edit } = args;
  if (edit === null || (editedAt !== null && editedAt >= edit)) return;
  const rows: { id: string; seq: number }[] = [];
  const marked = await markMessageEdited(after({ message: () => rows }), {
    ...{ workspaceId, messageId },
    at: edit,
  });
  if (marked !== null) rows.push({ id: marked.conversationId, seq: marked.seq });
}
