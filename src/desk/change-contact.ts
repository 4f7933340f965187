// People write down what they learn about a customer.
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { getAgent } from '../store/agents.ts';
import {
  type ContactChange,
  type ContactRow,
  listOpenOfContact,
  lockContact,
  updateContactRow,
} from '../store/contacts.ts';
import type { Tx } from '../store/tx.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseGrowth } from './refuse-growth.ts';

/**
 * Refuses `contact.not-found`, `agent.not-found` for somebody to whom it cannot belong, and
 * `request.invalid` for attributes that the connector owns, or too many of them.
 */
export async function changeContact(desk: Desk, change: ContactChange): Promise<ContactRow> {
  const { workspaceId, contactId } = change;
  return commit(desk, workspaceId, async (tx, after) => {
    if (change.attributes !== undefined) await refuseConnectors(tx, change);
    if (change.agentId) await refuseStranger(tx, { workspaceId, agentId: change.agentId });
    // Conversations show their contact, so they change too.
    const open = await listOpenOfContact(tx, { workspaceId, contactId });
    let wake = false;
    const writing = after({ contact: contactId, conversation: open, wake: () => wake });
    const row = await updateContactRow(writing, change);
    if (row === null) throw new Refused('contact.not-found');
    const { askedAgain, ...contact } = row;
    const { attributes, tags } = contact;
    refuseGrowth(change, { attributes: Object.keys(attributes).length, tags: tags.length });
    wake = askedAgain;
    return contact;
  });
}

async function refuseStranger(tx: Tx, key: { workspaceId: string; agentId: string }) {
  if ((await getAgent(tx, key)) === null) throw new Refused('agent.not-found');
}

/** With another value one customer would be shown another customer's messages. */
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
