// Says what a merging would come to; nothing is written.
import { Refused } from '../errors.ts';
import { countConversationsOf } from '../store/contact-merges.ts';
import { type ContactRow, getContact } from '../store/contacts.ts';
import type { Desk } from './context.ts';
import { fitMerge, give } from './fit-merge.ts';

export interface Previewed {
  kept: ContactRow;
  merged: ContactRow;
  given: string[];
  leftOut: number;
  conversations: number;
}

/** Refuses `contact.not-found`, `contact.same`, and `contact.merged-already` for one that stands for nobody. */
export async function previewMerge(
  { db }: Pick<Desk, 'db'>,
  { workspaceId, keptId, mergedId }: { workspaceId: string; keptId: string; mergedId: string },
): Promise<Previewed> {
  const kept = await getContact(db, { workspaceId, contactId: keptId });
  const merged = await getContact(db, { workspaceId, contactId: mergedId });
  if (kept === null || merged === null) throw new Refused('contact.not-found');
  if (kept.contactId === merged.contactId)
    throw new Refused('contact.same', 'They are one contact.');
  if (kept.contactId !== keptId || merged.contactId !== mergedId) {
    throw new Refused('contact.merged-already');
  }
  const { given, leftOut } = fitMerge(kept, merged);
  const lists = ['groups', 'tags'] as const;
  return {
    kept: { ...kept, ...give(kept, given) } as ContactRow,
    merged,
    given: [
      ...Object.keys(given.fields),
      ...lists.filter((name) => given[name].length > 0),
      ...(Object.keys(given.attributes).length > 0 ? ['attributes'] : []),
    ],
    leftOut,
    conversations: await countConversationsOf(db, { workspaceId, contactId: mergedId }),
  };
}
