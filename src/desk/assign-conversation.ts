// A person gives a conversation to an agent: under the same lock and the same limit as the router.
import { v7 as uuid } from 'uuid';
import type { Acting } from '../access/acting.ts';
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { roomOf } from '../routing/eligible.ts';
import { externalIdOfAgent } from '../store/agent-identities.ts';
import { type AgentRow, getAgent } from '../store/agents.ts';
import { confirmAssignmentRow, endLiveAssignment } from '../store/assignments.ts';
import { claimConversations } from '../store/claim.ts';
import { type ConversationRow, lockConversation } from '../store/conversations.ts';
import { returnToQueue } from '../store/move-conversation.ts';
import { settleReleased } from '../store/roster.ts';
import { type RoutingTx, withRoutingLock } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { refuseBystander } from './refuse-bystander.ts';

export interface Assigning {
  workspaceId: string;
  conversationId: string;
  agentId: string;
  /** Exceeds the capacity; only for supervisors, and recorded. */
  force: boolean;
  actor: string;
}

/**
 * For a waiting conversation. Refuses `conversation.already-assigned` when another agent has it,
 * `agent.at-capacity`, `agent.unknown-to-channel`, `conversation.closed` and what is not found.
 * Assigning again to whoever has it changes nothing.
 */
export async function assignConversation(desk: Desk, assigning: Assigning): Promise<void> {
  await withRoutingLock(desk.db, assigning.workspaceId, async (tx) => {
    const { conversation, agent } = await lockBoth(tx, assigning);
    if (conversation.agentId === agent.agentId) return;
    if (conversation.agentId !== null) throw new Refused('conversation.already-assigned');
    await claimFor(tx, assigning, { conversation, agent });
  });
  tell(desk, assigning);
}

/**
 * From whoever has it, or from the queue, to the named agent. Refuses as assignConversation does, and
 * `conversation.held-by-another` to a bystander.
 */
export async function transferToAgent(
  desk: Desk,
  { acting, ...assigning }: Assigning & { acting: Acting | null },
): Promise<void> {
  await withRoutingLock(desk.db, assigning.workspaceId, async (tx) => {
    const { conversation, agent } = await lockBoth(tx, assigning);
    refuseBystander(conversation, acting);
    if (conversation.agentId === agent.agentId) return;
    await moveTo(tx, assigning, { conversation, agent, how: 'transferred' });
  });
  tell(desk, assigning);
}

/**
 * The agent who acts takes it, from a colleague or from the queue: on record, and never by writing in it.
 * Refuses as assignConversation does; to take over what one has changes nothing.
 */
export async function takeOverConversation(desk: Desk, assigning: Assigning): Promise<void> {
  await withRoutingLock(desk.db, assigning.workspaceId, async (tx) => {
    const { conversation, agent } = await lockBoth(tx, assigning);
    if (conversation.agentId === agent.agentId) return;
    if (conversation.agentId === null) await claimFor(tx, assigning, { conversation, agent });
    else await moveTo(tx, assigning, { conversation, agent, how: 'taken-over' });
  });
  tell(desk, assigning);
}

async function moveTo(
  tx: RoutingTx,
  assigning: Assigning,
  { conversation, agent, how }: Both & { how: 'transferred' | 'taken-over' },
): Promise<void> {
  const ended = await endLiveAssignment(tx, { ...assigning, state: 'ended', reason: how });
  await returnToQueue(tx, {
    ...conversation,
    workspaceId: assigning.workspaceId,
    heldUntil: null,
    holdReason: null,
    event: {
      type: `conversation.${how}`,
      data: { from: ended?.agentId ?? null, toAgentId: agent.agentId, by: assigning.actor },
    },
  });
  await claimFor(tx, assigning, { conversation, agent });
}

function tell(desk: Desk, { workspaceId, conversationId, agentId }: Assigning): void {
  desk.wake(workspaceId);
  desk.send(workspaceId);
  desk.changed(workspaceId, [
    { kind: 'conversation', id: conversationId },
    { kind: 'agent', id: agentId },
  ]);
}

interface Both {
  conversation: ConversationRow;
  agent: AgentRow;
}

async function lockBoth(tx: RoutingTx, assigning: Assigning): Promise<Both> {
  // What has ended must not count against the agent.
  await settleReleased(tx, assigning.workspaceId);
  const conversation = await lockConversation(tx, assigning);
  if (conversation === null) throw new Refused('conversation.not-found');
  if (conversation.state === 'closed') throw new Refused('conversation.closed');
  const agent = await getAgent(tx, assigning);
  if (agent === null) throw new Refused('agent.not-found');
  return { conversation, agent };
}

/** Under the lock, with both rows read under it. */
export async function claimFor(
  tx: RoutingTx,
  { workspaceId, force, actor }: Assigning,
  { conversation, agent }: Both,
): Promise<void> {
  const { conversationId, channelId, weight } = conversation;
  const { agentId } = agent;
  const { desk: place, confirmedBy } = channelKinds[conversation.channelKind];
  if (place === 'remote') {
    const externalId = await externalIdOfAgent(tx, { workspaceId, channelId, agentId });
    if (externalId === null) throw new Refused('agent.unknown-to-channel');
  }
  const full = !hasRoom(agent, weight);
  if (full && !force) {
    const held = agent.load + agent.externalLoad;
    throw new Refused(
      'agent.at-capacity',
      `${agent.name} holds ${held} of ${agent.effectiveCapacity}. A supervisor may send "force": true.`,
    );
  }
  const assignmentId = uuid();
  const claims = [{ conversationId, agentId, weight, assignmentId, because: null }];
  await claimConversations(tx, {
    workspaceId,
    claims,
    assignedBy: actor,
    forced: full,
    policyVersion: 0,
  });
  // Whoever takes it by themselves is not asked whether they accept.
  if (confirmedBy === 'agent' && actor === `agent:${agentId}`) {
    await confirmAssignmentRow(tx, { workspaceId, conversationId, assignmentId });
  }
}

export function hasRoom({ effectiveCapacity, ...agent }: AgentRow, weight: number): boolean {
  return roomOf({ ...agent, capacity: effectiveCapacity }) >= weight;
}
