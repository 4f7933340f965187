// A person gives a conversation to an agent: under the same lock and the same limit as the router.
import { v7 as uuid } from 'uuid';
import type { Acting } from '../access/acting.ts';
import { Refused } from '../errors.ts';
import { externalIdOfAgent } from '../store/agent-identities.ts';
import { type AgentRow, getAgent } from '../store/agents.ts';
import { endLiveAssignment, noteChosenThere } from '../store/assignments.ts';
import { claimConversations } from '../store/claim.ts';
import { endConsultation } from '../store/consultations.ts';
import {
  type ConversationRow,
  type LockedConversation,
  lockConversation,
} from '../store/conversations.ts';
import type { DeskRoom } from '../store/desk-rooms.ts';
import type { Promised } from '../store/effects.ts';
import { type Before, returnToQueue, type Transfer } from '../store/move-conversation.ts';
import { returnParked } from '../store/parked.ts';
import { settleReleased } from '../store/roster.ts';
import type { RoutingTx, Tx } from '../store/tx.ts';
import { appendNote } from './append-note.ts';
import { type After, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { greetAssigned } from './greet-assigned.ts';
import { hasRoom, isRemote, wordFull } from './judge-room.ts';
import { refuseBystander } from './refuse-bystander.ts';

export interface Assigning {
  workspaceId: string;
  conversationId: string;
  agentId: string;
  /** May exceed the capacity; only for supervisors, and recorded. */
  force: boolean;
  actor: string;
}

/**
 * For a waiting conversation, or for one that is parked with this agent. Refuses `conversation.already-assigned` when another agent has it,
 * `agent.at-capacity`, `agent.unknown-to-channel`, `agent.is-bot`, `conversation.closed` and what is not found.
 * Assigning it again to its agent changes nothing; what is parked only its agent or a supervisor brings back.
 */
export async function assignConversation(
  desk: Desk,
  { acting, ...assigning }: Assigning & { acting: Acting | null },
): Promise<void> {
  await commitLocked(desk, assigning.workspaceId, async (_, after) => {
    const writing = after(assigned(assigning));
    const { conversation, agent } = await lockBoth(writing, assigning);
    if (conversation.agentId === agent.agentId) {
      if (conversation.state === 'parked') refuseBystander(conversation, acting);
      return bringBackTo(writing, assigning, { conversation, agent });
    }
    if (conversation.agentId !== null) throw new Refused('conversation.already-assigned');
    refuseTakingBot(agent, acting?.agentId);
    await claimFor(writing, assigning, { conversation, agent });
    await greetAssigned(after, assigning);
  });
}

/**
 * From its agent, or from the queue, to the named agent. Refuses as assignConversation does, and
 * `conversation.held-by-another` when the caller is not its agent.
 */
export async function transferToAgent(desk: Desk, transfer: AgentTransfer): Promise<void> {
  await commitLocked(desk, transfer.workspaceId, (_, after) => transferWithin(after, transfer));
}

export type AgentTransfer = Assigning & { acting: Acting | null; note?: string | null };

/** In the transaction of the caller. Refuses as transferToAgent does. */
export async function transferWithin(
  after: After<RoutingTx>,
  { acting, note = null, ...assigning }: AgentTransfer,
): Promise<void> {
  const writing = after(assigned(assigning));
  const { conversation, agent } = await lockBoth(writing, assigning);
  refuseBystander(conversation, acting);
  const writerId = acting?.agentId ?? null;
  const both = { conversation, agent };
  const isTheirs = conversation.agentId === agent.agentId;
  if (isTheirs && conversation.state !== 'parked') return;
  if (!isTheirs) refuseTakingBot(agent, writerId);
  await appendNote(after, noteOf(assigning, { writerId, text: note }));
  if (isTheirs) return bringBackTo(writing, assigning, both);
  await moveTo(writing, assigning, { ...both, how: 'transferred', note, giverId: writerId });
  await greetAssigned(after, assigning);
}

/**
 * The calling agent takes it, from a colleague or from the queue. This is recorded, and writing
 * alone never does it. Refuses as assignConversation does; taking over one's own conversation
 * changes nothing.
 */
export async function takeOverConversation(
  desk: Desk,
  { note = null, ...assigning }: Assigning & { note?: string | null },
): Promise<void> {
  await commitLocked(desk, assigning.workspaceId, async (_, after) => {
    const writing = after(assigned(assigning));
    const { conversation, agent } = await lockBoth(writing, assigning);
    const both = { conversation, agent };
    const isTheirs = conversation.agentId === agent.agentId;
    if (isTheirs && conversation.state !== 'parked') return;
    if (!isTheirs) refuseTakingBot(agent, agent.agentId);
    await appendNote(after, noteOf(assigning, { writerId: agent.agentId, text: note }));
    if (isTheirs) return bringBackTo(writing, assigning, both);
    if (conversation.agentId === null) await claimFor(writing, assigning, both);
    else await moveTo(writing, assigning, { ...both, how: 'taken-over', note });
    await greetAssigned(after, assigning);
  });
}

/**
 * Somebody took it in an outside system, whatever anybody's capacity: recorded as taken over there.
 * false: the agent has it already, it is no news, it is being given to somebody, or it has ended.
 */
export async function takeOutside(
  desk: Desk,
  {
    isNews,
    room: { channelId, departmentId },
    ...key
  }: Pick<Assigning, 'workspaceId' | 'conversationId' | 'agentId'> & {
    /** Notes it; false: it was known. */
    isNews: (tx: Tx) => Promise<boolean>;
    /** Where it was taken: whoever has it from a department's queue was chosen by the routing over there. */
    room: Pick<DeskRoom, 'channelId' | 'departmentId'>;
  },
): Promise<boolean> {
  const assigning: Assigning = { ...key, force: true, actor: 'remote' };
  return commitLocked(desk, key.workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, key);
    const isPending = conversation?.agentId && conversation.confirmedAt === null;
    if (conversation === null || conversation.state === 'closed' || isPending) return false;
    if (!(await isNews(tx)) || conversation.agentId === key.agentId) return false;
    const writing = after(assigned(assigning));
    await settleReleased(writing, key.workspaceId);
    const agent = await getAgent(tx, key);
    if (agent === null) return false;
    if (conversation.agentId === null) await claimFor(writing, assigning, { conversation, agent });
    else await moveTo(writing, assigning, { conversation, agent, how: 'taken-over' });
    const isChosen = conversation.agentId === null && conversation.handedTo !== null;
    if (isChosen && departmentId !== null) {
      await noteChosenThere(writing, { ...key, channelId, departmentId });
    }
    await greetAssigned(after, assigning);
    return true;
  });
}

/** To the agent who has parked it, under the same limit as any assignment; nothing happens where it is not parked. */
export async function bringBackTo(
  tx: Assigned,
  assigning: Assigning,
  { conversation, agent }: Both,
): Promise<void> {
  if (conversation.state !== 'parked') return;
  const { workspaceId, actor, conversationId } = assigning;
  await returnParked(tx, { workspaceId, actor, conversationIds: [conversationId], cause: 'hand' });
  await claimFor(tx, assigning, { conversation, agent });
}

/** What it has handed over must not come back to it by its own hand. Refuses `agent.is-bot`. */
function refuseTakingBot({ kind, agentId }: AgentRow, actingId: string | null | undefined): void {
  if (kind !== 'bot' || agentId !== actingId) return;
  throw new Refused('agent.is-bot', 'A bot takes nothing by itself: a plan or a person gives it.');
}

function noteOf(
  { workspaceId, conversationId, agentId }: Assigning,
  { writerId, text }: { writerId: string | null; text: string | null },
) {
  const toAgentIds = writerId === agentId ? [] : [agentId];
  return { workspaceId, conversationId, writerId, mark: 'transfer' as const, text, toAgentIds };
}

/** From its agent, or from the queue; under the lock, with both rows read under it. */
export async function moveTo(
  tx: Assigned,
  assigning: Assigning,
  args: Both & {
    how: Transfer['how'];
    note?: string | null;
    /** The agent who gives it; where nobody had it, it can be given back to that one. */
    giverId?: string | null;
    /** What it asked for once, and asks for again. */
    before?: Before | undefined;
  },
): Promise<void> {
  const { conversation, agent, how, note = null, giverId = null, before } = args;
  const ended = await endLiveAssignment(tx, { ...assigning, state: 'ended', reason: how });
  const { agentId: toAgentId } = agent;
  const { actor: by } = assigning;
  // What is parked has its agent without an assignment.
  const from = ended?.agentId ?? conversation.agentId;
  const at = conversation.now.toISOString();
  await returnToQueue(tx, {
    ...conversation,
    ...(before && { teamId: before.teamId, skillIds: before.skillIds, toRoute: before.route }),
    backInPlan: before?.plan,
    workspaceId: assigning.workspaceId,
    transfer: { how, by, fromAgentId: from ?? giverId, note, at },
    handedTo: null,
    heldUntil: null,
    holdReason: null,
    byHand: false,
    event: {
      type: `conversation.${how}`,
      data: { from, toAgentId, by, note },
    },
  });
  await claimFor(tx, assigning, { conversation, agent });
  const { workspaceId, conversationId } = assigning;
  const key = { workspaceId, conversationId, agentId: toAgentId };
  await endConsultation(tx, { ...key, by, reason: 'given' });
}

/** The connection that has promised to tell who has the conversation now. */
export type Assigned = RoutingTx & Promised<'wake' | 'send' | 'conversation' | 'agent'>;

export function assigned({ conversationId, agentId }: Assigning) {
  return { wake: true, send: true, conversation: conversationId, agent: agentId };
}

interface Both {
  conversation: LockedConversation;
  agent: AgentRow;
}

async function lockBoth(tx: Assigned, assigning: Assigning): Promise<Both> {
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
  tx: RoutingTx & Promised<'send' | 'conversation' | 'agent'>,
  { workspaceId, force, actor }: Assigning,
  { conversation, agent }: { conversation: ConversationRow; agent: AgentRow },
): Promise<void> {
  const { conversationId, channelId, weight } = conversation;
  const { agentId } = agent;
  if (isRemote(conversation)) {
    const externalId = await externalIdOfAgent(tx, { workspaceId, channelId, agentId });
    if (externalId === null) throw new Refused('agent.unknown-to-channel');
  }
  const full = !hasRoom(agent, conversation);
  if (full && !force) throw new Refused('agent.at-capacity', wordFull(agent, conversation));
  const assignmentId = uuid();
  const claims = [{ conversationId, agentId, weight, assignmentId, because: null }];
  await claimConversations(tx, {
    workspaceId,
    claims,
    assignedBy: actor,
    forced: full,
    ...{ policyVersion: 0, limited: true },
    // The look that follows knows its plan.
    silent: null,
    // An agent who takes it, here or over there, is not asked whether they accept. Whom a person chose is asked only
    // where the channel asks everybody.
    offers: actor === `agent:${agentId}` || actor === 'remote' ? null : {},
  });
}
