// What came out otherwise when a recorded pass was decided again, and why. Pure.
import type { ReplayCause } from '../../contract/replays.ts';
import type { RecordedPass } from '../../contract/routing-record.ts';
import type { Assignment } from '../types.ts';
import type { Replayed } from './replay-passes.ts';

/** An assignment of the router, and its decision; nulls: that is not kept. */
export interface Given {
  assignmentId: string;
  agentId: string;
  decidedAgentId: string | null;
  because: unknown;
}

export interface Judged {
  assignmentId: string;
  /** null: reproduced. */
  cause: ReplayCause | null;
  /** Whom it goes to when it is decided again; null: nobody, or that was not possible. */
  replayedAgentId: string | null;
}

/** Of each that the pass gave and that was given in truth. `given`: by the id of the assignment. */
export function judgePass(
  pass: RecordedPass,
  { replayed, given }: { replayed: Replayed; given: ReadonlyMap<string, Given> },
): Judged[] {
  const recorded = pass.waiting.flatMap((one) => {
    const { assignmentId, conversationId } = one;
    return assignmentId === null ? [] : [{ assignmentId, conversationId }];
  });
  const again = new Map((replayed.assignments ?? []).map((one) => [one.conversationId, one]));
  const turns = new Map([...again.keys()].map((id, nth) => [id, nth]));
  // Ids ascend in the order of the decisions.
  const inOrder = recorded.toSorted((a, b) => (a.assignmentId < b.assignmentId ? -1 : 1));
  return inOrder.flatMap(({ assignmentId, conversationId }, nth) => {
    const row = given.get(assignmentId);
    if (row === undefined) return [];
    const it = again.get(conversationId) ?? null;
    const isInTurn = turns.get(conversationId) === nth;
    const cause = replayed.problem ?? findCause(row, it, isInTurn);
    return [{ assignmentId, cause, replayedAgentId: it?.agentId ?? null }];
  });
}

function findCause(row: Given, it: Assignment | null, isInTurn: boolean): ReplayCause | null {
  if (row.decidedAgentId !== row.agentId) return 'records-differ';
  if (it === null) return 'nobody';
  if (it.agentId !== row.agentId) return 'another-agent';
  if (!isInTurn) return 'another-order';
  return isSame(it.because, row.because) ? null : 'another-reason';
}

/** As JSON has them: whatever the order of the names, and what is undefined is not there. */
function isSame(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isSame(a[name], b[name]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
