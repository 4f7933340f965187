// Takes over what an outside system reports of its agents: who there is, who is available, who has how many.
import { v7 as uuid } from 'uuid';
import {
  dropIdentity,
  type IdentityRow,
  listIdentities,
  noteAbsence,
  putIdentity,
} from '../store/agent-identities.ts';
import { deleteAgentRow, findAgentByEmail, insertAgent } from '../store/agents.ts';
import { conversationsHeldBy } from '../store/conversations.ts';
import { type RoutingTx, withRoutingLock } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { requeueConversation } from './requeue-conversation.ts';
import { applyUpdate } from './update-agent.ts';

export interface ReportedAgent {
  externalId: string;
  name: string;
  email: string | null;
  isAvailable: boolean;
  /** How many customers the outside system thinks the agent has; null when it does not say. */
  customerCount: number | null;
  /** null: any channel, or not known. */
  channelIds: string[] | null;
}

/**
 * The outside system's count lags its own writes, so an agent whose load has just changed here is
 * not believed to hold more than before (qiscus.md §5.8: load = max(what we hold, what they report)).
 */
const COUNT_SETTLES_SECONDS = 5;

/** Page-numbered lists can shift while they are read, so one absence says nothing. */
const ABSENCES_BEFORE_FORGETTING = 2;

/** Agents that two reports in a row lack are forgotten; what they held goes back to the queue. */
export async function syncAgents(
  desk: Desk,
  args: { workspaceId: string; channelId: string; agents: readonly ReportedAgent[] },
): Promise<void> {
  const { workspaceId, channelId } = args;
  const orphaned = await withRoutingLock(desk.db, workspaceId, async (tx) => {
    const known = new Map(
      (await listIdentities(tx, { workspaceId, channelId })).map((row) => [row.externalId, row]),
    );
    for (const agent of args.agents) {
      const row = known.get(agent.externalId);
      if (row === undefined) await adopt(tx, { workspaceId, channelId }, agent);
      else await refresh(tx, { workspaceId, channelId }, { agent, row });
      known.delete(agent.externalId);
    }
    const gone = [...known.values()];
    const held: { conversationId: string; agentId: string }[] = [];
    for (const row of gone) held.push(...(await forget(tx, { workspaceId, channelId }, row)));
    return held;
  });
  for (const { conversationId, agentId } of orphaned) {
    const reason = 'agent-removed';
    const actor = 'remote';
    await requeueConversation(desk, {
      workspaceId,
      conversationId,
      reason,
      actor,
      onlyFrom: agentId,
    });
  }
  desk.wake(workspaceId);
  desk.send(workspaceId);
}

interface Scope {
  workspaceId: string;
  channelId: string;
}

async function adopt(tx: RoutingTx, scope: Scope, agent: ReportedAgent): Promise<void> {
  const { workspaceId } = scope;
  const email = agent.email?.trim() || null;
  const holder = email === null ? null : await findAgentByEmail(tx, { workspaceId, email });
  const agentId = holder ?? uuid();
  const availability = agent.isAvailable ? 'online' : 'offline';
  if (holder === null) {
    await insertAgent(tx, {
      workspaceId,
      agentId,
      name: agent.name,
      email,
      role: 'agent',
      capacity: null,
      availability,
      answersHere: false,
    });
  }
  await applyUpdate(
    tx,
    { workspaceId, agentId },
    { availability, externalLoad: agent.customerCount ?? 0 },
  );
  const { externalId, channelIds: externalChannelIds } = agent;
  await putIdentity(tx, { ...scope, agentId, externalId, externalChannelIds });
}

async function refresh(
  tx: RoutingTx,
  scope: Scope,
  { agent, row }: { agent: ReportedAgent; row: IdentityRow },
): Promise<void> {
  const availability = agent.isAvailable ? 'online' : 'offline';
  const externalLoad = externalLoadOf(agent, row);
  const same =
    row.availability === availability &&
    row.name === agent.name &&
    row.externalLoad === externalLoad;
  const { agentId, externalId } = row;
  const key = { workspaceId: scope.workspaceId, agentId };
  if (!same) await applyUpdate(tx, key, { availability, name: agent.name, externalLoad });
  const { channelIds: externalChannelIds } = agent;
  if (row.absences > 0 || !sameSet(row.externalChannelIds, externalChannelIds)) {
    await putIdentity(tx, { ...scope, agentId, externalId, externalChannelIds });
  }
}

function externalLoadOf({ customerCount }: ReportedAgent, row: IdentityRow): number {
  if (customerCount === null) return 0;
  const beyond = Math.max(0, customerCount - row.load);
  return row.settledSeconds < COUNT_SETTLES_SECONDS ? Math.min(beyond, row.externalLoad) : beyond;
}

function sameSet(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((id) => b.includes(id));
}

/** An agent who only existed there goes altogether. */
async function forget(
  tx: RoutingTx,
  scope: Scope,
  row: IdentityRow,
): Promise<{ conversationId: string; agentId: string }[]> {
  const { workspaceId } = scope;
  const { agentId, externalId } = row;
  if (row.absences + 1 < ABSENCES_BEFORE_FORGETTING) {
    await noteAbsence(tx, { ...scope, externalId });
    return [];
  }
  await dropIdentity(tx, { ...scope, externalId });
  const reborn = (await listIdentities(tx, scope)).some((other) => other.agentId === agentId);
  if (reborn || row.answersHere) return [];
  const held = await conversationsHeldBy(tx, { workspaceId, agentId });
  await deleteAgentRow(tx, { workspaceId, agentId });
  return held.map((conversationId) => ({ conversationId, agentId }));
}
