// How a target stands at a moment, and when time alone will change that.
import type { Instant } from '../types.ts';
import type { Target } from './read-targets.ts';

/**
 * ahead, soon, overdue: it is still to be done. met, missed: it was done in time or too late.
 * dropped: the conversation ended before the target was due, so it says nothing about anybody.
 */
export type Standing = 'ahead' | 'soon' | 'overdue' | 'met' | 'missed' | 'dropped';

export function judgeTarget(target: Target, now: Instant): Standing {
  const { soonAt, dueAt, doneAt, droppedAt } = target;
  if (doneAt !== null) return isInTime(target, doneAt) ? 'met' : 'missed';
  if (droppedAt !== null) return droppedAt < dueAt ? 'dropped' : 'missed';
  if (now >= dueAt) return 'overdue';
  return now >= soonAt ? 'soon' : 'ahead';
}

/** Whether it is met if it is done at that moment. */
export function isInTime({ dueAt }: Pick<Target, 'dueAt'>, doneAt: Instant): boolean {
  return doneAt < dueAt;
}

const isOpen = ({ doneAt, droppedAt }: Target) => doneAt === null && droppedAt === null;

/** Of those that are still to be done, the one that is due first; of equals the first. */
export function findEarliest(targets: readonly Target[]): Target | null {
  return targets
    .filter(isOpen)
    .reduce<Target | null>(
      (best, target) => (best === null || target.dueAt < best.dueAt ? target : best),
      null,
    );
}

/** The next moment after this one at which a target becomes due soon or overdue. null: none does. */
export function findNextTurn(targets: readonly Target[], now: Instant): Instant | null {
  const turns = targets
    .filter(isOpen)
    .flatMap(({ soonAt, dueAt }) => [soonAt, dueAt])
    .filter((at) => at > now);
  return turns.length === 0 ? null : Math.min(...turns);
}
