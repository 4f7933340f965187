// A visitor rates a conversation, and asks for its transcript by e-mail.
import { Refused } from '../errors.ts';
import { appendConversationEvent, rateRow } from '../store/conversation-events.ts';
import { isTypeBound } from '../store/endpoints.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

interface Key {
  workspaceId: string;
  conversationId: string;
}

/** What one contact may wish: each is an event, and may become a mail. */
export const WISHES_PER_CONTACT = { most: 30, withinMs: 10_000 };

/** A second rating replaces the first. Refuses `conversation.not-found`. */
export async function rateConversation(
  desk: Desk,
  { workspaceId, conversationId, ...rating }: Key & { score: number; comment: string | null },
): Promise<void> {
  const key = { workspaceId, conversationId };
  await commit(desk, workspaceId, async (_, after) => {
    const writing = after({ send: true, conversation: conversationId });
    const appended = await appendConversationEvent(writing, {
      ...key,
      type: 'conversation.rated',
      data: { ...rating },
    });
    if (!appended) throw new Refused('conversation.not-found');
    await rateRow(writing, { ...key, ...rating });
  });
}

/** The subscriber to this event sends the mail. */
export const TRANSCRIPT_WISH = 'conversation.transcript-requested';

/**
 * An event for a subscriber that sends mail: Usher itself sends none. Refuses
 * `conversation.not-found` and `transcript.nobody-sends`.
 */
export async function requestTranscript(
  desk: Desk,
  { workspaceId, conversationId, email }: Key & { email: string },
): Promise<void> {
  const appended = await commit(desk, workspaceId, async (tx, after) => {
    if (!(await isTypeBound(tx, workspaceId, TRANSCRIPT_WISH))) {
      throw new Refused('transcript.nobody-sends');
    }
    const event = { workspaceId, conversationId, type: TRANSCRIPT_WISH, data: { email } } as const;
    return appendConversationEvent(after({ send: true }), event);
  });
  if (!appended) throw new Refused('conversation.not-found');
}
