// The targets of a waiting conversation, as the plan in which it is placed has them.
import type { Routing } from '../routing/plans/compile-policy.ts';
import { type Followed, planTargets } from '../routing/targets/follow-targets.ts';
import type { Instant } from '../routing/types.ts';
import type { Placing } from '../store/place-conversations.ts';
import type { PlacingRow } from '../store/read-for-placing.ts';
import type { StandingTargets } from '../store/target-columns.ts';

/** With its place in line, where the plan serves whose target is due first. */
export function placeTargets(
  row: PlacingRow,
  { routing, plan, now }: { routing: Routing; plan: string; now: Instant },
): Pick<Placing, 'targets' | 'rankAt'> {
  const rules = routing.targetsOf(plan);
  if (rules === null) return { targets: null, rankAt: null };
  const { targets: before, lines, messageSeq } = row;
  const followed = planTargets({
    ...{ rules, before, lines: lines ?? [], endedAt: null, agentId: null },
    enteredAt: Math.floor(row.queuedAt),
  });
  // What was said since they were looked at is heard by the next look, which is due.
  const isUnheard = before !== null && messageSeq > before.seq;
  const state = before === null ? { ...followed.state, seq: messageSeq } : followed.state;
  const turnAt = isUnheard ? now : followed.turnAt;
  return {
    targets: standing({ ...followed, state, turnAt }),
    rankAt: rankByDue(followed, rules),
  };
}

export function standing(followed: Omit<Followed, 'news' | 'results'>): StandingTargets {
  const { state, awaits, first, turnAt } = followed;
  return {
    ...{ state, awaits },
    soonAt: toDate(first?.soonAt),
    dueAt: toDate(first?.dueAt),
    turnAt: toDate(turnAt),
  };
}

/** What is due first stands where others stand that came at that moment. null: by when it came. */
export function rankByDue(
  { first }: Pick<Followed, 'first'>,
  { byDue }: { byDue: boolean },
): Date | null {
  return byDue ? toDate(first?.dueAt) : null;
}

function toDate(at: Instant | null | undefined): Date | null {
  return at === null || at === undefined ? null : new Date(at);
}
