// A visitor rates a conversation, and asks for its transcript by e-mail.
import { Refused } from '../errors.ts';
import { appendConversationEvent, rateRow } from '../store/conversation-events.ts';
import { isTypeBound } from '../store/endpoints.ts';
import { countTry } from '../store/try-counts.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { addMail, type Mailing, mayMail } from './send-mail.ts';

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

/** To whatever address a visitor types: enough for a slip, too little to trouble a stranger with. */
const TRANSCRIPTS_AN_HOUR = 3;
const HOUR_SECONDS = 3600;

/** Whether somebody sends it: a subscriber, or Usher itself. */
export async function sendsTranscripts(
  { db }: Pick<Desk, 'db'>,
  mailing: Mailing | null,
  workspaceId: string,
): Promise<boolean> {
  return mailing !== null || isTypeBound(db, workspaceId, TRANSCRIPT_WISH);
}

/**
 * An event for the subscriber that sends the mail; where there is none, Usher mails it itself. Refuses
 * `conversation.not-found`, `transcript.nobody-sends` and `mail.too-many`.
 */
export async function requestTranscript(
  desk: Desk,
  mailing: Mailing | null,
  { workspaceId, conversationId, email }: Key & { email: string },
): Promise<void> {
  const appended = await commit(desk, workspaceId, async (tx, after) => {
    if (!(await isTypeBound(tx, workspaceId, TRANSCRIPT_WISH))) {
      if (mailing === null) throw new Refused('transcript.nobody-sends');
      const key = `transcript of ${conversationId}`;
      const asked = await countTry(tx, { workspaceId, key, windowSeconds: HOUR_SECONDS });
      const may = await mayMail(tx, mailing, { workspaceId, to: email });
      if (asked > TRANSCRIPTS_AN_HOUR || !may) throw new Refused('mail.too-many');
      const facts = { to: email, language: null, conversationId };
      await addMail(desk, after, { workspaceId, kind: 'transcript', facts });
      return true;
    }
    const event = { workspaceId, conversationId, type: TRANSCRIPT_WISH, data: { email } } as const;
    return appendConversationEvent(after({ send: true }), event);
  });
  if (!appended) throw new Refused('conversation.not-found');
}
