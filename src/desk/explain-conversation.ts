// Explains why a conversation is with its agent, or why it waits: from the records, and the present state.
import { channelKinds } from '../contract/channel-kinds.ts';
import type { Decisions } from '../contract/decisions.ts';
import type { Reason } from '../contract/reasons.ts';
import { showSilence } from '../contract/silence.ts';
import { findFirst } from '../contract/targets.ts';
import { Refused } from '../errors.ts';
import { explainAssignment, explainBalance, explainWait } from '../routing/explain.ts';
import { readAwaitKey } from '../routing/needs-key.ts';
import type { AgentState, Because, BecauseBalanced } from '../routing/types.ts';
import { wordReason } from '../routing/word-reason.ts';
import { type AssignmentRow, listAssignments } from '../store/assignments.ts';
import { listChannels } from '../store/channels.ts';
import { readClock } from '../store/clock.ts';
import { type ConversationRow, getConversation, queuePosition } from '../store/conversations.ts';
import { listGroups } from '../store/groups.ts';
import { readSettledRoster } from '../store/roster.ts';
import { TO_ROUTE } from '../store/send-to-rules.ts';
import type { Db } from '../store/sql.ts';
import { withSnapshot } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { explainHandover } from './explain-handover.ts';
import { explainLimits } from './foresee-wait.ts';
import { toState } from './keep-agents.ts';
import { tellRule } from './tell-rule.ts';

/**
 * From a snapshot, without the routing lock, so a reader delays nobody. Refuses
 * `conversation.not-found`.
 */
export async function explainConversation(
  desk: Pick<Desk, 'db'>,
  key: { workspaceId: string; conversationId: string },
): Promise<Decisions> {
  return withSnapshot(desk.db, '', (tx) => explainNow(tx, key));
}

async function explainNow(
  db: Db,
  key: { workspaceId: string; conversationId: string },
): Promise<Decisions> {
  const conversation = await getConversation(db, key);
  if (conversation === null) throw new Refused('conversation.not-found');
  const assignments = await listAssignments(db, key);
  const decisions = assignments.map(toRecord);
  const [first, ...others] =
    conversation.state === 'waiting'
      ? await explainWaiting(db, key, conversation)
      : explainPast(conversation, decisions[0]);
  const due = conversation.targets === null ? [] : await explainDue(db, conversation);
  const silent = explainSilence(conversation);
  const now = (await readClock(db)).getTime();
  const limits = await explainLimits(db, { ...key, conversation, now });
  const byPlan = await explainPlan(db, key, conversation);
  const reasons = [first, ...silent, ...byPlan, ...limits, ...due, ...others].filter(
    (reason) => reason !== undefined,
  );
  return {
    state: conversation.state,
    reasons,
    explanation: reasons.map(wordReason),
    decisions,
  };
}

/** By which rule it goes by its plan, and how far it has come. */
async function explainPlan(
  db: Db,
  { workspaceId }: { workspaceId: string },
  { state, plan, planStep, routerDueAt, route, needsKey, transfer }: ConversationRow,
): Promise<Reason[]> {
  if (state === 'waiting' && needsKey === TO_ROUTE) return [{ code: 'to-route' }];
  if (plan === null || planStep === null) return [];
  const chosen = route?.byHand.plan !== undefined && route.byHand.plan === route.entered.plan;
  const by = transfer?.by ?? 'system';
  const ruled: Reason[] = chosen
    ? [{ code: 'sent-to-plan', by, plan: route.byHand.plan ?? plan }]
    : route === null
      ? []
      : [await tellRule(db, { workspaceId, route, plan })];
  const nextAt = state === 'waiting' ? (routerDueAt?.toISOString() ?? null) : null;
  return [...ruled, { code: 'step', plan, step: planStep + 1, nextAt }];
}

/** Which of its open targets is due first. */
async function explainDue(db: Db, { state, targets, rankAt }: ConversationRow): Promise<Reason[]> {
  const first = findFirst(targets);
  if (state === 'closed' || first === null) return [];
  const now = (await readClock(db)).getTime();
  const { kind: target, soonAt, dueAt } = first;
  const standing = now >= dueAt ? 'overdue' : now >= soonAt ? 'soon' : 'ahead';
  const byDue = state === 'waiting' && rankAt.getTime() === dueAt;
  return [{ code: 'due', target, dueAt: new Date(dueAt).toISOString(), standing, byDue }];
}

function explainSilence({ state, confirmedAt, silence }: ConversationRow): Reason[] {
  const shown = state === 'assigned' && confirmedAt !== null ? showSilence(silence) : null;
  return shown === null ? [] : [{ code: 'silent', ...shown }];
}

async function explainWaiting(
  db: Db,
  key: { workspaceId: string; conversationId: string },
  conversation: ConversationRow,
): Promise<Reason[]> {
  const position = await queuePosition(db, key);
  const handed = await explainHandover(db, key, conversation);
  const roster = (await readSettledRoster(db, key.workspaceId)).map(toState);
  const alone = explainAlone(conversation, roster);
  const { heldUntil, holdReason } = conversation;
  const names = await readSkillNames(db, key.workspaceId, conversation);
  const now = (await readClock(db)).getTime();
  const until = heldUntil instanceof Date ? heldUntil : null;
  const held = heldUntil !== null && (until === null || until.getTime() > now);
  const waitedSeconds = Math.max(0, Math.round((now - conversation.queuedAt.getTime()) / 1000));
  // Nobody here is considered for it.
  if (handed.isAlone) {
    return [{ code: 'waits', seconds: waitedSeconds, position }, ...handed.reasons];
  }
  const [waits, ...others] = explainWait({
    needs: { ...conversation, remote: channelKinds[conversation.channelKind].desk === 'remote' },
    agents: alone?.agents ?? roster,
    skillName: (id) => names.get(id) ?? id,
    now,
    position,
    waitedSeconds,
    hold: held ? { until, reason: holdReason ?? 'unknown' } : null,
    exclusions: conversation.exclusions,
    ...(await readChannelName(db, key.workspaceId, { conversation, roster })),
  });
  return [waits, alone?.reason, ...handed.reasons, ...others].filter(
    (reason) => reason !== undefined,
  );
}

/** The only agent who may be given it, and until when; null: it waits for nobody by name. */
export function explainAlone(
  { needsKey, route }: ConversationRow,
  roster: readonly AgentState[],
): { agents: AgentState[]; reason: Reason } | null {
  const until = route?.wait?.until ?? null;
  const agents = roster.filter(({ agentId }) => agentId === readAwaitKey(needsKey)?.agentId);
  const [agent] = agents;
  if (agent === undefined || until === null) return null;
  const { agentId, name: agentName } = agent;
  const time = new Date(until).toISOString();
  return { agents, reason: { code: 'waits-for', agentId, agentName, until: time } };
}

/** Where a limit names the channel. */
async function readChannelName(
  db: Db,
  workspaceId: string,
  args: { conversation: ConversationRow; roster: readonly AgentState[] },
): Promise<{ channelName?: string }> {
  const { channelId } = args.conversation;
  const isNamed = args.roster.some(({ limits }) => limits.some(({ scope }) => scope === channelId));
  if (!isNamed) return {};
  const channels = await listChannels(db, workspaceId);
  const found = channels.find((one) => one.channelId === channelId);
  return found === undefined ? {} : { channelName: found.name };
}

async function readSkillNames(
  db: Db,
  workspaceId: string,
  { skillIds }: ConversationRow,
): Promise<Map<string, string>> {
  if (skillIds.length === 0) return new Map();
  const skills = await listGroups(db, 'skill', workspaceId);
  return new Map(skills.map(({ id, name }) => [id, name]));
}

type Record = Decisions['decisions'][number];

function explainPast(conversation: ConversationRow, latest: Record | undefined): Reason[] {
  const before = latest?.reasons ?? [];
  if (conversation.state === 'closed') {
    const agentName = latest === undefined ? null : nameOf(latest);
    return [{ code: 'closed', agentName, closeReason: conversation.closeReason }, ...before];
  }
  const parked = explainParked(conversation);
  if (parked !== null) return [parked, ...before];
  if (conversation.confirmedAt !== null) return before;
  const { offeredUntil, agentName, agentId } = conversation;
  if (offeredUntil === null) return [...before, { code: 'unconfirmed' }];
  const offered = { agentName: agentName ?? agentId ?? '', until: offeredUntil.toISOString() };
  return [{ code: 'offered', ...offered }, ...before];
}

/** null: it is not parked. */
export function explainParked(
  conversation: ConversationRow,
): Extract<Reason, { code: 'parked' }> | null {
  const { state, agentName, agentId, parkedAt, parkedUntil, parkedBy } = conversation;
  if (state !== 'parked' || parkedAt === null) return null;
  return {
    code: 'parked',
    ...{ agentName: agentName ?? agentId ?? '', by: parkedBy ?? 'system' },
    ...{ since: parkedAt.toISOString(), until: parkedUntil?.toISOString() ?? null },
  };
}

function nameOf({ agentName, agentId }: Pick<Record, 'agentName' | 'agentId'>): string {
  return agentName ?? agentId;
}

function toRecord(row: AssignmentRow): Record {
  const because = row.because as Because | BecauseBalanced | null;
  const reasons = reasonsOf(row, because);
  return {
    assignmentId: row.assignmentId,
    agentId: row.agentId,
    agentName: row.agentName,
    state: row.state as Record['state'],
    assignedBy: row.assignedBy,
    forced: row.forced,
    assignedAt: row.assignedAt.toISOString(),
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    offeredUntil: row.offeredUntil?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason: row.endReason,
    declineReason: row.declineReason,
    policyVersion: row.policyVersion,
    because: because as Record['because'],
    reasons,
    sentences: reasons.map(wordReason),
  };
}

/** Why that agent was given it. */
export function reasonsOf(row: AssignmentRow, because: Because | BecauseBalanced | null): Reason[] {
  const name = (agentId: string) =>
    agentId === row.agentId ? nameOf(row) : (row.runnerUpName ?? agentId);
  if (because !== null && 'kind' in because) {
    return [explainBalance(because, nameOf(row), row.assignedBy)];
  }
  if (because !== null) return explainAssignment(because, name);
  const { assignedBy: by, forced } = row;
  const { department } = row;
  if (department !== null) {
    return [{ code: 'chosen-there', agentName: nameOf(row), department, forced }];
  }
  if (by === 'remote') return [{ code: 'taken-outside', agentName: nameOf(row), forced }];
  return [{ code: 'given', agentName: nameOf(row), by: row.assignedBy, forced: row.forced }];
}
