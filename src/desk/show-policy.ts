// A version of the policy as it is stored, by ids, or with names as people write them.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { Refused } from '../errors.ts';
import { indexNames } from '../routing/policy/policy-names.ts';
import { writeNames } from '../routing/policy/resolve-names.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import { getPolicyVersion, listPolicies, type PolicyRow } from '../store/workspaces.ts';
import type { Desk } from './context.ts';

/** Without a version the one in force. Refuses `policy.version-not-found`. */
export async function showPolicy(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; version?: number; names?: boolean | undefined },
): Promise<PolicyRow> {
  const { workspaceId, version, names = false } = args;
  const row =
    version === undefined
      ? (await listPolicies(db, workspaceId, 1))[0]
      : await getPolicyVersion(db, { workspaceId, version });
  if (row === undefined || row === null) {
    throw new Refused('policy.version-not-found', `The policy has no version ${version ?? 1}.`);
  }
  if (!names) return row;
  const known = indexNames(await readPolicyNames(db, workspaceId));
  return { ...row, policy: writeNames(row.policy as PolicyDocument, known) };
}
