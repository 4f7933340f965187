// Renews the leases of agents and visitors who send a sign of life, and lets go of silent ones (design §7).
import { Refused } from '../errors.ts';
import { eachAlone } from '../loops/each-alone.ts';
import { makeGather } from '../store/gather.ts';
import { endLapsed, renewLeases, shortenLease } from '../store/leases.ts';
import { withRoutingLock } from '../store/tx.ts';
import { listSilentWebConversations, noteVisitorsSeen } from '../store/web-presence.ts';
import { closeConversation } from './close-conversation.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';

type SignOfLife = {
  workspaceId: string;
  /** From the moment on at which it is written. */
  ttlMs: number;
  /** From a phone, which may fall asleep: it counts for as long as the policy says. */
  sleeps: boolean;
  /** It may have been sent before the agent chose to be offline, and does not undo that. */
  onlyRenews: boolean;
};

/** false: there is no such agent. Heartbeats that arrive together share one transaction. */
export async function hearOfAgent(
  desk: Desk,
  { agentId, ...sign }: SignOfLife & { agentId: string },
): Promise<boolean> {
  return renewTogether(desk, sign, agentId);
}

/**
 * Another client of the agent was heard of before, and counts until then, in milliseconds since 1970:
 * waiting for the lock adds nothing, and takes nothing from whoever was heard of meanwhile.
 */
export async function renewAgent(
  desk: Desk,
  { agentId, ...sign }: { workspaceId: string; agentId: string; until: number },
): Promise<void> {
  await renewTogether(desk, { ...sign, onlyRenews: true, sleeps: false }, agentId);
}

type Renewal = SignOfLife | (Omit<SignOfLife, 'ttlMs'> & { until: number });

const renewTogether = makeGather(async (desk: Desk, sign: Renewal, ids: string[]) => {
  const { workspaceId } = sign;
  const agentIds = [...new Set(ids)];
  const renewed = new Map<string, boolean>();
  const lapsed: string[] = [];
  const turned = () => [...agentIds.filter((agentId) => renewed.get(agentId)), ...lapsed];
  await commitLocked(desk, workspaceId, async (_, after, now) => {
    const ttlMs = 'until' in sign ? sign.until - now.getTime() : sign.ttlMs;
    if (ttlMs <= 0) return;
    const { onlyRenews, sleeps } = sign;
    const renewal = { workspaceId, ttlMs, onlyRenews, sleeps, keepsLonger: 'until' in sign };
    const writing = after({ wake: true, send: () => turned().length > 0, agent: turned });
    const rows = await renewLeases(writing, { ...renewal, agentIds });
    for (const row of rows) renewed.set(row.agentId, row.came);
    // Who was gone for a moment was gone, though nobody has noticed.
    const late = rows.flatMap(({ agentId, isOver }) => (isOver ? [agentId] : []));
    if (late.length === 0) return;
    lapsed.push(...(await endLapsed(writing, { workspaceId })));
    const back = await renewLeases(writing, { ...renewal, agentIds: late });
    for (const row of back) renewed.set(row.agentId, row.came);
  });
  return ids.map((id) => renewed.has(id));
});

/**
 * The agent's last connection is gone: unless the agent returns, the lease ends after the grace.
 * `awake`: the client has said itself that it leaves, so it is no phone that sleeps.
 */
export async function missAgent(
  desk: Desk,
  args: { workspaceId: string; agentId: string; graceMs: number; awake: boolean },
): Promise<void> {
  await withRoutingLock(desk.db, args.workspaceId, (tx) => shortenLease(tx, args));
}

export async function hearOfVisitor(
  desk: Desk,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
): Promise<void> {
  await noteSeenTogether(desk, workspaceId, conversationId);
}

const noteSeenTogether = makeGather(
  async ({ db }: Pick<Desk, 'db'>, workspaceId: string, ids: string[]) => {
    await noteVisitorsSeen(db, { workspaceId, conversationIds: [...new Set(ids)] });
    return ids;
  },
);

/** Ends conversations that visitors have left. */
export async function letGoOfSilent(
  desk: Desk,
  { workspaceId, silentSeconds }: { workspaceId: string; silentSeconds: number },
): Promise<void> {
  const expired = {
    workspaceId,
    reason: 'expired',
    actor: 'system',
    acting: null,
    tellRemote: false,
  };
  const silent = await listSilentWebConversations(desk.db, { workspaceId, silentSeconds });
  await eachAlone(silent, async (conversationId) => {
    await closeConversation(desk, { ...expired, conversationId }).catch(unlessRefused);
  });
}

/** It was ended by another request meanwhile. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}
