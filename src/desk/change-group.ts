// Makes, renames and removes teams and skills. A removal changes who is eligible.
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  deleteGroup,
  type GroupKind,
  type GroupRow,
  insertGroup,
  renameGroup,
  touchMembers,
} from '../store/groups.ts';
import { type Tx, withRoutingLock, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

type Group = GroupRow & { workspaceId: string; actor: string };

/** Refuses `group.name-taken`. */
export async function createGroup(desk: Desk, kind: GroupKind, group: Group): Promise<void> {
  await withTx(desk.db, async (tx) => {
    await insertGroup(tx, kind, group).catch(refuseTakenName);
    await note(tx, { kind, verb: 'created' }, group);
  });
}

/** Refuses `team.not-found` or `skill.not-found`, and `group.name-taken`. */
export async function renameGroupTo(desk: Desk, kind: GroupKind, group: Group): Promise<GroupRow> {
  return withTx(desk.db, async (tx) => {
    const renamed = await renameGroup(tx, kind, group).catch(refuseTakenName);
    if (!renamed) throw new Refused(`${kind}.not-found`);
    await note(tx, { kind, verb: 'renamed' }, group);
    return renamed;
  });
}

/** Its agents are no longer in it; conversations that ask for it wait until they are transferred. */
export async function removeGroup(
  desk: Desk,
  kind: GroupKind,
  key: { workspaceId: string; id: string; actor: string },
): Promise<void> {
  await withRoutingLock(desk.db, key.workspaceId, async (tx) => {
    await touchMembers(tx, kind, key);
    if (!(await deleteGroup(tx, kind, key))) throw new Refused(`${kind}.not-found`);
    await note(tx, { kind, verb: 'removed' }, key);
  });
  desk.wake(key.workspaceId);
}

async function note(
  tx: Tx,
  { kind, verb }: { kind: GroupKind; verb: string },
  group: { workspaceId: string; id: string; actor: string; name?: string },
): Promise<void> {
  const { workspaceId, id: objectId, actor, name } = group;
  const change = name === undefined ? {} : { name };
  await addAuditEntry(tx, { workspaceId, actor, action: `${kind}.${verb}`, objectId, change });
}

const UNIQUE_VIOLATION = '23505';

function refuseTakenName(error: { code?: string }): never {
  if (error.code === UNIQUE_VIOLATION) throw new Refused('group.name-taken');
  throw error;
}
