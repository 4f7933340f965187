// Says to colleagues which message did not reach the mirror's room, and why.
import { v7 as uuid } from 'uuid';
import { lockConversation } from '../store/conversations.ts';
import type { DeskRoom } from '../store/desk-rooms.ts';
import { appendMessage } from './append-message.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

const MOST_TEXT = 200;

export async function leaveOutMessage(
  desk: Desk,
  { workspaceId, conversationId, channelId }: DeskRoom,
  { messageId, text, why }: { messageId: string; text: string; why: string },
): Promise<void> {
  const key = { workspaceId, conversationId };
  desk.log.warn({ ...key, messageId, error: why }, 'a message could not be brought to the mirror');
  const words = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)} …` : text;
  await commit(desk, workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, key);
    if (conversation === null) return;
    await appendMessage(after, {
      ...{ ...key, messageId: uuid(), kind: 'note', authorKind: 'system', authorId: null },
      text: `A message could not be brought to the connected desk (${why}): ${words}`,
      ...{ attachments: [], late: conversation.state === 'closed', fromMirror: channelId },
    });
  });
}
