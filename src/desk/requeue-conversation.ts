// Puts a conversation back into the queue at its old rank: by a person, for a team, or after a failed assignment.
import type { Acting } from '../access/acting.ts';
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { askedBefore, exclude, standingAt, UNANSWERED } from '../routing/exclusions.ts';
import { needsKey } from '../routing/needs-key.ts';
import { endLiveAssignment } from '../store/assignments.ts';
import {
  type ConversationRow,
  type LockedConversation,
  lockConversation,
} from '../store/conversations.ts';
import type { Promised } from '../store/effects.ts';
import { type GroupRow, listGroups } from '../store/groups.ts';
import { releaseHoldOf, returnToQueue, type Transfer } from '../store/move-conversation.ts';
import type { Db } from '../store/sql.ts';
import type { Tx } from '../store/tx.ts';
import { appendNote } from './append-note.ts';
import { type After, commit, commitOne } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseBystander } from './refuse-bystander.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import { refuseUnknownPlan } from './refuse-unknown-plan.ts';

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
    /** With `onlyFrom`: also what that agent has parked. */
    orParked?: boolean;
    /** Judged with the conversation locked; false: nothing happens. */
    onlyIf?: (tx: Tx) => Promise<boolean>;
    skillIds?: readonly string[];
  },
): Promise<void> {
  const { skillIds } = args;
  if (skillIds !== undefined) await refuseUnknown(desk.db, args.workspaceId, 'skill', skillIds);
  await commit(desk, args.workspaceId, async (tx, after) => {
    const { onlyFrom: agentId, orParked = false } = args;
    const held = agentId === undefined || (await isHeldBy(tx, args, { agentId, orParked }));
    if (!held || (await args.onlyIf?.(tx)) === false) return;
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
export async function transferToTeam(desk: Desk, args: TeamTransfer): Promise<void> {
  const teams = await findTeams(desk.db, args);
  await commit(desk, args.workspaceId, (tx, after) => sendToTeam(tx, after, { ...args, teams }));
}

export type TeamTransfer = Key & {
  actor: string;
  acting: Acting;
  teamId?: string | null | undefined;
  skillIds?: readonly string[] | undefined;
  note?: string | null | undefined;
};

/** Refuses `team.not-found` and `skill.not-found`. */
export async function findTeams(
  db: Db,
  { workspaceId, teamId, skillIds }: Pick<TeamTransfer, 'workspaceId' | 'teamId' | 'skillIds'>,
): Promise<GroupRow[]> {
  const teams = teamId === undefined ? [] : await listGroups(db, 'team', workspaceId);
  if (teamId && !teams.some(({ id }) => id === teamId)) throw new Refused('team.not-found');
  if (skillIds !== undefined) await refuseUnknown(db, workspaceId, 'skill', skillIds);
  return teams;
}

/** In the transaction of the caller, with the teams as findTeams has them. */
export async function sendToTeam(
  tx: Tx,
  after: After<Tx>,
  args: TeamTransfer & { teams: readonly GroupRow[] },
): Promise<void> {
  const { teams, teamId, skillIds, note = null, acting, actor: by } = args;
  const team = teams.find(({ id }) => id === teamId);
  const conversation = await lockOpen(tx, args);
  refuseBystander(conversation, acting);
  await appendNote(after, noteOf(args, { writerId: acting.agentId, text: note }));
  await giveBack(after(givenBack(args, conversation.teamId)), args, {
    conversation,
    assignmentState: 'ended',
    transfer: transferOf(conversation, { by, note, giverId: acting.agentId }),
    change: {
      ...(teamId != null && keepFromSender(conversation, acting)),
      ...(teamId !== undefined && { teamId }),
      skillIds: [...(skillIds ?? reimply(conversation, teams, team))],
    },
    event: {
      type: 'conversation.transferred',
      data: {
        from: conversation.agentId,
        ...(teamId && { toTeamId: teamId }),
        ...(skillIds !== undefined && { skillIds }),
        by,
        note,
      },
    },
  });
}

/**
 * Into a plan of the policy in force, by name, from now on: its steps say what it needs, whatever rules say and
 * people chose before. Refuses `plan.not-found`, `conversation.held-by-another`, `conversation.closed` and
 * `conversation.not-found`.
 */
export async function transferToPlan(desk: Desk, args: PlanTransfer): Promise<void> {
  await commit(desk, args.workspaceId, (tx, after) => sendToPlan(tx, after, args));
}

export type PlanTransfer = Key & {
  actor: string;
  acting: Acting;
  plan: string;
  note: string | null;
};

/** In the transaction of the caller. Refuses as transferToPlan does. */
export async function sendToPlan(tx: Tx, after: After<Tx>, args: PlanTransfer): Promise<void> {
  const { workspaceId, plan, note, acting, actor: by } = args;
  const conversation = await lockOpen(tx, args);
  refuseBystander(conversation, acting);
  await refuseUnknownPlan(tx, workspaceId, plan);
  await appendNote(after, noteOf(args, { writerId: acting.agentId, text: note }));
  await giveBack(after(givenBack(args, conversation.teamId)), args, {
    ...{ conversation, assignmentState: 'ended', toPlan: plan },
    change: { ...keepFromSender(conversation, acting) },
    transfer: transferOf(conversation, { by, note, giverId: acting.agentId }),
    event: {
      type: 'conversation.transferred',
      data: { from: conversation.agentId, toPlan: plan, by, note },
    },
  });
}

/** An agent who sends on what they have is not given it back by the next pass: others are asked first, for half a minute. */
function keepFromSender(conversation: LockedConversation, { agentId }: Acting) {
  if (agentId === null || agentId !== conversation.agentId) return null;
  return excluding(conversation, { agentId, cause: 'sent-on', now: conversation.now });
}

function noteOf(
  { workspaceId, conversationId }: Key,
  said: { writerId: string | null; text: string | null },
) {
  return { workspaceId, conversationId, ...said, mark: 'transfer' as const };
}

/** It can be given back to who had it, or to the agent who sent it on from the queue. */
function transferOf(
  { agentId, teamId, skillIds, priority, route, now, ...row }: LockedConversation,
  { by, note, giverId }: { by: string; note: string | null; giverId: string | null },
): Transfer {
  // Where no rules have been asked, it asks for what it came with.
  const { asked = { teamId, skillIds, priority }, byHand = {}, entered } = route ?? {};
  const plan = { name: row.plan, since: row.planSince?.toISOString() ?? null, step: row.planStep };
  const before = { teamId, skillIds, plan, route: { asked, byHand, ...(entered && { entered }) } };
  const at = now.toISOString();
  return { how: 'transferred', by, fromAgentId: agentId ?? giverId, note, at, before };
}

/** What it needs in another team: without the skills that its team implied, with those of the next. */
export function reimply(
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
  await giveBack(tx, args, {
    conversation,
    assignmentState: 'undone',
    ...(conversation.offeredUntil !== null && { endReason: cause }),
    change: {
      ...(args.excludeAgent
        ? excluding(conversation, { agentId, cause, now })
        : standingAt(conversation.exclusions, now)),
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
    await giveBack(after(givenBack(key)), key, {
      conversation,
      assignmentState: 'ended',
      change: excluding(conversation, { agentId, cause: 'returned-elsewhere', now }),
      event: {
        type: 'conversation.requeued',
        data: { reason: 'returned-elsewhere', by: 'remote' },
      },
    });
    return true;
  });
}

/** The agent who had it is not given it for a while. */
function excluding(
  { exclusions }: ConversationRow,
  who: { agentId: string; cause: string; now: Date },
) {
  return standingAt(exclude(exclusions, who), who.now);
}

/**
 * The agent has not answered the contact: back to its old rank, and this agent is asked last. With
 * the conversation locked, and held by somebody.
 */
export async function returnUnanswered(
  tx: Tx & Promised<'wake' | 'send' | 'conversation'>,
  key: Key,
): Promise<void> {
  const conversation = await lockConversation(tx, key);
  if (conversation?.agentId == null) return;
  const { agentId, now } = conversation;
  await giveBack(tx, key, {
    conversation,
    ...{ assignmentState: 'ended', endReason: UNANSWERED },
    change: excluding(conversation, { agentId, cause: UNANSWERED, now }),
    event: { type: 'conversation.requeued', data: { reason: UNANSWERED, by: 'policy' } },
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

async function isHeldBy(tx: Tx, key: Key, who: { agentId: string; orParked: boolean }) {
  const conversation = await lockConversation(tx, key);
  const isTheirs = conversation?.agentId === who.agentId;
  return isTheirs && (conversation.state === 'assigned' || who.orParked);
}

/** Refuses `conversation.not-found` and `conversation.closed`. */
export async function lockOpen(tx: Tx, key: Key): Promise<LockedConversation> {
  const conversation = await lockConversation(tx, key);
  if (conversation === null) throw new Refused('conversation.not-found');
  if (conversation.state === 'closed') throw new Refused('conversation.closed');
  return conversation;
}

/** Ends its assignment, and puts it back at its old rank. Needs the row locked. */
export async function giveBack(
  tx: Tx & Promised<'wake' | 'send' | 'conversation'>,
  { workspaceId, conversationId }: Key,
  args: {
    conversation: ConversationRow;
    assignmentState: 'ended' | 'undone';
    /** Absent: as the event says. */
    endReason?: string;
    toPlan?: string;
    /** Absent: a person or an outside system put it back, so nobody is to give it back. */
    transfer?: Transfer;
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
    toPlan: args.toPlan,
    // Our own choice failed: whoever is next reads who sent it on.
    transfer: args.assignmentState === 'undone' ? undefined : (args.transfer ?? null),
    byHand: args.change.teamId !== undefined || args.change.skillIds !== undefined,
    needsKey: needsKey(needs, { handedTo }),
    event: { ...event, data: { ...event.data, agentId: ended?.agentId ?? conversation.agentId } },
  });
}
