// A contact of RapidPro writes: the message is stored before anything else happens
// (rapidpro.md §2.5).
import { v7 as uuid } from 'uuid';
import type { MessageAttachment } from '../contract/events.ts';
import { lockConversation } from '../store/conversations.ts';
import { latestTicket } from '../store/tickets.ts';
import { appendMessage } from './append-message.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { returnWritten } from './return-parked.ts';

export interface VisitorSaying {
  workspaceId: string;
  channelId: string;
  token: string;
  text: string;
  attachments: readonly MessageAttachment[];
}

/**
 * Answers the message's id. null: the token has no conversation, or the last one has ended and
 * RapidPro knows that. If RapidPro does not know yet, the ended conversation takes it as late.
 */
export async function takeVisitorMessage(
  desk: Desk,
  saying: VisitorSaying,
): Promise<string | null> {
  const { workspaceId, text, attachments } = saying;
  const messageId = uuid();
  return commit(desk, workspaceId, async (tx, after) => {
    const latest = await latestTicket(tx, saying);
    if (latest === null || (latest.state === 'closed' && !latest.closingUntold)) return null;
    const { conversationId } = latest;
    const conversation = await lockConversation(tx, { workspaceId, conversationId });
    if (conversation?.state === 'parked') {
      await returnWritten(after, { workspaceId, conversationIds: [conversationId] });
    }
    const written = await appendMessage(after, {
      workspaceId,
      conversationId,
      messageId,
      kind: 'text',
      authorKind: 'contact',
      authorId: conversation?.contactId ?? null,
      text,
      attachments,
      late: conversation?.state === 'closed',
    });
    return written ? messageId : null;
  });
}
