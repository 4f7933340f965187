// A person is blocked: what they send opens nothing, on none of their channels, until somebody lifts it.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { blockContactRows, unblockContactRows } from '../store/contact-blocks.ts';
import { lockContactRows } from '../store/contact-merges.ts';
import { getContact, listOpenOfContact } from '../store/contacts.ts';
import type { Tx } from '../store/tx.ts';
import { closeWithin } from './close-conversation.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

interface Key {
  workspaceId: string;
  contactId: string;
  actor: string;
}

/** What is open ends, and the outside systems are told. Refuses `contact.not-found` and `contact.blocked-already`. */
export async function blockContact(
  desk: Desk,
  { reason, ...key }: Key & { reason: string },
): Promise<void> {
  const { workspaceId, actor } = key;
  await commit(desk, workspaceId, async (tx, after) => {
    const { contactId, rows, isBlocked } = await lockAll(tx, key);
    if (isBlocked) throw new Refused('contact.blocked-already');
    // An opening that was first has the row until its commit: it is among the open ones now.
    const open = await listOpenOfContact(tx, { workspaceId, contactId });
    const writing = after({ contact: rows, conversation: open });
    const block = { workspaceId, blockId: uuid(), contactId, rows };
    await blockContactRows(writing, { ...block, reason, by: actor });
    const how = { reason: 'blocked', actor, acting: null, tellRemote: true };
    const closings = open.map((conversationId) => ({ workspaceId, conversationId, ...how }));
    if (closings.length > 0) await closeWithin(tx, after, { workspaceId, closings });
    const entry = { workspaceId, actor, action: 'contact.blocked', objectId: contactId };
    await addAuditEntry(tx, { ...entry, change: { reason } });
  });
}

/** Refuses `contact.not-found` and `contact.not-blocked`. */
export async function unblockContact(desk: Desk, key: Key): Promise<void> {
  const { workspaceId, actor } = key;
  await commit(desk, workspaceId, async (tx, after) => {
    const { contactId, rows } = await lockAll(tx, key);
    const open = await listOpenOfContact(tx, { workspaceId, contactId });
    const writing = after({ contact: rows, conversation: open });
    const was = await unblockContactRows(writing, { workspaceId, rows, by: actor });
    if (!was) throw new Refused('contact.not-blocked');
    const entry = { workspaceId, actor, action: 'contact.unblocked', objectId: contactId };
    await addAuditEntry(tx, { ...entry, change: {} });
  });
}

async function lockAll(tx: Tx, { workspaceId, contactId: asked }: Key) {
  const found = await getContact(tx, { workspaceId, contactId: asked });
  if (found === null) throw new Refused('contact.not-found');
  const { contactId } = found;
  const locked = await lockContactRows(tx, { workspaceId, contactIds: [contactId] });
  // Another request has blocked, merged or erased it while this one waited.
  const now = await getContact(tx, { workspaceId, contactId });
  if (now?.contactId !== contactId) throw new Refused('contact.merged-already');
  const rows = locked.map((row) => row.contactId);
  return { contactId, rows, isBlocked: now.blockedAt !== null };
}
