// Back to the queue at the old rank: by a person, for a team, or because an assignment came to nothing.
import type { Acting } from '../access/acting.ts';
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { exclude, excludedAt, firstEnd } from '../routing/exclusions.ts';
import { needsKey } from '../routing/needs-key.ts';
import { endLiveAssignment } from '../store/assignments.ts';
import { type ConversationRow, lockConversation } from '../store/conversations.ts';
import { type GroupRow, listGroups } from '../store/groups.ts';
import { releaseHoldOf, returnToQueue } from '../store/move-conversation.ts';
import { type Tx, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { refuseBystander } from './refuse-bystander.ts';
import { refuseUnknown } from './refuse-unknown.ts';

interface Key {
  workspaceId: string;
  conversationId: string;
}

/**
 * Refuses `conversation.not-assigned`, `conversation.held-by-another`, `conversation.closed`,
 * `conversation.not-found`. With `onlyFrom`
 * nothing is refused: whoever no longer has it has nothing to give back.
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
  await withTx(desk.db, async (tx) => {
    const held = args.onlyFrom === undefined || (await isHeldBy(tx, args, args.onlyFrom));
    if (!held) return;
    const conversation = await lockOpen(tx, args);
    refuseBystander(conversation, args.acting);
    if (conversation.agentId === null) throw new Refused('conversation.not-assigned');
    await giveBack(tx, args, {
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
  tell(desk, args);
}

/**
 * To whoever of the team, with the skills, has room. What is absent stays, but for the skills that the team
 * before implied and this one does not. Refuses `team.not-found` and `skill.not-found` besides.
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
  const leftTeamId = await withTx(desk.db, async (tx) => {
    const conversation = await lockOpen(tx, args);
    refuseBystander(conversation, args.acting);
    await giveBack(tx, args, {
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
    return conversation.teamId;
  });
  tell(desk, args, leftTeamId);
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
 * With `holdMs` the conversation is not given to anybody before that time has passed; with `excludeAgent`
 * not to this one for a while.
 */
export async function undoAssignment(
  desk: Desk,
  args: Key & { agentId: string; reason: string; excludeAgent: boolean; holdMs: number },
): Promise<void> {
  const { agentId, reason: cause, holdMs } = args;
  const undone = await withTx(desk.db, async (tx) => {
    const conversation = await lockConversation(tx, args);
    if (conversation === null || conversation.agentId !== args.agentId) return false;
    if (conversation.confirmedAt !== null) return false;
    const { now } = conversation;
    const heldUntil = holdMs > 0 ? new Date(now.getTime() + holdMs) : null;
    const exclusions = args.excludeAgent
      ? exclude(conversation.exclusions, { agentId, cause, now })
      : conversation.exclusions;
    const active = excludedAt(exclusions, now);
    await giveBack(tx, args, {
      conversation,
      assignmentState: 'undone',
      change: {
        exclusions,
        excludedAgentIds: active.map((one) => one.agentId),
        exclusionEndsAt: firstEnd(active),
        heldUntil,
        holdReason: heldUntil === null ? null : args.reason,
      },
      event: { type: 'conversation.requeued', data: { reason: args.reason, by: 'router' } },
    });
    return true;
  });
  if (!undone) return;
  tell(desk, args);
  if (holdMs > 0) desk.wakeIn(args.workspaceId, holdMs);
}

/**
 * Whoever has it is not in the room any more, as the outside system says: given out again at the old
 * rank. Nothing happens when it has ended or moved on meanwhile.
 */
export async function takeBackEmptied(desk: Desk, key: Key): Promise<void> {
  const taken = await withTx(desk.db, async (tx) => {
    const conversation = await lockConversation(tx, key);
    if (conversation?.state !== 'assigned' || conversation.confirmedAt === null) return false;
    await giveBack(tx, key, {
      conversation,
      assignmentState: 'ended',
      change: { remoteAgentId: null },
      event: {
        type: 'conversation.requeued',
        data: { reason: 'removed-elsewhere', by: 'remote' },
      },
    });
    return true;
  });
  if (taken) tell(desk, key);
}

/** What it was held for is done: it may be given to somebody. */
export async function releaseHold(desk: Desk, key: Key): Promise<void> {
  await withTx(desk.db, (tx) => releaseHoldOf(tx, key));
  desk.wake(key.workspaceId);
}

function tell(
  desk: Desk,
  { workspaceId, conversationId: id }: Key,
  leftTeamId: string | null = null,
): void {
  desk.wake(workspaceId);
  desk.send(workspaceId);
  const left = leftTeamId === null ? {} : { leftTeamId };
  desk.changed(workspaceId, [{ kind: 'conversation', id, ...left }]);
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
  tx: Tx,
  { workspaceId, conversationId }: Key,
  args: {
    conversation: ConversationRow;
    assignmentState: 'ended' | 'undone';
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
  const reason = event.type.replace('conversation.', '');
  const ended = await endLiveAssignment(tx, {
    workspaceId,
    conversationId,
    state: args.assignmentState,
    reason,
  });
  const next = { ...conversation, heldUntil: null, holdReason: null, ...args.change };
  await returnToQueue(tx, {
    ...next,
    workspaceId,
    needsKey: needsKey({ ...next, remote: channelKinds[next.channelKind].desk === 'remote' }),
    event: { ...event, data: { ...event.data, agentId: ended?.agentId ?? null } },
  });
}
