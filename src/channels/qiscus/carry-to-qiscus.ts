// Brings assignments, resolutions and questions about a room to Qiscus, and tells the desk how they ended.
import type { Pool } from 'pg';
import type { Carried, Carrier } from '../../delivery/carrier.ts';
import { getPendingAssignment, type PendingAssignment } from '../../store/assignments.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import { askChannelFit } from './ask-channel-fit.ts';
import { carryResolution } from './carry-resolution.ts';
import type { QiscusClient } from './client.ts';
import { backOff, describeOutcome, withJitter } from './describe-outcome.ts';
import { judgeAssignment, leavesDoubt, type Verdict } from './judge-assignment.ts';
import { lookUpRoom } from './look-up-room.ts';
import type { QiscusMeans, QiscusOutcomes } from './qiscus-means.ts';
import type { Failure, Outcome, RemoteRoom } from './types.ts';

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
    if (delivery.type === 'recheck') return lookUpRoom(means, delivery);
    return { state: 'failed', result: `Qiscus takes no ${delivery.type}` };
  };
}

async function carryAssignment(means: QiscusMeans, delivery: Delivery): Promise<Carried> {
  const { workspaceId, streamId: conversationId } = delivery;
  const assignmentId = String(delivery.payload.assignmentId);
  const key = { workspaceId, conversationId, assignmentId };
  const pending = await getPendingAssignment(means.db, key);
  if (pending === null || !pending.live) return { state: 'done', result: 'obsolete' };
  const { agentId, externalAgentId: agent } = pending;
  if (agent === null) {
    return giveToAnother(means, { ...key, agentId, reason: 'agent-unknown-to-qiscus' });
  }
  const fit = await askChannelFit(means.client, { delivery, pending, agent });
  if (fit.fit === 'no') {
    return giveToAnother(means, { ...key, agentId, reason: await findCause(means, agent) });
  }
  if (fit.fit === 'later') {
    const afterMs = backOff(delivery, fit.failure);
    return { state: 'retry', result: `channel fit unknown: ${fit.failure.text}`, afterMs };
  }
  const earlier = await concludeEarlierAttempt(means, delivery, pending);
  const call = earlier ?? (await callAssign(means, { delivery, pending, agent }));
  return applyVerdict(means, { delivery, pending, assignmentId, ...call });
}

async function giveToAnother(
  means: QiscusMeans,
  args: { workspaceId: string; conversationId: string; agentId: string; reason: string },
): Promise<Carried> {
  const { workspaceId, agentId, reason } = args;
  // An agent who is known to be away gets no conversations anyway, and is as good a choice after
  // coming back.
  const isAway = reason === 'agent-unavailable';
  if (isAway) await means.outcomes.noteUnavailable({ workspaceId, agentId });
  await means.outcomes.undo({ ...args, excludeAgent: !isAway, holdMs: 0 });
  return { state: 'failed', result: reason };
}

/** The list that Qiscus offers for a room may leave out agents who are away. */
async function findCause({ client }: QiscusMeans, agent: string): Promise<string> {
  const asked = await client.readAgent(agent);
  if (!asked.ok) return 'agent-unfit';
  if (asked.value === null) return 'agent-unknown-to-qiscus';
  return asked.value.isAvailable ? 'agent-unfit' : 'agent-unavailable';
}

interface Call {
  verdict: Verdict;
  outcome: Outcome<{ rawBody: string }>;
}

const outcomeUnknown: Outcome<{ rawBody: string }> = {
  ok: false,
  failure: { kind: 'unknown', status: null, text: 'outcome unknown', retryAfterMs: null },
};

/**
 * An earlier attempt of unknown outcome may have put the agent there, and the agent before may
 * still be there or have been taken out: look before calling.
 */
async function concludeEarlierAttempt(
  means: QiscusMeans,
  delivery: Delivery,
  pending: PendingAssignment,
): Promise<Call | null> {
  const { remoteAgentId, agentId } = pending;
  const mayBeThere = remoteAgentId === null ? delivery.uncertain : remoteAgentId === agentId;
  if (!mayBeThere) return null;
  const room = await means.client.readRoom(pending.externalId);
  if (!room.ok) return { verdict: unreadable(room.failure), outcome: outcomeUnknown };
  const verdict = judge(delivery, { outcome: outcomeUnknown, room: room.value, replace: false });
  return verdict.verdict === 'repeat' ? null : { verdict, outcome: outcomeUnknown };
}

async function callAssign(
  means: QiscusMeans,
  { delivery, pending, agent }: { delivery: Delivery; pending: PendingAssignment; agent: string },
): Promise<Call> {
  const roomId = pending.externalId;
  // Only away from another agent whom our own record names (qiscus.md §5.6).
  const { remoteAgentId, agentId } = pending;
  const replace = remoteAgentId !== null && remoteAgentId !== agentId;
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
  means: QiscusMeans,
  args: Call & { delivery: Delivery; pending: PendingAssignment; assignmentId: string },
): Promise<Carried> {
  const { verdict, outcome, delivery, pending, assignmentId } = args;
  const { workspaceId, streamId: conversationId } = delivery;
  const said = describeOutcome(outcome);
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
