// When a conversation has to be answered and ended, by the targets of its plan.
import type { Plan } from '../../contract/policy/plan.ts';
import type { TargetKind } from '../../contract/targets.ts';
import type { Hours } from '../calendars/compile-calendar.ts';
import type { Instant } from '../types.ts';

/** What has happened to a conversation, as far as targets ask. */
export interface Moments {
  /** From here on the first answer and the end are counted. */
  enteredAt: Instant;
  firstAnswerAt: Instant | null;
  /** What the contact has written since the last answer, in any order. */
  contactWroteAt: readonly Instant[];
  endedAt: Instant | null;
}

export interface Target {
  kind: TargetKind;
  since: Instant;
  /** From here on it is due soon. */
  soonAt: Instant;
  /** Before this moment it has to be done; the moment itself is too late. */
  dueAt: Instant;
  doneAt: Instant | null;
  /** The conversation ended before it was done. */
  droppedAt: Instant | null;
}

/** `hours`: of the targets' calendar; null: every hour counts. */
export interface TargetRules {
  targets: Plan['targets'];
  hours: Hours | null;
}

/**
 * Those that count for the conversation, the first answer's before the next one's before the end's.
 * The next answer's begins with the first message that has not been answered: a further one moves
 * nothing. Until the first answer the first answer's counts alone. A target that its calendar never
 * reaches is left out.
 */
export function readTargets(rules: TargetRules, moments: Moments): Target[] {
  const { firstAnswer, nextAnswer, end } = rules.targets ?? {};
  const { enteredAt, firstAnswerAt, contactWroteAt, endedAt } = moments;
  const owed = firstAnswerAt === null ? [] : contactWroteAt;
  const oldest = owed.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const drafts: (Draft | null)[] = [
    { kind: 'firstAnswer', seconds: firstAnswer, since: enteredAt, doneAt: firstAnswerAt },
    owed.length === 0
      ? null
      : { kind: 'nextAnswer', seconds: nextAnswer, since: oldest, doneAt: null },
    { kind: 'end', seconds: end, since: enteredAt, doneAt: endedAt },
  ];
  return drafts.flatMap((draft) => (draft === null ? [] : place(draft, rules.hours, endedAt)));
}

interface Draft extends Pick<Target, 'kind' | 'since' | 'doneAt'> {
  seconds: number | undefined;
}

function place(
  { kind, seconds, since, doneAt }: Draft,
  hours: Hours | null,
  endedAt: Instant | null,
): Target[] {
  if (seconds === undefined) return [];
  const dueAt = add(hours, since, seconds);
  if (dueAt === null) return [];
  const soonAt = findSoon(hours, since, seconds) ?? dueAt;
  return [{ kind, since, soonAt, dueAt, doneAt, droppedAt: doneAt === null ? endedAt : null }];
}

/** Time for somebody to look and answer. */
const LEAST_LEFT = 30;

/**
 * When a quarter of the target's time is left, and thirty seconds at least, all in open time. A
 * target of up to thirty seconds is due soon as soon as its time runs, which is in open hours.
 */
function findSoon(hours: Hours | null, since: Instant, seconds: number): Instant | null {
  const passed = seconds - Math.max(seconds / 4, LEAST_LEFT);
  if (passed > 0) return add(hours, since, passed);
  return hours === null ? since : hours.nextOpening(since);
}

function add(hours: Hours | null, since: Instant, seconds: number): Instant | null {
  return hours === null ? since + seconds * 1000 : hours.addWorking(since, seconds);
}
