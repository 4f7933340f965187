// Makes, changes and orders the statuses that a workspace offers to people who are away.
import { v7 as uuid } from 'uuid';
import { isEmoji, MOST_KEPT_STATUSES, MOST_STATUSES } from '../contract/statuses.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import {
  getStatus,
  insertStatus,
  listStatuses,
  orderStatuses,
  type StatusRow,
  updateStatus,
} from '../store/statuses.ts';
import type { RoutingTx } from '../store/tx.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';

type By = { workspaceId: string; actor: string };
type Fields = Omit<StatusRow, 'id'>;

/** Refuses `status.name-taken`, `status.emoji-invalid` and `status.too-many`. */
export async function createStatus(
  desk: Desk,
  by: By,
  { name, emoji = null, colour = null }: Partial<Fields> & { name: string },
): Promise<StatusRow> {
  const { workspaceId } = by;
  const row = { id: uuid(), name, emoji, colour, archived: false };
  refuseInvalid(row);
  return commitLocked(desk, workspaceId, async (tx, after) => {
    await refuseTooMany(tx, workspaceId, { makes: true });
    await insertStatus(after({ settings: null }), { ...row, workspaceId }).catch(refuseTakenName);
    await note(tx, by, 'created', row);
    return row;
  });
}

/** Absent fields stay. Refuses as createStatus, and `status.not-found`. */
export async function changeStatus(
  desk: Desk,
  { id, ...by }: By & { id: string },
  change: { [Name in keyof Fields]?: Fields[Name] | undefined },
): Promise<StatusRow> {
  const { workspaceId } = by;
  refuseInvalid(change);
  return commitLocked(desk, workspaceId, async (tx, after) => {
    const before = await getStatus(tx, { workspaceId, id });
    if (before === null) throw new Refused('status.not-found');
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const row: StatusRow = { ...before, ...Object.fromEntries(given) };
    if (before.archived && !row.archived) await refuseTooMany(tx, workspaceId, { makes: false });
    await updateStatus(after({ settings: null }), { ...row, workspaceId }).catch(refuseTakenName);
    await note(tx, by, 'updated', row);
    return row;
  });
}

/** Refuses `status.order-incomplete` unless the ids are all that are in use. */
export async function putStatusOrder(
  desk: Desk,
  by: By,
  ids: readonly string[],
): Promise<StatusRow[]> {
  const { workspaceId } = by;
  return commitLocked(desk, workspaceId, async (tx, after) => {
    const inUse = (await listStatuses(tx, workspaceId)).filter(({ archived }) => !archived);
    const known = new Set(inUse.map(({ id }) => id));
    if (ids.length !== known.size || !ids.every((id) => known.has(id))) {
      throw new Refused('status.order-incomplete');
    }
    await orderStatuses(after({ settings: null }), { workspaceId, ids });
    return listStatuses(tx, workspaceId);
  });
}

function refuseInvalid({ emoji }: { emoji?: string | null | undefined }): void {
  if (typeof emoji === 'string' && !isEmoji(emoji)) throw new Refused('status.emoji-invalid');
}

async function refuseTooMany(
  tx: RoutingTx,
  workspaceId: string,
  { makes }: { makes: boolean },
): Promise<void> {
  const rows = await listStatuses(tx, workspaceId);
  const inUse = rows.filter(({ archived }) => !archived).length;
  if (inUse >= MOST_STATUSES || (makes && rows.length >= MOST_KEPT_STATUSES)) {
    throw new Refused('status.too-many');
  }
}

function refuseTakenName(error: { code?: string }): never {
  if (error.code === UNIQUE_VIOLATION) throw new Refused('status.name-taken');
  throw error;
}

async function note(tx: RoutingTx, by: By, verb: string, row: StatusRow): Promise<void> {
  const { id: objectId, ...change } = row;
  await addAuditEntry(tx, { ...by, action: `status.${verb}`, objectId, change });
}
