// People write down what they learn about a customer.
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { getAgent } from '../store/agents.ts';
import {
  type ContactChange,
  type ContactRow,
  getContact,
  type LockedContact,
  listOpenOfContact,
  lockContact,
  updateContactRow,
} from '../store/contacts.ts';
import type { Tx } from '../store/tx.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseGrowth } from './refuse-growth.ts';

/** What the caller has read; where it is something else by now, nothing is changed. */
export type Was = Omit<ContactChange, 'workspaceId' | 'contactId' | 'attributes'> & {
  attributes?: Readonly<Record<string, unknown>> | undefined;
};

/**
 * Refuses `contact.not-found`, `contact.changed`, `agent.not-found` for somebody to whom it cannot
 * belong, and `request.invalid` for attributes that the connector owns, or too many of them.
 */
export async function changeContact(
  desk: Desk,
  { was = {}, ...asked }: ContactChange & { was?: Was | undefined },
): Promise<ContactRow> {
  const { workspaceId } = asked;
  return commit(desk, workspaceId, async (tx, after) => {
    const { contactId, ...locked } = await lockKept(tx, asked);
    const change = { ...asked, contactId };
    refuseChanged({ ...locked, contactId }, was);
    if (change.attributes !== undefined) refuseConnectors(locked, change);
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

/** The row that stands for the contact, and stands for it still once it is locked. */
async function lockKept(
  tx: Tx,
  { workspaceId, contactId: asked }: { workspaceId: string; contactId: string },
): Promise<LockedContact> {
  const found = await getContact(tx, { workspaceId, contactId: asked });
  if (found === null) throw new Refused('contact.not-found');
  const locked = await lockContact(tx, { workspaceId, contactId: found.contactId });
  if (locked === null) throw new Refused('contact.not-found');
  if (locked.mergedInto !== null) throw new Refused('contact.changed');
  return locked;
}

function refuseChanged(now: LockedContact, { attributes = {}, ...was }: Was): void {
  const fields = Object.entries(was) as [keyof typeof was, unknown][];
  const changed = fields.filter(
    ([field, value]) => value !== undefined && !same(now[field], value),
  );
  const named = Object.entries(attributes).filter(
    ([name, value]) => !same(now.attributes[name] ?? null, value),
  );
  const names = [
    ...changed.map(([field]) => field),
    ...named.map(([name]) => `attributes/${name}`),
  ];
  if (names.length === 0) return;
  throw new Refused(
    'contact.changed',
    `Somebody has changed ${names.join(', ')} since you read it. Read the contact again, and send what you still want.`,
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** With another value one customer would be shown another customer's messages. */
function refuseConnectors(
  contact: Pick<LockedContact, 'channelKind' | 'attributes'>,
  { attributes = {} }: ContactChange,
): void {
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
