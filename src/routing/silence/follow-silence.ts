// Whose silence lasts in a conversation that an agent holds, and what follows from it at a moment. Pure.
import type { SilenceState, SilenceTimes } from '../../contract/silence.ts';
import type { Line, Talk } from '../../contract/targets.ts';
import { hearTalk, silence } from '../targets/hear-talk.ts';
import type { Instant } from '../types.ts';

export interface FollowingSilence {
  times: SilenceTimes;
  /** Since when these are in force. */
  timesSince: Instant;
  /** null: it was not looked at yet. */
  before: SilenceState | null;
  /** What has been said since. */
  lines: readonly Line[];
  /** The opening counts as the contact's first word. */
  openedAt: Instant;
  /** From when on the agent has it. */
  heldAt: Instant;
}

/** tell: supervisors; return: to the queue; remind and end: the contact's. */
export type SilenceStep = 'tell' | 'return' | 'remind' | 'end';

export interface FollowedSilence {
  state: SilenceState;
  /** What is to be done now; null: nothing. */
  step: SilenceStep | null;
  /** When it must be looked at next; null: when somebody writes. */
  nextAt: Instant | null;
}

/** A step that was made so late moves the one after it: nobody is told and left no time. */
const LATE_MS = 10_000;

/** Depends on its arguments alone: every node, and the simulator, decides the same. */
export function followSilence(following: FollowingSilence, now: Instant): FollowedSilence {
  const { times, before, lines, openedAt } = following;
  const { talk } = hearTalk(before ?? silence, lines);
  const timesSince = isSame(before?.times, times)
    ? (before?.timesSince ?? 0)
    : following.timesSince;
  const { of, cause } = findSilent(talk, openedAt);
  const since = Math.max(cause, following.heldAt, timesSince);
  const steps = stepsOf(of, times);
  const noticedBefore = findNotice(following, { of, cause });
  const notices = isReached(steps.notice, { since, now }) && noticedBefore === null;
  const noticedAt = notices ? now : noticedBefore;
  const dueAt = findDue(steps, { since, noticedAt });
  const state = { ...talk, times, timesSince, of, since, cause, noticedAt, dueAt };
  if (notices) return { state, step: of === 'agent' ? 'tell' : 'remind', nextAt: dueAt };
  if (steps.notice !== null && noticedAt === null) {
    return { state, step: null, nextAt: since + steps.notice };
  }
  if (dueAt === null || now < dueAt) return { state, step: null, nextAt: dueAt };
  return { state, step: of === 'agent' ? 'return' : 'end', nextAt: null };
}

/**
 * When the first step of this silence was made; null: it was not. An agent who has it anew has the
 * whole time; a contact is reminded once after the same message.
 */
function findNotice(
  { before, heldAt }: FollowingSilence,
  { of, cause }: Pick<SilenceState, 'of' | 'cause'>,
): Instant | null {
  if (before === null || before.of !== of || before.cause !== cause) return null;
  return of === 'contact' || before.since >= heldAt ? before.noticedAt : null;
}

/** The contact waits for an answer, or the agent has answered. */
function findSilent(
  { answeredAt, owedSince }: Talk,
  openedAt: Instant,
): Pick<SilenceState, 'of' | 'cause'> {
  if (answeredAt === null) return { of: 'agent', cause: openedAt };
  return owedSince === null
    ? { of: 'contact', cause: answeredAt }
    : { of: 'agent', cause: owedSince };
}

/** After how long each step comes; null: it never does. */
interface Steps {
  notice: number | null;
  last: number | null;
}

function stepsOf(of: SilenceState['of'], { agent, remind, close }: SilenceTimes): Steps {
  if (of === 'contact') return { notice: remind, last: close };
  return { notice: agent, last: agent === null ? null : 2 * agent };
}

function isReached(after: number | null, { since, now }: Record<'since' | 'now', Instant>) {
  return after !== null && now >= since + after;
}

/** Of the last step: later by as much as the first one was late. */
function findDue(
  { notice, last }: Steps,
  { since, noticedAt }: { since: Instant; noticedAt: Instant | null },
): Instant | null {
  if (last === null) return null;
  if (notice === null || noticedAt === null) return since + last;
  const late = noticedAt - (since + notice);
  return since + last + (late > Math.min(LATE_MS, last - notice) ? late : 0);
}

function isSame(a: SilenceTimes | undefined, b: SilenceTimes): boolean {
  return a?.agent === b.agent && a.remind === b.remind && a.close === b.close;
}
