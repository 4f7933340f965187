// Erases one person: everything that is kept of them, for good, as the law lets them ask for it.
import { displayName } from '../contract/display-name.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { lockContactRows } from '../store/contact-merges.ts';
import { type ContactRow, getContact } from '../store/contacts.ts';
import {
  eraseContactRows,
  eraseConversations,
  eraseDeliveries,
  isContactBusy,
  listStreamsOf,
} from '../store/erase-contact.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

export interface Erasing {
  workspaceId: string;
  contactId: string;
  /** The contact's display name or id, as whoever asks has typed it. */
  confirm: string;
  actor: string;
}

export interface ErasedFigures {
  conversations: number;
  messages: number;
  files: number;
  identities: number;
  deliveries: number;
}

/**
 * Some at a time; one that was broken off is asked for again, and goes on. Refuses `contact.not-found`,
 * `contact.not-confirmed` and `contact.busy`.
 */
export async function eraseContact(desk: Desk, erasing: Erasing): Promise<ErasedFigures> {
  const contact = await requireErasable(desk, erasing);
  const key = { workspaceId: erasing.workspaceId, contactId: contact.contactId };
  const streamIds = await listStreamsOf(desk.db, key);
  const walked = await eraseTold(desk, { ...key, streamIds, afterId: 0 });
  const sum = { conversations: 0, messages: 0, files: 0 };
  for (;;) {
    const some = await eraseSome(desk, key, streamIds);
    if (some.conversations === 0) break;
    sum.conversations += some.conversations;
    sum.messages += some.messages;
    sum.files += some.files;
  }
  const identities = await eraseRest(desk, { ...erasing, ...key, streamIds, sum });
  // What was told meanwhile of what is gone now.
  const late = await eraseTold(desk, { ...key, streamIds, afterId: walked.lastId });
  return { ...sum, identities, deliveries: walked.deleted + late.deleted };
}

async function requireErasable(desk: Desk, erasing: Erasing): Promise<ContactRow> {
  const contact = await getContact(desk.db, erasing);
  if (contact === null) throw new Refused('contact.not-found');
  const typed = erasing.confirm.trim();
  if (typed !== displayName(contact) && typed.toLowerCase() !== contact.contactId) {
    throw new Refused('contact.not-confirmed');
  }
  const key = { workspaceId: erasing.workspaceId, contactId: contact.contactId };
  if (await isContactBusy(desk.db, key)) throw new Refused('contact.busy');
  return contact;
}

/** Walks over all deliveries, a part a statement. */
async function eraseTold(
  { db }: Desk,
  args: { workspaceId: string; contactId: string; streamIds: readonly string[]; afterId: number },
): Promise<{ deleted: number; lastId: number }> {
  let { afterId: lastId } = args;
  let deleted = 0;
  for (;;) {
    const part = await eraseDeliveries(db, { ...args, afterId: lastId });
    deleted += part.deleted;
    if (part.lastId === null) return { deleted, lastId };
    lastId = part.lastId;
  }
}

function eraseSome(
  desk: Desk,
  key: { workspaceId: string; contactId: string },
  streamIds: readonly string[],
) {
  return commit(desk, key.workspaceId, (_, after) =>
    eraseConversations(after({ conversation: [...streamIds] }), key),
  );
}

/** Refuses `contact.busy` where another conversation has begun meanwhile; what is erased stays so. */
function eraseRest(
  desk: Desk,
  args: {
    workspaceId: string;
    contactId: string;
    actor: string;
    streamIds: readonly string[];
    sum: object;
  },
): Promise<number> {
  const { workspaceId, contactId, actor, sum } = args;
  return commit(desk, workspaceId, async (tx, after) => {
    await lockContactRows(tx, { workspaceId, contactIds: [contactId] });
    if (await isContactBusy(tx, { workspaceId, contactId })) throw new Refused('contact.busy');
    const ended: string[] = [];
    const writing = after({ contact: contactId, rights: () => ended });
    const { identities, sessionIds } = await eraseContactRows(writing, args);
    ended.push(...sessionIds);
    const entry = { workspaceId, actor, action: 'contact.erased', objectId: contactId };
    await addAuditEntry(tx, { ...entry, change: { ...sum, identities } });
    return identities;
  });
}
