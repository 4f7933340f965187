// Refuses teams and skills that do not exist, and names them.
import { Refused } from '../errors.ts';
import { type GroupKind, type GroupRow, listGroups } from '../store/groups.ts';
import type { Db } from '../store/sql.ts';
import { findGroup } from './find-group.ts';

/** Takes ids, and names whatever the case. Refuses `team.not-found` or `skill.not-found`. Answers them all. */
export async function refuseUnknown(
  db: Db,
  workspaceId: string,
  kind: GroupKind,
  wanted: readonly string[],
): Promise<GroupRow[]> {
  if (wanted.length === 0) return [];
  const groups = await listGroups(db, kind, workspaceId);
  return wanted.map((one) => {
    const found = findGroup(groups, one);
    if (found === null) throw new Refused(`${kind}.not-found`, `There is no ${kind} ${one}.`);
    return found;
  });
}
