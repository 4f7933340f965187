// Where a waiting conversation stands in its plan: which plan and step, what it needs now, and when that changes. Pure.
import type { Priority } from '../../contract/conversation.ts';
import type { Plan, Step } from '../../contract/policy/plan.ts';
import type { Instant } from '../types.ts';

/** When a calendar is open, as routing/calendars compiles it. */
export interface OpeningHours {
  isOpen(at: Instant): boolean;
  /** The next opening or closing after `at`; null: never. */
  nextChange(at: Instant): Instant | null;
}

export interface Plans {
  plans: ReadonlyMap<string, Plan>;
  calendars: ReadonlyMap<string, OpeningHours>;
}

/** What a conversation came with, or was given by a person. */
export interface Asked {
  teamId: string | null;
  skillIds: readonly string[];
  priority: Priority;
  /** A person chose the team and skills: no step overrules them. */
  needsByHand: boolean;
  priorityByHand: boolean;
}

export interface Entered {
  plan: string;
  /** The waiting within the plan is counted from here. */
  since: Instant;
}

export interface Placed extends Entered {
  /** The number of the step, from 0. */
  step: number;
  teamId: string | null;
  skillIds: readonly string[];
  /** The least level of each skill. */
  skillLevels: readonly number[];
  priority: Priority;
  /** When it must be looked at again; null: nothing changes by itself. */
  dueAt: Instant | null;
}

/** Depends on its arguments alone: every node, and the simulator, places it the same. */
export function placeInPlan(
  plans: Plans,
  { asked, entered, now }: { asked: Asked; entered: Entered; now: Instant },
): Placed {
  const { leaves, ...where } = followHours(plans, entered, now);
  const plan = plans.plans.get(where.plan);
  if (plan === undefined) throw new Error(`There is no plan “${where.plan}”.`);
  const waited = now - where.since;
  const step = plan.steps.findLastIndex(({ after }) => after * 1000 <= waited);
  const next = plan.steps[step + 1];
  const dueAt = earliest([leaves, next === undefined ? null : where.since + next.after * 1000]);
  return { ...where, step, ...readNeeds(plan.steps[step], asked), dueAt };
}

function readNeeds(
  step: Step | undefined,
  asked: Asked,
): Pick<Placed, 'teamId' | 'skillIds' | 'skillLevels' | 'priority'> {
  const { priority } = asked;
  const { team, skills, priority: raised } = step ?? {};
  const levels = asked.needsByHand ? undefined : skills;
  return {
    teamId: team === undefined || asked.needsByHand ? asked.teamId : team,
    skillIds: levels === undefined ? asked.skillIds : Object.keys(levels),
    skillLevels: levels === undefined ? [] : Object.values(levels),
    priority: raised === undefined || asked.priorityByHand ? priority : raised,
  };
}

/**
 * The plan in which it waits now. Outside a plan's hours it goes by another at the very moment of
 * closing, however late it is looked at. `leaves`: when that happens next.
 */
function followHours(
  plans: Plans,
  entered: Entered,
  now: Instant,
): Entered & { leaves: Instant | null } {
  let { plan, since } = entered;
  // No plan leads back to itself, so it passes through each of them once at most.
  for (let moves = 0; moves < plans.plans.size; moves += 1) {
    const { to, at } = findExit(plans, { plan, since });
    if (at === null || to === null || at > now) return { plan, since, leaves: at };
    plan = to;
    since = at;
  }
  return { plan, since, leaves: null };
}

/** When the hours of its plan end, and where it goes then. */
function findExit(
  { plans, calendars }: Plans,
  { plan, since }: Entered,
): { to: string | null; at: Instant | null } {
  const { hours } = plans.get(plan) ?? {};
  const calendar = hours && calendars.get(hours.calendar);
  const to = hours && readOtherPlan(hours.otherwise);
  if (calendar === undefined || to === undefined || to === null) return { to: null, at: null };
  return { to, at: calendar.isOpen(since) ? calendar.nextChange(since) : since };
}

const OTHER_PLAN = 'plan:';

/** The plan that `otherwise` names; null: none. */
export function readOtherPlan(otherwise: string): string | null {
  return otherwise.startsWith(OTHER_PLAN) ? otherwise.slice(OTHER_PLAN.length) : null;
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((one) => one !== null);
  return known.length === 0 ? null : Math.min(...known);
}
