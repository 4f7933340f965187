// Puts a conversation back into the queue at its old rank: by a person, for a team, or after a failed assignment.
import type { Acting } from '../access/acting.ts';
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { askedBefore, exclude, excludedAt, firstEnd } from '../routing/exclusions.ts';
import { needsKey } from '../routing/needs-key.ts';
import { endLiveAssignment } from '../store/assignments.ts';
import {
  type ConversationRow,
  type LockedConversation,
  lockConversation,
} from '../store/conversations.ts';
import type { Promised } from '../store/effects.ts';
import { type GroupRow, listGroups } from '../store/groups.ts';
import { releaseHoldOf, returnToQueue } from '../store/move-conversation.ts';
import type { Tx } from '../store/tx.ts';
import { commit, commitOne } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseBystander } from './refuse-bystander.ts';
import { refuseUnknown } from './refuse-unknown.ts';

interface Key {
  workspaceId: string;
  conversationId: string;
}

/**
 * Refuses `conversation.not-assigned`, `conversation.held-by-another`, `conversation.closed`,
 * `conversation.not-found`. With `onlyFrom` nothing is refused: an agent who no longer has it has
 * nothing to give back.
 */
export async function requeueConversation(
  desk: Desk,
  args: Key & {
    reason: string;
    actor: string;
    /** null: an outside system or a rule. */
    acting: Acting | null;
    onlyFrom?: string;
    skillIds?: readonly string[];
  },
): Promise<void> {
  const { skillIds } = args;
  if (skillIds !== undefined) await refuseUnknown(desk.db, args.workspaceId, 'skill', skillIds);
  await commit(desk, args.workspaceId, async (tx, after) => {
    const held = args.onlyFrom === undefined || (await isHeldBy(tx, args, args.onlyFrom));
    if (!held) return;
    const conversation = await lockOpen(tx, args);
    refuseBystander(conversation, args.acting);
    if (conversation.agentId === null) throw new Refused('conversation.not-assigned');
    await giveBack(after(givenBack(args)), args, {
      conversation,
      assignmentState: 'ended',
      change: skillIds === undefined ? {} : { skillIds: [...skillIds] },
      event: {
        type: 'conversation.requeued',
        data: {
          reason: args.reason,
          ...(skillIds !== undefined && { skillIds }),
          by: args.actor,
        },
      },
    });
  });
}

/**
 * To any agent of the team, with the skills, who has room. Absent fields stay, except skills that
 * the former team implied and this one does not. Refuses `team.not-found` and `skill.not-found` as
 * well.
 */
export async function transferToTeam(
  desk: Desk,
  args: Key & {
    actor: string;
    acting: Acting;
    teamId?: string | null | undefined;
    skillIds?: readonly string[] | undefined;
  },
): Promise<void> {
  const { workspaceId, teamId, skillIds } = args;
  const teams = teamId === undefined ? [] : await listGroups(desk.db, 'team', workspaceId);
  const team = teams.find(({ id }) => id === teamId);
  if (teamId && team === undefined) throw new Refused('team.not-found');
  if (skillIds !== undefined) await refuseUnknown(desk.db, workspaceId, 'skill', skillIds);
  await commit(desk, workspaceId, async (tx, after) => {
    const conversation = await lockOpen(tx, args);
    refuseBystander(conversation, args.acting);
    await giveBack(after(givenBack(args, conversation.teamId)), args, {
      conversation,
      assignmentState: 'ended',
      change: {
        ...(teamId !== undefined && { teamId }),
        skillIds: [...(skillIds ?? reimply(conversation, teams, team))],
      },
      event: {
        type: 'conversation.transferred',
        data: {
          from: conversation.agentId,
          ...(teamId && { toTeamId: teamId }),
          ...(skillIds !== undefined && { skillIds }),
          by: args.actor,
        },
      },
    });
  });
}

function reimply(
  { teamId, skillIds }: ConversationRow,
  teams: readonly GroupRow[],
  next: GroupRow | undefined,
): string[] {
  const before = teams.find(({ id }) => id === teamId)?.skillIds ?? [];
  const kept = skillIds.filter((id) => !before.includes(id));
  return [...new Set([...kept, ...(next?.skillIds ?? [])])];
}

/**
 * The outside system refused the assignment for good. Nothing happens when it has ended meanwhile.
 * With `holdMs` the conversation is given to nobody before that time has passed; with
 * `excludeAgent` not to this agent for a while.
 */
export async function undoAssignment(
  desk: Desk,
  args: Key & { agentId: string; reason: string; excludeAgent: boolean; holdMs: number },
): Promise<void> {
  await commit(desk, args.workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, args);
    if (conversation === null || conversation.agentId !== args.agentId) return;
    if (conversation.confirmedAt !== null) return;
    const again = args.holdMs > 0 ? { wakeIn: args.holdMs } : {};
    await undo(after({ ...givenBack(args), ...again }), args, conversation);
  });
}

/** With the conversation locked, and pending for that agent. */
export async function undo(
  tx: Tx & Promised<'wake' | 'send' | 'conversation'>,
  args: Key & { agentId: string; reason: string; excludeAgent: boolean; holdMs: number },
  conversation: LockedConversation,
): Promise<void> {
  const { agentId, reason: cause, holdMs } = args;
  const { now } = conversation;
  const heldUntil = holdMs > 0 ? new Date(now.getTime() + holdMs) : null;
  const exclusions = args.excludeAgent
    ? exclude(conversation.exclusions, { agentId, cause, now })
    : conversation.exclusions;
  const active = excludedAt(exclusions, now);
  await giveBack(tx, args, {
    conversation,
    assignmentState: 'undone',
    ...(conversation.offeredUntil !== null && { endReason: cause }),
    change: {
      exclusions,
      excludedAgentIds: active.map((one) => one.agentId),
      exclusionEndsAt: firstEnd(active),
      heldUntil,
      holdReason: heldUntil === null ? null : args.reason,
    },
    event: { type: 'conversation.requeued', data: { reason: args.reason, by: 'router' } },
  });
}

/**
 * The outside system says that the agent is no longer in the room, so it is assigned again at the
 * old rank. Nothing happens when it has ended or moved on meanwhile.
 */
export async function takeBackEmptied(desk: Desk, key: Key): Promise<void> {
  await commit(desk, key.workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, key);
    if (conversation?.state !== 'assigned' || conversation.confirmedAt === null) return;
    await giveBack(after(givenBack(key)), key, {
      conversation,
      assignmentState: 'ended',
      change: { remoteAgentId: null },
      event: {
        type: 'conversation.requeued',
        data: { reason: 'removed-elsewhere', by: 'remote' },
      },
    });
  });
}

/**
 * People gave it back in the outside system: it returns to its old rank, and is not given to that
 * agent for a while. false: nobody had it, it is being given to somebody, or its agent is none of
 * theirs.
 */
export async function takeBackReturned(
  desk: Desk,
  {
    isNews,
    isTheirs,
    ...key
  }: Key & {
    /** Notes it; false: it was known. */
    isNews: (tx: Tx) => Promise<boolean>;
    isTheirs: (tx: Tx, agentId: string) => Promise<boolean>;
  },
): Promise<boolean> {
  return commit(desk, key.workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, key);
    if (conversation === null || conversation.state === 'closed') return false;
    const { agentId, confirmedAt, now } = conversation;
    if (agentId !== null && confirmedAt === null) return false;
    if (!(await isNews(tx)) || agentId === null || !(await isTheirs(tx, agentId))) return false;
    const exclusions = exclude(conversation.exclusions, {
      ...{ agentId, now },
      cause: 'returned-elsewhere',
    });
    const active = excludedAt(exclusions, now);
    await giveBack(after(givenBack(key)), key, {
      conversation,
      assignmentState: 'ended',
      change: {
        exclusions,
        excludedAgentIds: active.map((one) => one.agentId),
        exclusionEndsAt: firstEnd(active),
      },
      event: {
        type: 'conversation.requeued',
        data: { reason: 'returned-elsewhere', by: 'remote' },
      },
    });
    return true;
  });
}

/** The reason for the hold is gone: it may be assigned. */
export async function releaseHold(desk: Desk, key: Key): Promise<void> {
  await commitOne(desk, key.workspaceId, (after) => releaseHoldOf(after({ wake: true }), key));
}

export function givenBack({ conversationId: id }: Key, leftTeamId: string | null = null) {
  const left = leftTeamId === null ? {} : { leftTeamId };
  return { wake: true, send: true, conversation: { id, ...left } };
}

async function isHeldBy(tx: Tx, key: Key, agentId: string): Promise<boolean> {
  const conversation = await lockConversation(tx, key);
  return conversation?.state === 'assigned' && conversation.agentId === agentId;
}

async function lockOpen(tx: Tx, key: Key): Promise<ConversationRow> {
  const conversation = await lockConversation(tx, key);
  if (conversation === null) throw new Refused('conversation.not-found');
  if (conversation.state === 'closed') throw new Refused('conversation.closed');
  return conversation;
}

async function giveBack(
  tx: Tx & Promised<'wake' | 'send' | 'conversation'>,
  { workspaceId, conversationId }: Key,
  args: {
    conversation: ConversationRow;
    assignmentState: 'ended' | 'undone';
    /** Absent: as the event says. */
    endReason?: string;
    change: Partial<
      Pick<
        ConversationRow,
        | 'teamId'
        | 'skillIds'
        | 'excludedAgentIds'
        | 'exclusions'
        | 'exclusionEndsAt'
        | 'remoteAgentId'
      > & {
        heldUntil: Date | null;
        holdReason: string | null;
      }
    >;
    event: { type: string; data: Record<string, unknown> };
  },
): Promise<void> {
  const { conversation, event } = args;
  const reason = args.endReason ?? event.type.replace('conversation.', '');
  const ended = await endLiveAssignment(tx, {
    workspaceId,
    conversationId,
    state: args.assignmentState,
    reason,
  });
  const next = { ...conversation, heldUntil: null, holdReason: null, ...args.change };
  // Our own choice failed: it stays with the department that may choose beside us.
  const handedTo = args.assignmentState === 'undone' ? conversation.handedTo : null;
  const needs = {
    ...next,
    remote: channelKinds[next.channelKind].desk === 'remote',
    askedAgentIds: askedBefore(next.exclusions),
  };
  await returnToQueue(tx, {
    ...{ ...next, workspaceId, handedTo },
    byHand: args.change.teamId !== undefined || args.change.skillIds !== undefined,
    needsKey: needsKey(needs, { handedTo }),
    event: { ...event, data: { ...event.data, agentId: ended?.agentId ?? null } },
  });
}
