// Ends exclusions: after a while, or because the agent has come back.
import { askedBefore, excludedAt, firstEnd } from '../routing/exclusions.ts';
import { needsKey } from '../routing/needs-key.ts';
import { type Excluding, lockEndingExclusions, putExclusions } from '../store/exclusions.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

/** `cameBack`: agents for whom the cause of the exclusion is gone. */
export async function liftExclusions(
  desk: Desk,
  { workspaceId, cameBack = [] }: { workspaceId: string; cameBack?: readonly string[] },
): Promise<void> {
  await commit(desk, workspaceId, async (tx, after) => {
    const rows = await lockEndingExclusions(tx, { workspaceId, agentIds: cameBack });
    if (rows.length === 0) return;
    const changes = rows.map((row) => lift(row, cameBack));
    await putExclusions(after({ wake: true }), workspaceId, changes);
  });
}

function lift(row: Excluding, cameBack: readonly string[]) {
  const exclusions = row.exclusions.filter(({ agentId }) => !cameBack.includes(agentId));
  const active = excludedAt(exclusions, row.now);
  const excludedAgentIds = active.map(({ agentId }) => agentId);
  return {
    ...{ conversationId: row.conversationId, exclusions, excludedAgentIds },
    endsAt: firstEnd(active),
    needsKey: needsKey({ ...row, excludedAgentIds, askedAgentIds: askedBefore(exclusions) }, row),
  };
}
