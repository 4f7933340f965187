// Where a waiting conversation stands in its plan: which plan and step, what it needs now, and when that changes. Pure.

import type { Priority } from '../../contract/conversation.ts';
import { ownValue } from '../../contract/own-value.ts';
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
  /** By plan: whether it was full when the conversation had to wait there. Judged once, and kept. */
  full?: Readonly<Record<string, boolean>>;
}

/** How a plan ends a conversation that waits, at the very moment. */
export interface PlanEnd {
  reason: 'closed-hours' | 'queue-full' | 'waited-too-long';
  plan: string;
  at: Instant;
}

/** Of what the contact is told while it waits or when it ends. */
export type Met = 'closedHours' | 'full';

export interface Placed extends Entered {
  /** The number of the step, from 0. */
  step: number;
  teamId: string | null;
  skillIds: readonly string[];
  /** The least level of each skill. */
  skillLevels: readonly number[];
  priority: Priority;
  /** null: it goes on waiting. */
  ends: PlanEnd | null;
  /** What holds at this moment, in the plan in which it waits or ended. */
  met: readonly Met[];
  /** Whether the plan is full is judged once it is known that nobody could be given it at once. */
  untried: boolean;
  /** When it must be looked at again; null: nothing changes by itself. */
  dueAt: Instant | null;
}

export interface Placing {
  asked: Asked;
  entered: Entered;
  now: Instant;
  /** How many others wait in the plan, where nobody could be given this one; null: that is yet to be tried. */
  others?: (plan: string) => number | null;
}

/** Depends on its arguments alone: every node, and the simulator, places it the same. */
export function placeInPlan(plans: Plans, placing: Placing): Placed {
  const { asked, now } = placing;
  const { leaves, ends, ...where } = followPlans(plans, placing);
  const plan = plans.plans.get(where.plan);
  if (plan === undefined) throw new Error(`There is no plan “${where.plan}”.`);
  const waited = now - where.since;
  const step = plan.steps.findLastIndex(({ after }) => after * 1000 <= waited);
  const next = plan.steps[step + 1];
  const needs = readNeeds(plan.steps[step], asked);
  if (ends !== null) {
    const met: Met[] = [ends.reason === 'closed-hours' ? 'closedHours' : 'full'];
    return { ...where, step, ...needs, ends, met, untried: false, dueAt: null };
  }
  const { met, changesAt } = findMet(plans, { where, now });
  const nextStepAt = next === undefined ? null : where.since + next.after * 1000;
  const untried =
    ownValue(where.full, where.plan) === undefined && plan.limits?.waiting !== undefined;
  const dueAt = earliest([leaves, nextStepAt, changesAt]);
  return { ...where, step, ...needs, ends, met, untried, dueAt };
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
 * The plan in which it waits now. It leaves one at the very moment of closing or of the limit, however
 * late it is looked at. `leaves`: when that happens next.
 */
function followPlans(
  plans: Plans,
  { entered, now, others = () => null }: Placing,
): Entered & { leaves: Instant | null; ends: PlanEnd | null } {
  let where: Entered = entered;
  // No plan leads back to itself, so it passes through each of them once at most.
  for (let moves = 0; moves < plans.plans.size; moves += 1) {
    where = judgeFull(plans, where, others);
    const exit = findExit(plans, where);
    if (exit === null || exit.at > now) return { ...where, leaves: exit?.at ?? null, ends: null };
    const { to, reason, at } = exit;
    if (to === null) return { ...where, leaves: null, ends: { reason, plan: where.plan, at } };
    // What it left before it was judged is judged no more.
    const full = { [where.plan]: false, ...where.full };
    where = { plan: to, since: at, full };
  }
  return { ...where, leaves: null, ends: null };
}

/** Never again once it was judged: nobody is sent away later because others came. */
function judgeFull(
  { plans }: Plans,
  where: Entered,
  others: NonNullable<Placing['others']>,
): Entered {
  const { plan, full } = where;
  const most = plans.get(plan)?.limits?.waiting;
  if (ownValue(full, plan) !== undefined) return where;
  const count = most === undefined ? 0 : others(plan);
  if (count === null) return where;
  return { ...where, full: { ...full, [plan]: most !== undefined && count >= most } };
}

interface Exit {
  reason: PlanEnd['reason'];
  /** null: it ends. */
  to: string | null;
  at: Instant;
}

/** When it leaves its plan: the earliest; of two at the same moment the hours, then the full plan. */
function findExit({ plans, calendars }: Plans, where: Entered): Exit | null {
  const { plan, since, full } = where;
  const { hours, limits } = plans.get(plan) ?? {};
  const exits: Exit[] = [];
  const add = (reason: Exit['reason'], then: string, at: Instant | null) => {
    const to = readOtherPlan(then);
    if (at !== null && (to !== null || then === 'close')) exits.push({ reason, to, at });
  };
  const calendar = hours && calendars.get(hours.calendar);
  if (hours !== undefined && calendar !== undefined) {
    const at = calendar.isOpen(since) ? calendar.nextChange(since) : since;
    add('closed-hours', hours.otherwise, at);
  }
  if (limits !== undefined) {
    if (ownValue(full, plan)) add('queue-full', limits.then, since);
    if (limits.waitFor !== undefined) {
      add('waited-too-long', limits.then, since + limits.waitFor * 1000);
    }
  }
  return exits.toSorted((a, b) => a.at - b.at)[0] ?? null;
}

/** What the contact is told while it waits, and when that changes. */
function findMet(
  { plans, calendars }: Plans,
  { where: { plan, since, full }, now }: { where: Entered; now: Instant },
): { met: Met[]; changesAt: Instant | null } {
  const { hours, limits } = plans.get(plan) ?? {};
  const met: Met[] = [];
  const changes: (Instant | null)[] = [];
  const calendar = hours?.otherwise === 'message' ? calendars.get(hours.calendar) : undefined;
  if (calendar !== undefined) {
    if (!calendar.isOpen(now)) met.push('closedHours');
    changes.push(calendar.nextChange(now));
  }
  if (limits?.then === 'message') {
    const at = limits.waitFor === undefined ? null : since + limits.waitFor * 1000;
    if (ownValue(full, plan) || (at !== null && at <= now)) met.push('full');
    else changes.push(at);
  }
  return { met, changesAt: earliest(changes) };
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
