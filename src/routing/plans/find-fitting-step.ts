// From when on a waiting conversation asks for what somebody has: the first such place in its plan. Pure.
import type { Instant } from '../types.ts';
import { type Asked, type Entered, type Placed, type Plans, placeInPlan } from './place-in-plan.ts';

/** More changes than a plan and those behind it have in practice. */
const MOST_CHANGES = 100;

/** `fits`: what it needs there is there. null: no place fits, however long it waits. */
export function findFittingStep(
  plans: Plans,
  waits: {
    asked: Asked;
    entered: Entered;
    now: Instant;
    fits(placed: Placed, at: Instant): boolean;
  },
): (Placed & { at: Instant }) | null {
  const { asked, entered, fits } = waits;
  let at: Instant | null = waits.now;
  for (let changes = 0; at !== null && changes < MOST_CHANGES; changes += 1) {
    const placed = placeInPlan(plans, { asked, entered, now: at });
    if (fits(placed, at)) return { ...placed, at };
    at = placed.dueAt;
  }
  return null;
}
