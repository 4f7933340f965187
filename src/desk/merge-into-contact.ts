// Somebody finds that two contacts are one person: one stands for both from now on.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { spreadBlock } from '../store/contact-blocks.ts';
import {
  joinContact,
  type LockedRow,
  lockContactRows,
  lockMerge,
  partContact,
  writeKept,
} from '../store/contact-merges.ts';
import { listOpenOfContact } from '../store/contacts.ts';
import type { Tx } from '../store/tx.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { fitMerge, type Given, give, takeBack } from './fit-merge.ts';

export interface MergingInto {
  workspaceId: string;
  keptId: string;
  mergedId: string;
  actor: string;
}

/**
 * The channels go on knowing each as before; whoever looks sees one contact. Answers the merging's id.
 * Refuses `contact.same`, `contact.not-found` and `contact.merged-already`.
 */
export function mergeIntoContact(desk: Desk, merging: MergingInto): Promise<string> {
  const { workspaceId, actor } = merging;
  return commit(desk, workspaceId, async (tx, after) => {
    const { kept, merged, rows } = await lockBoth(tx, merging);
    const { given } = fitMerge(kept, merged);
    const mergeId = uuid();
    const ids = { keptId: kept.contactId, mergedId: merged.contactId };
    const told = await tellOf(tx, after, { workspaceId, rows });
    const after_ = give(kept, given);
    told.wake ||= await writeKept(told.writing, {
      ...{ workspaceId, kept: { contactId: kept.contactId, ...after_ }, rows },
    });
    await joinContact(told.writing, { workspaceId, mergeId, ...ids, by: actor, given });
    await spreadBlock(told.writing, { workspaceId, rows });
    const entry = { workspaceId, actor, action: 'contact.merged', objectId: ids.keptId };
    await addAuditEntry(tx, { ...entry, change: { mergeId, mergedId: ids.mergedId } });
    return mergeId;
  });
}

/** Refuses `contact.not-found` where it was never so, and `contact.merge-undone` where it is not so any more. */
export async function undoMerge(
  desk: Desk,
  undoing: { workspaceId: string; contactId: string; mergeId: string; actor: string },
): Promise<void> {
  const { workspaceId, mergeId, actor } = undoing;
  await commit(desk, workspaceId, async (tx, after) => {
    // The contacts first, as a merging locks them.
    const standing = await lockContactRows(tx, { workspaceId, contactIds: [undoing.contactId] });
    const merge = await lockMerge(tx, { workspaceId, mergeId });
    const isTheirs = standing.some(({ contactId }) => contactId === merge?.keptId);
    if (merge === null || !isTheirs) throw new Refused('contact.merge-not-found');
    if (merge.undoneAt !== null) throw new Refused('contact.merge-undone');
    const all = standing.map(({ contactId }) => contactId);
    const told = await tellOf(tx, after, { workspaceId, rows: all });
    const left = await partContact(told.writing, { workspaceId, mergeId, by: actor });
    const kept = standing.find(({ mergedInto }) => mergedInto === null) as LockedRow;
    const before = takeBack(kept, merge.given as Given);
    told.wake ||= await writeKept(told.writing, {
      ...{ workspaceId, kept: { contactId: kept.contactId, ...before }, rows: all },
    });
    const stay = all.filter((id) => !left.includes(id));
    for (const rows of [stay, left]) await spreadBlock(told.writing, { workspaceId, rows });
    const entry = { workspaceId, actor, action: 'contact.parted', objectId: kept.contactId };
    await addAuditEntry(tx, { ...entry, change: { mergeId, mergedId: merge.mergedId } });
  });
}

/** Conversations show their contact, so they change with it. */
async function tellOf(
  tx: Tx,
  after: After<Tx>,
  { workspaceId, rows }: { workspaceId: string; rows: readonly string[] },
) {
  const open = new Set<string>();
  for (const contactId of rows) {
    for (const id of await listOpenOfContact(tx, { workspaceId, contactId })) open.add(id);
  }
  const told = { wake: false };
  const writing = after({ contact: rows, conversation: [...open], wake: () => told.wake });
  return Object.assign(told, { writing });
}

async function lockBoth(tx: Tx, { workspaceId, keptId, mergedId }: MergingInto) {
  if (keptId === mergedId)
    throw new Refused('contact.same', 'A contact cannot be merged into itself.');
  const rows = await lockContactRows(tx, { workspaceId, contactIds: [keptId, mergedId] });
  const [kept, merged] = [keptId, mergedId].map((id) => rows.find((row) => row.contactId === id));
  if (kept === undefined || merged === undefined) throw new Refused('contact.not-found');
  if (kept.mergedInto !== null || merged.mergedInto !== null) {
    throw new Refused('contact.merged-already');
  }
  return { kept, merged, rows: rows.map(({ contactId }) => contactId) };
}
