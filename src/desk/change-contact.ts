// What people learn about a customer is written down.
import { Refused } from '../errors.ts';
import { type ContactChange, type ContactRow, updateContactRow } from '../store/contacts.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** Refuses `contact.not-found`. */
export async function changeContact(
  desk: Pick<Desk, 'db' | 'changed'>,
  change: ContactChange,
): Promise<ContactRow> {
  const row = await withTx(desk.db, (tx) => updateContactRow(tx, change));
  if (row === null) throw new Refused('contact.not-found');
  desk.changed(change.workspaceId, [{ kind: 'contact', id: change.contactId }]);
  return row;
}
