// A policy that nobody has put in force, with names where it has ids.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { indexNames } from '../routing/policy/policy-names.ts';
import { writeNames } from '../routing/policy/resolve-names.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import type { Desk } from './context.ts';

/** What is not known stays as it is written. */
export async function namePolicy(
  { db }: Pick<Desk, 'db'>,
  { workspaceId, policy }: { workspaceId: string; policy: PolicyDocument },
): Promise<PolicyDocument> {
  return writeNames(policy, indexNames(await readPolicyNames(db, workspaceId)));
}
