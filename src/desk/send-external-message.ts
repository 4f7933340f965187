// An agent writes to a contact through the company's own system, behind an endpoint.
import { Refused } from '../errors.ts';
import { countContactEvent } from '../store/contacts.ts';
import { isTypeBound } from '../store/endpoints.ts';
import { appendEvent } from '../store/events.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

export interface ExternalMessageSending {
  workspaceId: string;
  contactId: string;
  text: string;
  from: { id: string; name: string | null };
}

/** Answers the event's id. Refuses `contact.not-found` and `external-message.no-endpoint`. */
export async function sendExternalMessage(
  desk: Desk,
  { workspaceId, contactId, text, from }: ExternalMessageSending,
): Promise<string> {
  return commit(desk, workspaceId, async (tx, after) => {
    // The contact's row stays locked, so that messages are numbered in the order of their commits.
    const contact = await countContactEvent(tx, { workspaceId, contactId });
    if (contact === null) throw new Refused('contact.not-found');
    if (!(await isTypeBound(tx, workspaceId, 'send_external_message'))) {
      throw new Refused('external-message.no-endpoint');
    }
    const { seq, appCode, contactId: id, blockedAt: _, ...known } = contact;
    return appendEvent(after({ send: true }), {
      workspaceId,
      streamId: contactId,
      seq,
      type: 'external-message.sent',
      data: { from, text },
      facts: { appCode, contact: { id, ...known } },
    });
  });
}
