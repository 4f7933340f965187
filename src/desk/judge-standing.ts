// Whether what a conversation needed when it was given is what its plan says of its waiting. Pure.
import type { RecordedGroup, RecordedPass } from '../contract/routing-record.ts';
import type { Routing } from '../routing/plans/compile-policy.ts';
import { placeInPlan } from '../routing/plans/place-in-plan.ts';
import type { Route, Unruled } from '../store/read-for-placing.ts';
import { askedOf } from './place-waiting.ts';

/** What is still kept of it as it was given; null: it has waited again since, or no rules were in force. */
export type KeptRoute = Route | Unruled | null;

/** A step that begins in the very moment of a pass is taken up by the next. */
const LATE_MS = 1000;

/**
 * null: that cannot be said any more: a person chose its needs, a bot was first, or its route is not kept. It asks
 * `place-in-plan`, calendars and all, where it stood at the pass.
 */
export function judgeStanding(
  { now }: Pick<RecordedPass, 'now'>,
  { group, route, routing }: { group: RecordedGroup; route: KeptRoute; routing: Routing | null },
): boolean | null {
  if (routing === null || route?.entered === undefined || group.botAgentId !== null) return null;
  const asked = askedOf(route);
  if (asked.needsByHand || !routing.plans.has(route.entered.plan)) return null;
  return [now, now - LATE_MS].some((at) => {
    const placed = placeInPlan(routing, { asked, entered: route.entered, now: at });
    return placed.plan === group.plan && placed.teamId === group.teamId && hasSkills(placed, group);
  });
}

type Skilled = Pick<RecordedGroup, 'skillIds' | 'skillLevels'>;

function hasSkills(one: Skilled, other: Skilled): boolean {
  const levelsOf = ({ skillIds, skillLevels }: Skilled) =>
    JSON.stringify(skillIds.map((id, nth) => [id, skillLevels[nth] ?? 1]).sort());
  return levelsOf(one) === levelsOf(other);
}
