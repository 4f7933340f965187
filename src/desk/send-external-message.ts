// An agent writes to a contact by way of the company's own system, which an endpoint stands for.
import { Refused } from '../errors.ts';
import { countContactEvent } from '../store/contacts.ts';
import { isTypeBound } from '../store/endpoints.ts';
import { appendEvent } from '../store/events.ts';
import { withTx } from '../store/tx.ts';
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
  const eventId = await withTx(desk.db, async (tx) => {
    // The contact's row stays locked, so that messages are numbered in the order of their commits.
    const contact = await countContactEvent(tx, { workspaceId, contactId });
    if (contact === null) throw new Refused('contact.not-found');
    if (!(await isTypeBound(tx, workspaceId, 'send_external_message'))) {
      throw new Refused('external-message.no-endpoint');
    }
    const { seq, appCode, contactId: id, ...known } = contact;
    return appendEvent(tx, {
      workspaceId,
      streamId: contactId,
      seq,
      type: 'external-message.sent',
      data: { from, text },
      facts: { appCode, contact: { id, ...known } },
    });
  });
  desk.send(workspaceId);
  return eventId;
}
