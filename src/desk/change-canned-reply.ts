// Makes, changes and removes the texts that agents answer with by a shortcut.
import { v7 as uuid } from 'uuid';
import { listUnknownPlaceholders, placeholders } from '../contract/placeholders.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  type CannedReplyRow,
  deleteCannedReply,
  insertCannedReply,
  updateCannedReply,
} from '../store/canned-replies.ts';
import { type Tx, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

type By = { workspaceId: string; actor: string };
type Fields = Omit<CannedReplyRow, 'id'>;

/** Refuses `canned-reply.placeholder-unknown`, `canned-reply.shortcut-taken` and `team.not-found`. */
export async function createCannedReply(
  { db }: Pick<Desk, 'db'>,
  by: By,
  fields: Fields,
): Promise<CannedReplyRow> {
  refuseUnknown(fields.text);
  const row = { id: uuid(), ...fields };
  await withTx(db, async (tx) => {
    await insertCannedReply(tx, { workspaceId: by.workspaceId, ...row }).catch(refuseBroken);
    await note(tx, by, 'created', row);
  });
  return row;
}

/** What is absent stays. Refuses `canned-reply.not-found` besides. */
export async function changeCannedReply(
  { db }: Pick<Desk, 'db'>,
  { id, ...by }: By & { id: string },
  change: { [Key in keyof Fields]?: Fields[Key] | undefined },
): Promise<CannedReplyRow> {
  if (change.text !== undefined) refuseUnknown(change.text);
  return withTx(db, async (tx) => {
    const { workspaceId } = by;
    const row = await updateCannedReply(tx, { workspaceId, id, ...change }).catch(refuseBroken);
    if (row === null) throw new Refused('canned-reply.not-found');
    await note(tx, by, 'updated', row);
    return row;
  });
}

/** Refuses `canned-reply.not-found`. */
export async function removeCannedReply(
  { db }: Pick<Desk, 'db'>,
  { id, ...by }: By & { id: string },
): Promise<void> {
  await withTx(db, async (tx) => {
    const row = await deleteCannedReply(tx, { workspaceId: by.workspaceId, id });
    if (row === null) throw new Refused('canned-reply.not-found');
    await note(tx, by, 'removed', row);
  });
}

async function note(
  tx: Tx,
  by: By,
  verb: string,
  { id, ...change }: CannedReplyRow,
): Promise<void> {
  await addAuditEntry(tx, { ...by, action: `canned-reply.${verb}`, objectId: id, change });
}

/** Before a customer reads it as it is written. */
function refuseUnknown(text: string): void {
  const unknown = listUnknownPlaceholders(text).map((name) => `{${name}}`);
  if (unknown.length === 0) return;
  const known = placeholders.map((name) => `{${name}}`).join(' and ');
  throw new Refused(
    'canned-reply.placeholder-unknown',
    `Nobody fills ${unknown.join(', ')} in the text: ${known} are filled, also as {name|there}, which says “there” to whoever has no name.`,
  );
}

const UNIQUE_VIOLATION = '23505';
const NO_SUCH_ROW = '23503';

function refuseBroken(error: { code?: string }): never {
  if (error.code === UNIQUE_VIOLATION) throw new Refused('canned-reply.shortcut-taken');
  if (error.code === NO_SUCH_ROW) throw new Refused('team.not-found');
  throw error;
}
