// Whoever could not take a conversation may be asked again: after a while, or because they have come back.
import { excludedAt, firstEnd } from '../routing/exclusions.ts';
import { needsKey } from '../routing/needs-key.ts';
import { type Excluding, lockEndingExclusions, putExclusions } from '../store/exclusions.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** `cameBack`: those of whom what stood against them is over. */
export async function liftExclusions(
  desk: Pick<Desk, 'db' | 'wake'>,
  { workspaceId, cameBack = [] }: { workspaceId: string; cameBack?: readonly string[] },
): Promise<void> {
  const lifted = await withTx(desk.db, async (tx) => {
    const rows = await lockEndingExclusions(tx, { workspaceId, agentIds: cameBack });
    if (rows.length > 0)
      await putExclusions(
        tx,
        workspaceId,
        rows.map((row) => lift(row, cameBack)),
      );
    return rows.length;
  });
  if (lifted > 0) desk.wake(workspaceId);
}

function lift(row: Excluding, cameBack: readonly string[]) {
  const exclusions = row.exclusions.filter(({ agentId }) => !cameBack.includes(agentId));
  const active = excludedAt(exclusions, row.now);
  const excludedAgentIds = active.map(({ agentId }) => agentId);
  return {
    ...{ conversationId: row.conversationId, exclusions, excludedAgentIds },
    endsAt: firstEnd(active),
    needsKey: needsKey({ ...row, excludedAgentIds }),
  };
}
