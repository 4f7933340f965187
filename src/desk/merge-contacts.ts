// A company's own program says that one contact of its channel is another: a guest has signed in.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { mergeContactRows } from '../store/merge-contacts.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

export interface Merging {
  workspaceId: string;
  channelId: string;
  /** By the program's own ids. */
  guestId: string;
  customerId: string;
}

/** What the guest said becomes the customer's. Refuses `contact.not-found` and `contact.same`. */
export function mergeContacts(
  desk: Desk,
  merging: Merging,
): Promise<{ contactId: string; conversationIds: string[] }> {
  const { workspaceId, guestId, customerId } = merging;
  if (guestId === customerId) throw new Refused('contact.same');
  return commit(desk, workspaceId, async (_, after) => {
    const moved: string[] = [];
    const told: string[] = [];
    // Who wrote decides by which rules what waits is placed.
    const wake = () => moved.length > 0;
    const writing = after({ conversation: () => moved, contact: () => told, wake });
    const merged = await mergeContactRows(writing, { ...merging, newContactId: uuid() });
    if (merged === null) {
      throw new Refused('contact.not-found', `No contact of this channel has the id ${guestId}.`);
    }
    moved.push(...merged.conversationIds);
    told.push(merged.contactId);
    return merged;
  });
}
