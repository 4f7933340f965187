// Makes, changes and removes the tags to choose from.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { deleteTag, insertTag, type TagRow, updateTag } from '../store/tags.ts';
import { type Tx, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

type By = { workspaceId: string; actor: string };

/** Refuses `tag.name-taken`. */
export async function createTag(
  { db }: Pick<Desk, 'db'>,
  by: By,
  fields: { name: string; colour: string },
): Promise<TagRow> {
  const row = { id: uuid(), ...fields };
  await withTx(db, async (tx) => {
    await insertTag(tx, { workspaceId: by.workspaceId, ...row }).catch(refuseTaken);
    await note(tx, by, 'created', row);
  });
  return row;
}

/** What is absent stays; conversations keep the name they were given. Refuses `tag.not-found` besides. */
export function changeTag(
  { db }: Pick<Desk, 'db'>,
  { id, ...by }: By & { id: string },
  change: { name?: string | undefined; colour?: string | undefined },
): Promise<TagRow> {
  return withTx(db, async (tx) => {
    const { workspaceId } = by;
    const row = await updateTag(tx, { workspaceId, id, ...change }).catch(refuseTaken);
    if (row === null) throw new Refused('tag.not-found');
    await note(tx, by, 'updated', row);
    return row;
  });
}

/** Refuses `tag.not-found`. */
export async function removeTag(
  { db }: Pick<Desk, 'db'>,
  { id, ...by }: By & { id: string },
): Promise<void> {
  await withTx(db, async (tx) => {
    const row = await deleteTag(tx, { workspaceId: by.workspaceId, id });
    if (row === null) throw new Refused('tag.not-found');
    await note(tx, by, 'removed', row);
  });
}

async function note(tx: Tx, by: By, verb: string, { id, ...change }: TagRow): Promise<void> {
  await addAuditEntry(tx, { ...by, action: `tag.${verb}`, objectId: id, change });
}

const UNIQUE_VIOLATION = '23505';

function refuseTaken(error: { code?: string }): never {
  if (error.code === UNIQUE_VIOLATION) throw new Refused('tag.name-taken');
  throw error;
}
