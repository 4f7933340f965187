// Decides the outcome of an attempt to assign a room, from Qiscus' answer and from the state of the
// room afterwards, because Qiscus never tells which agent holds a room.
import { backOffMs } from '../../contract/back-off.ts';
import type { Failure, Outcome, RemoteRoom } from './types.ts';

export type Verdict =
  | { verdict: 'confirmed' }
  /** The same agent again. The caller adds jitter. */
  | { verdict: 'repeat'; afterMs: number }
  /** Back to the queue at the old rank, and not given to anybody for `holdMs`. */
  | { verdict: 'requeue'; excludeAgent: boolean; holdMs: number; reason: RequeueReason }
  | { verdict: 'close'; reason: 'already-resolved' | 'handled-elsewhere' }
  /** Read the room, then judge again with its state. */
  | { verdict: 'read-room' };

export type RequeueReason = 'agent-refused' | 'room-full' | 'qiscus-refused';

export interface Evidence {
  outcome: Outcome<unknown>;
  /** As read after the attempt; null when Qiscus knows no such room. */
  room: RemoteRoom | null | 'unread';
  history: {
    /** Including this one, so 1 for the first. */
    attempts: number;
    /** The outcome of an earlier attempt is unknown: see `leavesDoubt`. */
    uncertain: boolean;
  };
  /** The attempt was to take the room from another agent, with whom it looks taken in any case. */
  replace?: boolean;
}

const REFUSALS_BEFORE_REQUEUE = 3;
const HOLD_MS = 30_000;

/**
 * Only a person can correct our credentials; until then nothing is lost and no agent is excluded.
 */
const UNAUTHORIZED_MS = 30_000;

export function judgeAssignment(evidence: Evidence): Verdict {
  const { outcome } = evidence;
  if (outcome.ok) return { verdict: 'confirmed' };
  const { failure } = outcome;
  if (failure.kind === 'unknown') return judgeUnknown(evidence);
  if (failure.kind === 'unavailable') return repeat(evidence, failure);
  if (failure.kind === 'unauthorized' && failure.status !== 403) {
    return { verdict: 'repeat', afterMs: UNAUTHORIZED_MS };
  }
  if (isAgentRefused(failure)) {
    return { verdict: 'requeue', excludeAgent: true, holdMs: 0, reason: 'agent-refused' };
  }
  return judgeRefused(evidence, failure);
}

/** Whether the agent may be in the room in spite of the failure. */
export function leavesDoubt(outcome: Outcome<unknown>): boolean {
  if (outcome.ok) return false;
  const { kind, status } = outcome.failure;
  return kind === 'unknown' || (kind === 'unavailable' && status !== null && status >= 500);
}

function judgeUnknown(evidence: Evidence): Verdict {
  // Repeating a replacement by the same agent is harmless; the room's state would tell nothing.
  if (evidence.replace === true) return repeat(evidence, null);
  return judgeDoubt(evidence) ?? repeat(evidence, null);
}

/** Also for a 403: while the room can be read, Qiscus refused this call and not the key. */
function judgeRefused(evidence: Evidence, failure: Failure): Verdict {
  const { room, history } = evidence;
  if (room === 'unread') return { verdict: 'read-room' };
  if (room !== null && evidence.replace !== true && !room.isWaiting) {
    if (room.isResolved) return { verdict: 'close', reason: 'already-resolved' };
    if (history.uncertain) return { verdict: 'confirmed' };
    return { verdict: 'close', reason: 'handled-elsewhere' };
  }
  if (room !== null && isOver(room)) return { verdict: 'close', reason: 'already-resolved' };
  const isFull = isRoomFull(failure);
  const tries = isFull ? REFUSALS_BEFORE_REQUEUE + 1 : REFUSALS_BEFORE_REQUEUE;
  if (history.attempts < tries) return repeat(evidence, failure);
  return requeueLater(isFull ? 'room-full' : 'qiscus-refused');
}

/** After an attempt that may have taken effect; null when the room shows that it has not. */
function judgeDoubt({ room }: Evidence): Verdict | null {
  if (room === 'unread') return { verdict: 'read-room' };
  if (room === null || room.isWaiting) return null;
  if (isOver(room)) return { verdict: 'close', reason: 'already-resolved' };
  return { verdict: 'confirmed' };
}

function isOver(room: RemoteRoom): boolean {
  return room.isResolved && !room.isWaiting;
}

function repeat({ history }: Evidence, failure: Failure | null): Verdict {
  return { verdict: 'repeat', afterMs: failure?.retryAfterMs ?? backOffMs(history.attempts) };
}

function requeueLater(reason: RequeueReason): Verdict {
  return { verdict: 'requeue', excludeAgent: false, holdMs: HOLD_MS, reason };
}

/** "Cant join room, exceed max agents": Qiscus sometimes also says this of a fresh room. */
function isRoomFull({ text }: Failure): boolean {
  return /exceed\w*\s+max/i.test(text);
}

/** The exact words are not documented: any that blame the agent and not the room. */
function isAgentRefused({ kind, text }: Failure): boolean {
  if (kind !== 'refused' || /exceed\w*\s+max/i.test(text)) return false;
  return BLAMES_AGENT.test(text) && !BLAMES_ROOM.test(text);
}

const COMPLAINT =
  '(not[ _-]?found|unknown|not exist|no such|invalid|inactive|deleted|not (allowed|available))';
const BLAMES_AGENT = new RegExp(`agent.*${COMPLAINT}|${COMPLAINT}.*agent`, 'i');
const BLAMES_ROOM = new RegExp(`resolved|room\\w*[^,;]*${COMPLAINT}`, 'i');
