// Agents and visitors are heard of: leases are renewed, those who fall silent are let go (design §7).
import { Refused } from '../errors.ts';
import { eachAlone } from '../store/each-alone.ts';
import { makeGather } from '../store/gather.ts';
import { renewLeases, shortenLease } from '../store/leases.ts';
import { withRoutingLock } from '../store/tx.ts';
import {
  listSilentWebConversations,
  listUnacceptedWebConversations,
  noteVisitorsSeen,
} from '../store/web-presence.ts';
import { closeConversation } from './close-conversation.ts';
import type { Desk } from './context.ts';
import { undoAssignment } from './requeue-conversation.ts';

/** false: there is no such agent. Heartbeats that come together share one transaction. */
export async function hearOfAgent(
  desk: Desk,
  { workspaceId, agentId, ttlMs }: { workspaceId: string; agentId: string; ttlMs: number },
): Promise<boolean> {
  const heard = await renewTogether(desk, { workspaceId, ttlMs }, agentId);
  desk.wake(workspaceId);
  return heard;
}

const renewTogether = makeGather(
  async (
    desk: Desk,
    { workspaceId, ttlMs }: { workspaceId: string; ttlMs: number },
    ids: string[],
  ) => {
    const agentIds = [...new Set(ids)];
    const renewed = await withRoutingLock(desk.db, workspaceId, (tx) =>
      renewLeases(tx, { workspaceId, agentIds, ttlMs }),
    );
    const came = renewed.filter((one) => one.came);
    if (came.length > 0) {
      desk.send(workspaceId);
      desk.changed(
        workspaceId,
        came.map(({ agentId: id }) => ({ kind: 'agent', id })),
      );
    }
    const known = new Set(renewed.map((one) => one.agentId));
    return ids.map((id) => known.has(id));
  },
);

/** The agent's last connection is gone: present for the grace only, unless they come back. */
export async function missAgent(
  desk: Desk,
  args: { workspaceId: string; agentId: string; graceMs: number },
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

/** Ends what visitors have left, and takes back what agents did not accept. */
export async function letGoOfSilent(
  desk: Desk,
  { workspaceId, ...limits }: { workspaceId: string; silentSeconds: number; acceptSeconds: number },
): Promise<void> {
  const { silentSeconds, acceptSeconds: afterSeconds } = limits;
  const expired = {
    workspaceId,
    reason: 'expired',
    actor: 'system',
    acting: null,
    tellRemote: false,
  };
  const undone = { workspaceId, reason: 'not-accepted', excludeAgent: true, holdMs: 0 };
  await eachAlone(
    [
      async () => {
        const silent = await listSilentWebConversations(desk.db, { workspaceId, silentSeconds });
        await eachAlone(silent, async (conversationId) => {
          await closeConversation(desk, { ...expired, conversationId }).catch(unlessRefused);
        });
      },
      async () => {
        const late = await listUnacceptedWebConversations(desk.db, { workspaceId, afterSeconds });
        await eachAlone(late, (one) => undoAssignment(desk, { ...undone, ...one }));
      },
    ],
    (act) => act(),
  );
}

/** Somebody else ended it meanwhile. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}
