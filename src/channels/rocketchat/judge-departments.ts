// Says which department that takes a team over cannot: it is gone, switched off, or has no members.
import type { Handover } from '../../contract/channels.ts';
import type { RemoteDepartment } from './types.ts';

/** In words for people; empty: all can. */
export function judgeDepartments(
  handovers: readonly Handover[],
  departments: readonly RemoteDepartment[],
): string[] {
  const known = new Map(departments.map((one) => [one.departmentId, one]));
  return handovers.flatMap(({ departmentId, department = departmentId }) => {
    const found = known.get(departmentId);
    if (found === undefined) return [`${department} does not exist`];
    if (!found.isEnabled) return [`${found.name} is switched off`];
    return found.members === 0 ? [`${found.name} has no agents`] : [];
  });
}
