// A bot gives a conversation to people, or the house takes it from a bot: it waits at its old rank, and the bot is not given it again.
import { v7 as uuid } from 'uuid';
import type { Acting } from '../access/acting.ts';
import {
  type BotFailure,
  type BotHandover,
  MOST_FIELD_BYTES,
  wordHandover,
} from '../contract/bots.ts';
import { Refused } from '../errors.ts';
import { eachAlone } from '../loops/each-alone.ts';
import { leaveBot, listHeldByBot } from '../store/bots.ts';
import { updateConversation } from '../store/change-conversations.ts';
import { type LockedConversation, lockConversation } from '../store/conversations.ts';
import { listGroups } from '../store/groups.ts';
import type { Transfer } from '../store/move-conversation.ts';
import type { Tx } from '../store/tx.ts';
import { appendMessage } from './append-message.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseBystander } from './refuse-bystander.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import { refuseUnknownPlan } from './refuse-unknown-plan.ts';
import { giveBack, givenBack, lockOpen, reimply } from './requeue-conversation.ts';

interface Key {
  workspaceId: string;
  conversationId: string;
}

/**
 * The bot says it, or a supervisor. Refuses `conversation.not-found`, `conversation.closed`,
 * `conversation.held-by-another`, `conversation.not-with-bot`, `handover.fields-too-large`, `request.invalid`,
 * `plan.not-found`, `team.not-found` and `skill.not-found`.
 */
export async function handOverFromBot(
  desk: Desk,
  { handover, acting, ...args }: Key & { handover: BotHandover; acting: Acting; actor: string },
): Promise<void> {
  const { workspaceId } = args;
  const { plan, teamId, skillIds, fields = {} } = handover;
  if (Buffer.byteLength(JSON.stringify(fields)) > MOST_FIELD_BYTES) {
    throw new Refused('handover.fields-too-large');
  }
  if (plan !== undefined && (teamId ?? skillIds) !== undefined) {
    const advice = 'Name a plan, or a teamId and skillIds: the steps of a plan say what it needs.';
    throw new Refused('request.invalid', advice);
  }
  if (teamId !== undefined) await refuseUnknown(desk.db, workspaceId, 'team', [teamId]);
  if (skillIds !== undefined) await refuseUnknown(desk.db, workspaceId, 'skill', skillIds);
  await commit(desk, workspaceId, async (tx, after) => {
    const conversation = await lockOpen(tx, args);
    refuseBystander(conversation, acting);
    if (conversation.agentKind !== 'bot') throw new Refused('conversation.not-with-bot');
    if (plan !== undefined) await refuseUnknownPlan(tx, workspaceId, plan);
    await takeFromBot(tx, after, { ...args, conversation, handover, writes: 'bot' });
  });
}

/** The house takes it. Nothing happens where that bot does not have it any more. */
export async function takeFromFailed(
  desk: Desk,
  { reason, botId, ...key }: Key & { botId: string; reason: BotFailure },
): Promise<void> {
  await commit(desk, key.workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, key);
    if (conversation?.state !== 'assigned' || conversation.agentId !== botId) return;
    await takeFailed(tx, after, { ...key, conversation, reason });
  });
}

/** Everything that the bot has, each by itself. */
export async function takeAllFrom(
  desk: Desk,
  { workspaceId, agentId, reason }: { workspaceId: string; agentId: string; reason: BotFailure },
): Promise<void> {
  const ids = await listHeldByBot(desk.db, { workspaceId, agentId });
  await eachAlone(ids, (conversationId) =>
    takeFromFailed(desk, { workspaceId, conversationId, botId: agentId, reason }),
  );
}

/** With the conversation locked, and held by a bot. */
export function takeFailed(
  tx: Tx,
  after: After<Tx>,
  { reason, ...args }: Key & { conversation: LockedConversation; reason: BotFailure },
): Promise<void> {
  return takeFromBot(tx, after, {
    ...args,
    ...{ handover: { reason }, actor: 'policy', writes: 'house' },
  });
}

async function takeFromBot(
  tx: Tx,
  after: After<Tx>,
  args: Key & {
    conversation: LockedConversation;
    handover: BotHandover;
    actor: string;
    writes: 'bot' | 'house';
  },
): Promise<void> {
  const { workspaceId, conversationId, conversation, handover, actor, writes } = args;
  const key = { workspaceId, conversationId };
  const { reason, text = null, fields = {}, priority, plan, teamId, skillIds } = handover;
  const botId = conversation.agentId as string;
  const note = wordHandover(conversation.agentName ?? 'Bot', handover);
  const writing = after(givenBack(key, conversation.teamId));
  await leaveBot(writing, { ...key, botId, fields });
  if (priority !== undefined) await updateConversation(writing, { ...key, priority, actor });
  await appendMessage(after, {
    ...{ ...key, messageId: uuid(), kind: 'note', text: note, mark: 'transfer' },
    ...(writes === 'bot'
      ? { authorKind: 'bot', authorId: botId }
      : { authorKind: 'system', authorId: null }),
    ...{ attachments: [], late: false },
  });
  await giveBack(writing, key, {
    ...{ conversation, assignmentState: 'ended', endReason: reason },
    ...(plan !== undefined && { toPlan: plan }),
    transfer: transferOf(conversation, { by: actor, note }),
    change: { ...(await changeOf(tx, workspaceId, { conversation, teamId, skillIds })) },
    event: {
      type: 'conversation.left-by-bot',
      data: {
        ...{ reason, text, fields, by: actor },
        ...(plan !== undefined && { toPlan: plan }),
        ...(teamId !== undefined && { toTeamId: teamId }),
        ...(skillIds !== undefined && { skillIds }),
      },
    },
  });
}

/** Nobody gives it back to a bot. */
function transferOf(
  { now }: LockedConversation,
  { by, note }: { by: string; note: string },
): Transfer {
  return { how: 'handed-over', by, fromAgentId: null, note, at: now.toISOString() };
}

async function changeOf(
  tx: Tx,
  workspaceId: string,
  {
    conversation,
    teamId,
    skillIds,
  }: {
    conversation: LockedConversation;
    teamId: string | undefined;
    skillIds: string[] | undefined;
  },
) {
  if (teamId === undefined) return skillIds === undefined ? {} : { skillIds };
  const teams = await listGroups(tx, 'team', workspaceId);
  const team = teams.find(({ id }) => id === teamId);
  return { teamId, skillIds: skillIds ?? reimply(conversation, teams, team) };
}
