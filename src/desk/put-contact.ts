// A company's own program tells what it knows of a contact, whether or not they have written before.
import { v7 as uuid } from 'uuid';
import { listOpenOfContact, type PuttingContact, putContactRow } from '../store/contacts.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseGrowth } from './refuse-growth.ts';

/** What is left out stays. Refuses `request.invalid` where too much would be known of them. */
export function putContact(
  desk: Desk,
  contact: Omit<PuttingContact, 'contactId'>,
): Promise<{ contactId: string; created: boolean }> {
  const { workspaceId } = contact;
  return commit(desk, workspaceId, async (tx, after) => {
    let wake = false;
    // Conversations show their contact, so they change too.
    let open: string[] = [];
    const told: string[] = [];
    const writing = after({ contact: () => told, conversation: () => open, wake: () => wake });
    const put = await putContactRow(writing, { ...contact, contactId: uuid() });
    refuseGrowth(contact, { attributes: put.attributeCount, tags: put.tagCount });
    const { contactId, created } = put;
    told.push(contactId);
    wake = put.askedAgain;
    open = await listOpenOfContact(tx, { workspaceId, contactId });
    return { contactId, created };
  });
}
