// Makes, renames and removes teams and skills. A removal changes who is eligible.
import { Refused } from '../errors.ts';
import {
  deleteGroup,
  type GroupKind,
  type GroupRow,
  insertGroup,
  renameGroup,
  touchMembers,
} from '../store/groups.ts';
import { withRoutingLock } from '../store/tx.ts';
import type { Desk } from './context.ts';

type Group = GroupRow & { workspaceId: string };

/** Refuses `group.name-taken`. */
export async function createGroup(desk: Desk, kind: GroupKind, group: Group): Promise<void> {
  await insertGroup(desk.db, kind, group).catch(refuseTakenName);
}

/** Refuses `team.not-found` or `skill.not-found`, and `group.name-taken`. */
export async function renameGroupTo(desk: Desk, kind: GroupKind, group: Group): Promise<GroupRow> {
  const renamed = await renameGroup(desk.db, kind, group).catch(refuseTakenName);
  if (!renamed) throw new Refused(`${kind}.not-found`);
  return renamed;
}

/** Its agents are no longer in it; conversations that ask for it wait until they are transferred. */
export async function removeGroup(
  desk: Desk,
  kind: GroupKind,
  key: { workspaceId: string; id: string },
): Promise<void> {
  await withRoutingLock(desk.db, key.workspaceId, async (tx) => {
    await touchMembers(tx, kind, key);
    if (!(await deleteGroup(tx, kind, key))) throw new Refused(`${kind}.not-found`);
  });
  desk.wake(key.workspaceId);
}

const UNIQUE_VIOLATION = '23505';

function refuseTakenName(error: { code?: string }): never {
  if (error.code === UNIQUE_VIOLATION) throw new Refused('group.name-taken');
  throw error;
}
