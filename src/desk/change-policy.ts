// Somebody sets the routing rules anew: another version, on record.
import type { Policy } from '../contract/policy.ts';
import { addAuditEntry } from '../store/audit.ts';
import { withTx } from '../store/tx.ts';
import { insertPolicy } from '../store/workspaces.ts';
import type { Desk } from './context.ts';

export async function changePolicy(
  desk: Desk,
  args: { workspaceId: string; actor: string; policy: Policy },
): Promise<{ version: number; createdAt: Date }> {
  const { workspaceId, actor, policy } = args;
  const row = await withTx(desk.db, async (tx) => {
    const added = await insertPolicy(tx, { workspaceId, policy, createdBy: actor });
    const change = { version: added.version };
    const entry = { workspaceId, actor, objectId: workspaceId, change };
    await addAuditEntry(tx, { ...entry, action: 'policy.changed' });
    return added;
  });
  desk.wake(workspaceId);
  return row;
}
