// Makes, renames and removes teams and skills. A removal changes who is eligible.
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import {
  deleteGroup,
  dropHandover,
  dropSkill,
  type GroupKind,
  type GroupRow,
  insertGroup,
  renameGroup,
  setTeamSkills,
  touchMembers,
} from '../store/groups.ts';
import type { Tx } from '../store/tx.ts';
import { type After, commit, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseNamed } from './refuse-named.ts';
import { refuseUnknown } from './refuse-unknown.ts';

type Group = Omit<GroupRow, 'skillIds'> & {
  workspaceId: string;
  actor: string;
  skillIds?: readonly string[] | undefined;
};

/** Refuses `group.name-taken`, and `skill.not-found` of a team. */
export async function createGroup(desk: Desk, kind: GroupKind, group: Group): Promise<void> {
  await commit(desk, group.workspaceId, async (tx, after) => {
    await insertGroup(tx, kind, group).catch(refuseTakenName);
    await implySkills(tx, after, group);
    await note(tx, { kind, verb: 'created' }, group);
  });
}

/** Absent fields stay. Refuses `team.not-found` or `skill.not-found`, and `group.name-taken`. */
export async function changeGroup(
  desk: Desk,
  kind: GroupKind,
  change: Omit<Group, 'name'> & { name?: string | undefined },
): Promise<GroupRow> {
  return commit(desk, change.workspaceId, async (tx, after) => {
    const { name = null, skillIds } = change;
    const renamed = await renameGroup(tx, kind, { ...change, name }).catch(refuseTakenName);
    if (!renamed) throw new Refused(`${kind}.not-found`);
    await implySkills(tx, after, change);
    await note(tx, { kind, verb: skillIds === undefined ? 'renamed' : 'changed' }, change);
    return { ...renamed, ...(skillIds !== undefined && { skillIds }) };
  });
}

/** Conversations that wait or are held keep their needs; the team's new conversations get these. */
async function implySkills(
  tx: Tx,
  after: After<Tx>,
  {
    workspaceId,
    id,
    skillIds,
  }: { workspaceId: string; id: string; skillIds?: readonly string[] | undefined },
): Promise<void> {
  if (skillIds === undefined) return;
  await refuseUnknown(tx, workspaceId, 'skill', skillIds);
  await setTeamSkills(after({ channels: true }), { workspaceId, id, skillIds });
}

/**
 * Its agents leave it; conversations that ask for it wait until they are transferred. Refuses
 * `group.in-policy`.
 */
export async function removeGroup(
  desk: Desk,
  kind: GroupKind,
  key: { workspaceId: string; id: string; actor: string },
): Promise<void> {
  await commitLocked(desk, key.workspaceId, async (tx, after) => {
    await refuseNamed(tx, kind, key);
    await touchMembers(after({ wake: true, agent: null }), kind, key);
    if (!(await deleteGroup(tx, kind, key))) throw new Refused(`${kind}.not-found`);
    const drop = kind === 'skill' ? dropSkill : dropHandover;
    await drop(after({ channels: true }), key);
    await note(tx, { kind, verb: 'removed' }, key);
  });
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

function refuseTakenName(error: { code?: string }): never {
  if (error.code === UNIQUE_VIOLATION) throw new Refused('group.name-taken');
  throw error;
}
