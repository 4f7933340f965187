// What people learn about a customer is written down.
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import {
  type ContactChange,
  type ContactRow,
  listOpenOfContact,
  lockContact,
  updateContactRow,
} from '../store/contacts.ts';
import { type Tx, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** Refuses `contact.not-found`, and `request.invalid` for what the connector keeps. */
export async function changeContact(
  desk: Pick<Desk, 'db' | 'changed'>,
  change: ContactChange,
): Promise<ContactRow> {
  const { workspaceId, contactId } = change;
  const { row, open } = await withTx(desk.db, async (tx) => {
    if (change.attributes !== undefined) await refuseConnectors(tx, change);
    const changed = await updateContactRow(tx, change);
    return { row: changed, open: await listOpenOfContact(tx, { workspaceId, contactId }) };
  });
  if (row === null) throw new Refused('contact.not-found');
  // A conversation shows whose it is.
  desk.changed(workspaceId, [
    { kind: 'contact', id: contactId },
    ...open.map((id) => ({ kind: 'conversation' as const, id })),
  ]);
  return row;
}

/** Another value would show one customer what was said with another. */
async function refuseConnectors(tx: Tx, change: ContactChange): Promise<void> {
  const contact = await lockContact(tx, change);
  if (contact === null) throw new Refused('contact.not-found');
  const { attributes = {} } = change;
  const kept = channelKinds[contact.channelKind].ownAttributes.find(
    (name) =>
      Object.hasOwn(attributes, name) && attributes[name] !== (contact.attributes[name] ?? null),
  );
  if (kept === undefined) return;
  throw new Refused(
    'request.invalid',
    `body/attributes/${kept}: the outside system finds the customer by it, and alone sets it`,
  );
}
