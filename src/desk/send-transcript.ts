// Mails to the contact what was said in a conversation: to the contact's own address, and to no other.
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { readTranscriptHead } from '../store/transcript.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { addMail, type Mailing, mayMail } from './send-mail.ts';

/**
 * Answers the id of the mail. Refuses `conversation.not-found`, `mail.not-set-up`, `contact.without-email` and
 * `mail.too-many`.
 */
export async function sendTranscript(
  desk: Desk,
  mailing: Mailing | null,
  args: { workspaceId: string; conversationId: string; actor: string; language: string | null },
): Promise<string> {
  const { workspaceId, conversationId, actor, language } = args;
  const head = await readTranscriptHead(desk.db, args);
  if (head === null) throw new Refused('conversation.not-found');
  if (mailing === null) throw new Refused('mail.not-set-up');
  const { contactEmail: to } = head;
  if (to === null || !/^[^\s@<>"]+@[^\s@<>"]+$/.test(to)) {
    throw new Refused('contact.without-email');
  }
  if (!(await mayMail(desk.db, mailing, { workspaceId, to }))) throw new Refused('mail.too-many');
  return commit(desk, workspaceId, async (tx, after) => {
    const action = 'conversation.transcript-mailed';
    await addAuditEntry(tx, { workspaceId, actor, action, objectId: conversationId, change: {} });
    const facts = { to, language, conversationId };
    return addMail(desk, after, { workspaceId, kind: 'transcript', facts });
  });
}
