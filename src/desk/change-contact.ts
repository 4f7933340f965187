// What people learn about a customer is written down.
import { Refused } from '../errors.ts';
import type { ChannelRow } from '../store/channels.ts';
import {
  type ContactChange,
  type ContactRow,
  lockContact,
  updateContactRow,
} from '../store/contacts.ts';
import { type Tx, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** Attributes by which a connector asks the outside system for the customer. */
const OF_CONNECTOR: Record<ChannelRow['kind'], readonly string[]> = {
  qiscus: [],
  rapidpro: ['contactUuid'],
  webchat: [],
};

/** Refuses `contact.not-found`, and `request.invalid` for what the connector keeps. */
export async function changeContact(
  desk: Pick<Desk, 'db' | 'changed'>,
  change: ContactChange,
): Promise<ContactRow> {
  const row = await withTx(desk.db, async (tx) => {
    if (change.attributes !== undefined) await refuseConnectors(tx, change);
    return updateContactRow(tx, change);
  });
  if (row === null) throw new Refused('contact.not-found');
  desk.changed(change.workspaceId, [{ kind: 'contact', id: change.contactId }]);
  return row;
}

/** Another value would show one customer what was said with another. */
async function refuseConnectors(tx: Tx, change: ContactChange): Promise<void> {
  const contact = await lockContact(tx, change);
  if (contact === null) throw new Refused('contact.not-found');
  const { attributes = {} } = change;
  const kept = OF_CONNECTOR[contact.channelKind].find(
    (name) =>
      Object.hasOwn(attributes, name) && attributes[name] !== (contact.attributes[name] ?? null),
  );
  if (kept === undefined) return;
  throw new Refused(
    'request.invalid',
    `body/attributes/${kept}: the outside system finds the customer by it, and alone sets it`,
  );
}
