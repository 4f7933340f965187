// Brings assignments, resolutions and questions about a room to Qiscus, and tells the desk how they ended.
import type { Pool } from 'pg';
import type { QiscusClient } from '../connectors/qiscus/client.ts';
import {
  judgeAssignment,
  leavesDoubt,
  type Verdict,
} from '../connectors/qiscus/judge-assignment.ts';
import type { Failure, Outcome, RemoteRoom } from '../connectors/qiscus/types.ts';
import { externalIdOfAgent } from '../store/agent-identities.ts';
import { getPendingAssignment, type PendingAssignment } from '../store/assignments.ts';
import { findOpenConversation, getConversation } from '../store/conversations.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import { askChannelFit } from './ask-channel-fit.ts';
import type { Carried, Carrier } from './carrier.ts';

/** The desk's verbs by which an attempt takes effect here. */
export interface QiscusOutcomes {
  confirm(key: {
    workspaceId: string;
    conversationId: string;
    assignmentId: string;
  }): Promise<boolean>;
  undo(args: {
    workspaceId: string;
    conversationId: string;
    agentId: string;
    reason: string;
    excludeAgent: boolean;
    holdMs: number;
  }): Promise<void>;
  close(args: { workspaceId: string; conversationId: string; reason: string }): Promise<void>;
  releaseHold(key: { workspaceId: string; conversationId: string }): Promise<void>;
}

interface Means {
  db: Pool;
  outcomes: QiscusOutcomes;
  client: QiscusClient;
}

const MAX_RESOLVE_ATTEMPTS = 12;
const UNKNOWN_ROOM_ATTEMPTS = 4;
const MAX_ANSWER = 10_000;

/** `clientOf` answers null for a channel that is gone: its deliveries are given up. */
export function carryToQiscus(options: {
  db: Pool;
  outcomes: QiscusOutcomes;
  clientOf: (channelId: string) => QiscusClient | null;
}): Carrier {
  return async (delivery) => {
    const client = options.clientOf(delivery.subscriberId);
    if (client === null) return { state: 'failed', result: 'the channel is gone' };
    const means = { ...options, client };
    if (delivery.type === 'assign') return carryAssignment(means, delivery);
    if (delivery.type === 'resolve') return carryResolution(means, delivery);
    if (delivery.type === 'recheck') return carryRecheck(means, delivery);
    return { state: 'failed', result: `Qiscus takes no ${delivery.type}` };
  };
}

async function carryAssignment(means: Means, delivery: Delivery): Promise<Carried> {
  const { workspaceId, streamId: conversationId } = delivery;
  const assignmentId = String(delivery.payload.assignmentId);
  const key = { workspaceId, conversationId, assignmentId };
  const pending = await getPendingAssignment(means.db, key);
  if (pending === null || !pending.live) return { state: 'done', result: 'obsolete' };
  const { channelId, agentId } = pending;
  const agent = await externalIdOfAgent(means.db, { workspaceId, channelId, agentId });
  if (agent === null) {
    return giveToAnother(means, { ...key, agentId, reason: 'agent-unknown-to-qiscus' });
  }
  const fit = await askChannelFit(means.client, { delivery, pending, agent });
  if (fit.fit === 'no') return giveToAnother(means, { ...key, agentId, reason: 'agent-unfit' });
  if (fit.fit === 'later') {
    const afterMs = backOff(delivery, fit.failure);
    return { state: 'retry', result: `channel fit unknown: ${fit.failure.text}`, afterMs };
  }
  const earlier = await settleEarlierAttempt(means, delivery, pending);
  const call = earlier ?? (await callAssign(means, { delivery, pending, agent }));
  return applyVerdict(means, { delivery, pending, assignmentId, ...call });
}

async function giveToAnother(
  means: Means,
  args: { workspaceId: string; conversationId: string; agentId: string; reason: string },
): Promise<Carried> {
  await means.outcomes.undo({ ...args, excludeAgent: true, holdMs: 0 });
  return { state: 'failed', result: args.reason };
}

interface Call {
  verdict: Verdict;
  outcome: Outcome<{ rawBody: string }>;
}

const outcomeUnknown: Outcome<{ rawBody: string }> = {
  ok: false,
  failure: { kind: 'unknown', status: null, text: 'outcome unknown', retryAfterMs: null },
};

/** An attempt whose end we never learnt may have put the agent there: look before calling again. */
async function settleEarlierAttempt(
  means: Means,
  delivery: Delivery,
  pending: PendingAssignment,
): Promise<Call | null> {
  if (!delivery.uncertain || pending.remoteAgentId !== null) return null;
  const room = await means.client.readRoom(pending.externalId);
  if (!room.ok) return { verdict: unreadable(room.failure), outcome: outcomeUnknown };
  const verdict = judge(delivery, { outcome: outcomeUnknown, room: room.value, replace: false });
  return verdict.verdict === 'repeat' ? null : { verdict, outcome: outcomeUnknown };
}

async function callAssign(
  means: Means,
  { delivery, pending, agent }: { delivery: Delivery; pending: PendingAssignment; agent: string },
): Promise<Call> {
  const roomId = pending.externalId;
  // Only away from an agent whom our own record names (qiscus.md §5.6).
  const replace = pending.remoteAgentId !== null;
  const outcome = await means.client.assignAgent({ roomId, agentId: agent, replace });
  const verdict = judge(delivery, { outcome, room: 'unread', replace });
  if (verdict.verdict !== 'read-room') return { verdict, outcome };
  const room = await means.client.readRoom(roomId);
  if (!room.ok) return { verdict: unreadable(room.failure), outcome };
  return { verdict: judge(delivery, { outcome, room: room.value, replace }), outcome };
}

function judge(
  { attempts, uncertain }: Delivery,
  evidence: { outcome: Outcome<unknown>; room: RemoteRoom | null | 'unread'; replace: boolean },
): Verdict {
  return judgeAssignment({ ...evidence, history: { attempts, uncertain } });
}

function unreadable({ retryAfterMs }: Failure): Verdict {
  return { verdict: 'repeat', afterMs: retryAfterMs ?? 2000 };
}

async function applyVerdict(
  means: Means,
  args: Call & { delivery: Delivery; pending: PendingAssignment; assignmentId: string },
): Promise<Carried> {
  const { verdict, outcome, delivery, pending, assignmentId } = args;
  const { workspaceId, streamId: conversationId } = delivery;
  const said = describe(outcome);
  switch (verdict.verdict) {
    case 'confirmed':
      await means.outcomes.confirm({ workspaceId, conversationId, assignmentId });
      return { state: 'done', ...said, result: 'confirmed' };
    case 'requeue': {
      const { agentId } = pending;
      await means.outcomes.undo({ workspaceId, conversationId, agentId, ...verdict });
      return { state: 'failed', ...said, result: verdict.reason };
    }
    case 'close':
      await means.outcomes.close({ workspaceId, conversationId, reason: verdict.reason });
      return { state: 'failed', ...said, result: verdict.reason };
    case 'read-room':
      return { state: 'retry', ...said, afterMs: 2000, uncertain: true };
    case 'repeat': {
      const uncertain = delivery.uncertain || leavesDoubt(outcome);
      return { state: 'retry', ...said, afterMs: withJitter(verdict.afterMs), uncertain };
    }
  }
}

async function carryResolution(means: Means, delivery: Delivery): Promise<Carried> {
  const { workspaceId, streamId: conversationId } = delivery;
  const conversation = await getConversation(means.db, { workspaceId, conversationId });
  if (conversation === null) return { state: 'done', result: 'obsolete' };
  const { channelId, externalId } = conversation;
  const successor = await findOpenConversation(means.db, { workspaceId, channelId, externalId });
  // The customer has come back: resolving now would end the new session.
  if (successor !== null) return { state: 'done', result: 'obsolete' };
  const note = typeof delivery.payload.note === 'string' ? delivery.payload.note : null;
  const outcome = await means.client.resolveRoom({ roomId: externalId, note });
  const said = describe(outcome);
  if (outcome.ok) return { state: 'done', ...said, result: 'resolved' };
  const final = outcome.failure.kind === 'refused' || delivery.attempts >= MAX_RESOLVE_ATTEMPTS;
  if (final) return { state: 'failed', ...said };
  return { state: 'retry', ...said, afterMs: backOff(delivery, outcome.failure) };
}

async function carryRecheck(means: Means, delivery: Delivery): Promise<Carried> {
  const key = { workspaceId: delivery.workspaceId, conversationId: delivery.streamId };
  const conversation = await getConversation(means.db, key);
  if (conversation?.state !== 'waiting') return { state: 'done', result: 'obsolete' };
  const outcome = await means.client.readRoom(conversation.externalId);
  const said = describe(outcome);
  if (!outcome.ok) {
    return { state: 'retry', ...said, afterMs: backOff(delivery, outcome.failure) };
  }
  const room = outcome.value;
  // A 404 may also come from a wrong address: believed only when it stays.
  if (room === null && delivery.attempts < UNKNOWN_ROOM_ATTEMPTS) {
    return { state: 'retry', result: 'unknown room', status: said.status ?? null, afterMs: 2000 };
  }
  const over = room === null || (room.isResolved && !room.isWaiting);
  if (over) await means.outcomes.close({ ...key, reason: 'already-resolved' });
  else await means.outcomes.releaseHold(key);
  return { state: 'done', ...said, result: over ? 'already-resolved' : 'still-waiting' };
}

function describe(outcome: Outcome<unknown>): Pick<Carried, 'result' | 'status' | 'answer'> & {
  result: string;
} {
  if (!outcome.ok) {
    const { kind, status, text } = outcome.failure;
    return { result: `${kind}: ${text}`, status, answer: text.slice(0, MAX_ANSWER) };
  }
  const { rawBody } = (outcome.value ?? {}) as { rawBody?: string };
  return { result: 'accepted', status: 200, answer: rawBody?.slice(0, MAX_ANSWER) ?? null };
}

/** 1, 2, 4 … 60 s with jitter, or what the other side asked for (qiscus.md §3.1). */
function backOff({ attempts }: Delivery, { retryAfterMs }: Failure): number {
  return retryAfterMs ?? withJitter(Math.min(60_000, 1000 * 2 ** (attempts - 1)));
}

function withJitter(ms: number): number {
  return ms * (0.85 + 0.3 * Math.random());
}
