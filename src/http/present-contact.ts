// Turns rows about contacts into values of the API.
import type { ContactMerge, ContactRecord, ListedContact } from '../contract/contacts.ts';
import { displayName } from '../contract/display-name.ts';
import type { Contact } from '../contract/endpoints.ts';
import type { BlockRow } from '../store/contact-blocks.ts';
import type { MergeRow } from '../store/contact-merges.ts';
import type { RecordRow } from '../store/contact-record.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { ListedContact as ListedRow } from '../store/list-contacts.ts';

export function presentContact({
  contactId: id,
  createdAt,
  seenAt,
  blockedAt,
  ...rest
}: ContactRow): Contact {
  return {
    id,
    displayName: displayName(rest),
    ...rest,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    blockedAt: blockedAt?.toISOString() ?? null,
  };
}

export function presentListed({ latest, ...row }: ListedRow): ListedContact {
  return {
    ...presentContact(row),
    latest:
      latest && ({ ...latest, queuedAt: readTime(latest.queuedAt) } as ListedContact['latest']),
  };
}

type NamedMerge = MergeRow & Parameters<typeof displayName>[0];

export function presentRecord(
  row: RecordRow,
  {
    merges,
    block,
    addresses,
  }: { merges: readonly NamedMerge[]; block: BlockRow | null; addresses: boolean },
): ContactRecord {
  const { identities, visits, ratings, conversations, notes } = row;
  return {
    identities: identities.map(({ createdAt, seenAt, ...one }) => ({
      ...(one as ContactRecord['identities'][number]),
      createdAt: readTime(createdAt),
      seenAt: readTime(seenAt),
    })),
    merges: merges.map(presentMerge),
    block: block && {
      ...{ id: block.blockId, reason: block.reason, by: block.blockedBy },
      at: block.blockedAt.toISOString(),
    },
    visits: visits.map(({ at, seenAt, address, ...one }) => ({
      ...one,
      ...{ at: readTime(at), seenAt: readTime(seenAt), address: addresses ? address : null },
    })),
    ratings,
    conversations,
    notes: notes.map(({ at, ...one }) => ({ ...one, at: readTime(at) })),
  };
}

function presentMerge(row: NamedMerge): ContactMerge {
  const { mergeId: id, keptId, mergedId, mergedAt, mergedBy: by, undoneAt, undoneBy } = row;
  return {
    ...{ id, keptId, mergedId, mergedName: displayName(row), by, undoneBy },
    at: mergedAt.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
  };
}

/** As it stands in JSON of the database. */
function readTime(at: string): string {
  return new Date(at).toISOString();
}
