// What a visitor thinks of a conversation, and where they would like to have it sent.
import { Refused } from '../errors.ts';
import { appendConversationEvent, rateRow } from '../store/conversation-events.ts';
import { isTypeBound } from '../store/endpoints.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

interface Key {
  workspaceId: string;
  conversationId: string;
}

/** Again replaces. Refuses `conversation.not-found`. */
export async function rateConversation(
  desk: Desk,
  { workspaceId, conversationId, ...rating }: Key & { score: number; comment: string | null },
): Promise<void> {
  const key = { workspaceId, conversationId };
  await withTx(desk.db, async (tx) => {
    const appended = await appendConversationEvent(tx, {
      ...key,
      type: 'conversation.rated',
      data: { ...rating },
    });
    if (!appended) throw new Refused('conversation.not-found');
    await rateRow(tx, { ...key, ...rating });
  });
  desk.send(workspaceId);
  desk.changed(workspaceId, [{ kind: 'conversation', id: conversationId }]);
}

/** Whoever is told of this event sends the mail. */
export const TRANSCRIPT_WISH = 'conversation.transcript-requested';

/** An event for whoever sends mail: Usher itself sends none. Refuses `conversation.not-found` and `transcript.nobody-sends`. */
export async function requestTranscript(
  desk: Desk,
  { workspaceId, conversationId, email }: Key & { email: string },
): Promise<void> {
  const appended = await withTx(desk.db, async (tx) => {
    if (!(await isTypeBound(tx, workspaceId, TRANSCRIPT_WISH))) {
      throw new Refused('transcript.nobody-sends');
    }
    const event = { workspaceId, conversationId, type: TRANSCRIPT_WISH, data: { email } } as const;
    return appendConversationEvent(tx, event);
  });
  if (!appended) throw new Refused('conversation.not-found');
  desk.send(workspaceId);
}
