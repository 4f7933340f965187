// Changes an agent: name, capacity, availability, teams. Each change may free or need the router.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import {
  type AgentChange,
  type AgentRow,
  deleteAgentRow,
  findAgentByEmail,
  getAgent,
  insertAgent,
  setAgentSkills,
  setAgentTeams,
  setDefaultCapacity,
  updateAgentRow,
} from '../store/agents.ts';
import { conversationsHeldBy } from '../store/conversations.ts';
import { appendEvent } from '../store/events.ts';
import { type GroupKind, listGroups } from '../store/groups.ts';
import { type RoutingTx, withRoutingLock } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { requeueConversation } from './requeue-conversation.ts';

type Key = { workspaceId: string; agentId: string };
export type AgentUpdate = AgentChange & {
  teamIds?: readonly string[] | undefined;
  skillIds?: readonly string[] | undefined;
};

/** Refuses `agent.not-found`, `agent.email-taken`, `team.not-found`, `skill.not-found`. */
export async function updateAgent(desk: Desk, key: Key, update: AgentUpdate): Promise<AgentRow> {
  const agent = await withRoutingLock(desk.db, key.workspaceId, async (tx) => {
    await applyUpdate(tx, key, update);
    return getAgent(tx, key);
  });
  desk.wake(key.workspaceId);
  desk.send(key.workspaceId);
  if (agent === null) throw new Refused('agent.not-found');
  return agent;
}

export async function createAgent(
  desk: Desk,
  workspaceId: string,
  agent: AgentUpdate & { name: string },
): Promise<AgentRow> {
  const key = { workspaceId, agentId: uuid() };
  const created = await withRoutingLock(desk.db, workspaceId, async (tx) => {
    await refuseTakenEmail(tx, key, agent.email);
    await insertAgent(tx, {
      ...key,
      name: agent.name,
      email: agent.email ?? null,
      role: agent.role ?? 'agent',
      capacity: agent.capacity ?? null,
      availability: agent.availability ?? 'offline',
      answersHere: true,
    });
    await setGroups(tx, key, agent);
    return getAgent(tx, key);
  });
  desk.wake(workspaceId);
  if (created === null) throw new Error('The new agent is gone.');
  return created;
}

/** What the agent held goes back to the queue. */
export async function deleteAgent(desk: Desk, key: Key): Promise<void> {
  const held = await withRoutingLock(desk.db, key.workspaceId, async (tx) => {
    if (!(await deleteAgentRow(tx, key))) throw new Refused('agent.not-found');
    return conversationsHeldBy(tx, key);
  });
  for (const conversationId of held) {
    const { workspaceId, agentId: onlyFrom } = key;
    const reason = 'agent-deleted';
    await requeueConversation(desk, {
      workspaceId,
      conversationId,
      reason,
      actor: 'system',
      onlyFrom,
    });
  }
}

/** For every agent without a capacity of their own. A raise lets the next ones in at once. */
export async function changeDefaultCapacity(
  desk: Desk,
  args: { workspaceId: string; capacity: number },
): Promise<void> {
  await withRoutingLock(desk.db, args.workspaceId, (tx) => setDefaultCapacity(tx, args));
  desk.wake(args.workspaceId);
}

/** Writes the change and, when availability differs, its event. */
export async function applyUpdate(tx: RoutingTx, key: Key, update: AgentUpdate): Promise<void> {
  await refuseTakenEmail(tx, key, update.email);
  const changed = await updateAgentRow(tx, key, update);
  if (changed === null) throw new Refused('agent.not-found');
  if (changed.availabilityChanged) {
    const data = { availability: update.availability };
    const event = { type: 'agent.availability-changed' as const, seq: changed.eventSeq, data };
    await appendEvent(tx, { workspaceId: key.workspaceId, streamId: key.agentId, ...event });
  }
  await setGroups(tx, key, update);
}

async function setGroups(tx: RoutingTx, key: Key, update: AgentUpdate): Promise<void> {
  const { teamIds, skillIds } = update;
  if (teamIds !== undefined) {
    await refuseUnknown(tx, key.workspaceId, 'team', teamIds);
    await setAgentTeams(tx, { ...key, teamIds });
  }
  if (skillIds !== undefined) {
    await refuseUnknown(tx, key.workspaceId, 'skill', skillIds);
    await setAgentSkills(tx, { ...key, skillIds });
  }
}

async function refuseUnknown(
  tx: RoutingTx,
  workspaceId: string,
  kind: GroupKind,
  ids: readonly string[],
): Promise<void> {
  const known = new Set((await listGroups(tx, kind, workspaceId)).map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new Refused(`${kind}.not-found`, `There is no ${kind} ${unknown}.`);
}

async function refuseTakenEmail(
  tx: RoutingTx,
  { workspaceId, agentId }: Key,
  email: string | null | undefined,
): Promise<void> {
  if (email === null || email === undefined) return;
  const holder = await findAgentByEmail(tx, { workspaceId, email });
  if (holder !== null && holder !== agentId) throw new Refused('agent.email-taken');
}
