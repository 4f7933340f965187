// Makes, renames and removes teams and skills. A removal changes who is eligible.
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  deleteGroup,
  dropSkill,
  type GroupKind,
  type GroupRow,
  insertGroup,
  renameGroup,
  setTeamSkills,
  touchMembers,
} from '../store/groups.ts';
import { type Tx, withRoutingLock, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { refuseUnknown } from './refuse-unknown.ts';

type Group = Omit<GroupRow, 'skillIds'> & {
  workspaceId: string;
  actor: string;
  skillIds?: readonly string[] | undefined;
};

/** Refuses `group.name-taken`, and `skill.not-found` of a team. */
export async function createGroup(desk: Desk, kind: GroupKind, group: Group): Promise<void> {
  await withTx(desk.db, async (tx) => {
    await insertGroup(tx, kind, group).catch(refuseTakenName);
    await implySkills(tx, group);
    await note(tx, { kind, verb: 'created' }, group);
  });
}

/** What is absent stays. Refuses `team.not-found` or `skill.not-found`, and `group.name-taken`. */
export async function changeGroup(
  desk: Desk,
  kind: GroupKind,
  change: Omit<Group, 'name'> & { name?: string | undefined },
): Promise<GroupRow> {
  const changed = await withTx(desk.db, async (tx) => {
    const { name = null, skillIds } = change;
    const renamed = await renameGroup(tx, kind, { ...change, name }).catch(refuseTakenName);
    if (!renamed) throw new Refused(`${kind}.not-found`);
    await implySkills(tx, change);
    await note(tx, { kind, verb: skillIds === undefined ? 'renamed' : 'changed' }, change);
    return { ...renamed, ...(skillIds !== undefined && { skillIds }) };
  });
  if (change.skillIds !== undefined) await desk.channelsChanged(change.workspaceId);
  return changed;
}

/** What waits or is held keeps what it needs; what comes into the team from now on needs these. */
async function implySkills(
  tx: Tx,
  {
    workspaceId,
    id,
    skillIds,
  }: { workspaceId: string; id: string; skillIds?: readonly string[] | undefined },
): Promise<void> {
  if (skillIds === undefined) return;
  await refuseUnknown(tx, workspaceId, 'skill', skillIds);
  await setTeamSkills(tx, { workspaceId, id, skillIds });
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
    if (kind === 'skill') await dropSkill(tx, key);
    await note(tx, { kind, verb: 'removed' }, key);
  });
  desk.wake(key.workspaceId);
  desk.changed(key.workspaceId, [{ kind: 'agent', id: null }]);
  if (kind === 'skill') await desk.channelsChanged(key.workspaceId);
}

async function note(
  tx: Tx,
  { kind, verb }: { kind: GroupKind; verb: string },
  group: Omit<Group, 'name'> & { name?: string | undefined },
): Promise<void> {
  const { workspaceId, id: objectId, actor, name, skillIds } = group;
  const change = {
    ...(name !== undefined && { name }),
    ...(skillIds !== undefined && { skillIds }),
  };
  await addAuditEntry(tx, { workspaceId, actor, action: `${kind}.${verb}`, objectId, change });
}

const UNIQUE_VIOLATION = '23505';

function refuseTakenName(error: { code?: string }): never {
  if (error.code === UNIQUE_VIOLATION) throw new Refused('group.name-taken');
  throw error;
}
