// Somebody changes the routing rules: a new version, on record, if the whole of it holds.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { Refused } from '../errors.ts';
import { type PolicyReading, readPolicy } from '../routing/policy/read-policy.ts';
import { addAuditEntry } from '../store/audit.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import { sendAllToRules } from '../store/send-to-rules.ts';
import { lookAtHeldSilence } from '../store/silence.ts';
import { turnHeldTargets } from '../store/targets.ts';
import { insertPolicy, listPolicies } from '../store/workspaces.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';

export interface PolicyPut {
  workspaceId: string;
  actor: string;
  /** Whatever was sent. */
  policy: unknown;
  /** The versions on which it may be built; absent or null: any. */
  ifVersion?: readonly number[] | null;
}

type Outcome =
  | { version: number; createdAt: Date; policy: PolicyDocument }
  | Extract<PolicyReading, { policy: null }>;

/**
 * Under the routing lock, so that neither another version comes in between nor a team goes that it
 * names. With a fault nothing changes. Refuses `policy.changed-since`.
 */
export async function changePolicy(desk: Desk, put: PolicyPut): Promise<Outcome> {
  const { workspaceId, actor, ifVersion = null } = put;
  return commitLocked(desk, workspaceId, async (tx, after, now) => {
    const [latest] = await listPolicies(tx, workspaceId, 1);
    if (ifVersion !== null && !ifVersion.includes(latest?.version ?? 0)) {
      throw new Refused('policy.changed-since', undefined, { version: latest?.version ?? 0 });
    }
    const names = await readPolicyNames(tx, workspaceId);
    const reading = readPolicy(put.policy, names, now.getTime());
    if (reading.policy === null) return reading;
    const { policy } = reading;
    const added = await insertPolicy(after({ wake: true, settings: null }), {
      workspaceId,
      policy,
      createdBy: actor,
    });
    const any = policy.plans?.some(({ targets }) => targets !== undefined) ?? false;
    await turnHeldTargets(tx, { workspaceId, any });
    const limits = policy.plans?.some(({ silence }) => silence !== undefined) ?? false;
    await lookAtHeldSilence(tx, { workspaceId, any: limits });
    if (policy.rules !== undefined) await sendAllToRules(after({ wake: true }), workspaceId);
    const change = { version: added.version };
    const entry = { workspaceId, actor, objectId: workspaceId, change };
    await addAuditEntry(tx, { ...entry, action: 'policy.changed' });
    return { ...added, policy };
  });
}
