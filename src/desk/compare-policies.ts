// What one version of the policy changed against another, with names as people write them.

import { diffPolicies } from '../contract/policy/diff-policies.ts';
import type { PolicyDiff, PolicyDocument } from '../contract/policy/document.ts';
import type { Desk } from './context.ts';
import { showPolicy } from './show-policy.ts';

/** Without `against` the version before. Refuses `policy.version-not-found`. */
export async function comparePolicies(
  desk: Pick<Desk, 'db'>,
  args: { workspaceId: string; version: number; against?: number | undefined },
): Promise<PolicyDiff> {
  const { workspaceId, version, against = version - 1 } = args;
  const read = async (number: number) => {
    const { policy } = await showPolicy(desk, { workspaceId, version: number, names: true });
    return policy as PolicyDocument;
  };
  const after = await read(version);
  if (against === 0) return { version, against: null, changes: diffPolicies({}, after) };
  return { version, against, changes: diffPolicies(await read(against), after) };
}
