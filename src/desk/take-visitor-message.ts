// A contact of RapidPro says something: kept first, whatever else is going on (rapidpro.md §2.5).
import { v7 as uuid } from 'uuid';
import type { MessageAttachment } from '../contract/events.ts';
import { lockConversation } from '../store/conversations.ts';
import { appendMessage } from '../store/messages.ts';
import { latestTicket } from '../store/tickets.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

export interface VisitorSaying {
  workspaceId: string;
  channelId: string;
  token: string;
  text: string;
  attachments: readonly MessageAttachment[];
}

/**
 * Answers the message's id. null: the token has no conversation, or the last one is over and RapidPro
 * knows that. One that is over without RapidPro's knowing takes it as late.
 */
export async function takeVisitorMessage(
  desk: Desk,
  saying: VisitorSaying,
): Promise<string | null> {
  const { workspaceId, text, attachments } = saying;
  const messageId = uuid();
  const taken = await withTx(desk.db, async (tx) => {
    const latest = await latestTicket(tx, saying);
    if (latest === null || (latest.state === 'closed' && !latest.closingUntold)) return null;
    const { conversationId } = latest;
    const conversation = await lockConversation(tx, { workspaceId, conversationId });
    const written = await appendMessage(tx, {
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
    return written && { conversationId, seq: written.seq };
  });
  if (taken === null) return null;
  desk.send(workspaceId);
  desk.changed(workspaceId, [{ kind: 'message', id: taken.conversationId, seq: taken.seq }]);
  return messageId;
}
