// Somebody changes the routing rules: a new version, on record.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { addAuditEntry } from '../store/audit.ts';
import { sendAllToRules } from '../store/place-conversations.ts';
import { insertPolicy } from '../store/workspaces.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

export async function changePolicy(
  desk: Desk,
  args: { workspaceId: string; actor: string; policy: PolicyDocument },
): Promise<{ version: number; createdAt: Date }> {
  const { workspaceId, actor, policy } = args;
  return commit(desk, workspaceId, async (tx, after) => {
    const added = await insertPolicy(after({ wake: true }), {
      workspaceId,
      policy,
      createdBy: actor,
    });
    if (policy.rules !== undefined) await sendAllToRules(after({ wake: true }), workspaceId);
    const change = { version: added.version };
    const entry = { workspaceId, actor, objectId: workspaceId, change };
    await addAuditEntry(tx, { ...entry, action: 'policy.changed' });
    return added;
  });
}
