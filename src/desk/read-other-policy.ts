// A policy that is not put in force: with ids for names, or what is wrong with it.
import { type PolicyReading, readPolicy } from '../routing/policy/read-policy.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import type { Desk } from './context.ts';

export async function readOtherPolicy(
  { db, clock }: Pick<Desk, 'db' | 'clock'>,
  { workspaceId, policy }: { workspaceId: string; policy: unknown },
): Promise<PolicyReading> {
  return readPolicy(policy, await readPolicyNames(db, workspaceId), clock.now());
}
