// What a policy would be refused for, warned of and change, without putting it in force.

import { diffPolicies } from '../contract/policy/diff-policies.ts';
import type { PolicyCheck, PolicyDocument } from '../contract/policy/document.ts';
import { indexNames } from '../routing/policy/policy-names.ts';
import { readPolicy } from '../routing/policy/read-policy.ts';
import { writeNames } from '../routing/policy/resolve-names.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import { getPolicy } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import { type Trial, tryPolicy } from './try-policy.ts';

export async function checkPolicy(
  { db, clock }: Pick<Desk, 'db' | 'clock'>,
  args: { workspaceId: string; policy: unknown; dryRun?: Pick<Trial, 'namesContacts'> | null },
): Promise<PolicyCheck> {
  const { workspaceId, policy: body, dryRun = null } = args;
  const known = await readPolicyNames(db, workspaceId);
  const { policy, faults, warnings } = readPolicy(body, known, clock.now());
  if (policy === null) return { faults, warnings, changes: [] };
  const inForce = (await getPolicy(db, workspaceId)) as PolicyDocument;
  const names = indexNames(known);
  const changes = diffPolicies(writeNames(inForce, names), writeNames(policy, names));
  const found = { faults: [], warnings, changes };
  if (dryRun === null) return found;
  return {
    ...found,
    dryRun: await tryPolicy({ db, clock }, { ...dryRun, workspaceId, policy, names }),
  };
}
