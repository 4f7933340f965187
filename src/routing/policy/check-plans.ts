// What each plan says by itself: steps that follow each other, and nothing that contradicts itself.
import type { Plan, Step } from '../../contract/policy/plan.ts';
import { point } from '../../contract/policy/point.ts';
import type { Findings } from './findings.ts';

export function checkPlans(
  plans: readonly Plan[],
  { faults, warnings }: { faults: Findings; warnings: Findings },
): void {
  plans.forEach((plan, place) => {
    const path = point('plans', place);
    checkSteps(plan, path, faults);
    checkParts(plan, path, faults);
    warnOfUseless(plan, path, warnings);
    warnOfSame(plan, path, warnings);
  });
}

function checkSteps({ name, steps, limits }: Plan, path: string, faults: Findings): void {
  const end = limits !== undefined && leavesPlan(limits.then) ? limits.waitFor : undefined;
  steps.forEach(({ after }, nth) => {
    const at = `${path}${point('steps', nth, 'after')}`;
    const before = steps[nth - 1]?.after;
    if (before === undefined && after !== 0) {
      faults.add(at, () => ({
        code: 'step.first-not-zero',
        values: { plan: name, after },
        detail: `The first step of plan “${name}” begins after ${after} s, so nothing says what holds before.`,
        remedy: 'Write 0 as its after, or put a step with after 0 in front.',
      }));
    } else if (before !== undefined && after <= before) {
      faults.add(at, () => ({
        code: 'step.not-later',
        values: { plan: name, step: nth + 1, after, before },
        detail: `Step ${nth + 1} of plan “${name}” begins after ${after} s, not later than the step before it, after ${before} s.`,
        remedy: `Write more than ${before}, or move the step to its place.`,
      }));
    } else if (end !== undefined && after >= end) {
      faults.add(at, () => ({
        code: 'step.unreachable',
        values: { plan: name, step: nth + 1, after, end },
        detail: `Step ${nth + 1} of plan “${name}” begins after ${after} s, but limits.waitFor ends the waiting after ${end} s.`,
        remedy: 'Let the step begin earlier, let waitFor be longer, or remove the step.',
      }));
    }
  });
}

/** `message` and `queue` leave it waiting in the plan. */
export function leavesPlan(then: string): boolean {
  return then === 'close' || then.startsWith('plan:');
}

function checkParts(plan: Plan, path: string, faults: Findings): void {
  const { name, prefer = [], sticky, limits, targets, order } = plan;
  const place = prefer.indexOf('sticky');
  if (place >= 0 && sticky === undefined) {
    faults.add(`${path}${point('prefer', place)}`, () => ({
      code: 'prefer.no-sticky',
      values: { plan: name },
      detail: `Plan “${name}” prefers the sticky agent, but does not say whom that is.`,
      remedy: 'Add sticky with within, or take sticky out of prefer.',
    }));
  }
  if (targets !== undefined && !hasAny(targets, ['firstAnswer', 'nextAnswer', 'end'])) {
    faults.add(`${path}/targets`, () => ({
      code: 'targets.none',
      values: { plan: name },
      detail: `Plan “${name}” has targets without any duration.`,
      remedy: 'Add firstAnswer, nextAnswer or end, or remove targets.',
    }));
  }
  if (order === 'due' && targets === undefined) {
    faults.add(`${path}/order`, () => ({
      code: 'order.no-targets',
      values: { plan: name },
      detail: `Plan “${name}” is in the order of targets, but has none.`,
      remedy: 'Add targets, or leave order out.',
    }));
  }
  if (limits !== undefined && !hasAny(limits, ['waiting', 'waitFor'])) {
    faults.add(`${path}/limits`, () => ({
      code: 'limits.none',
      values: { plan: name },
      detail: `Plan “${name}” says what follows a limit, but has none.`,
      remedy: 'Add waiting or waitFor, or remove limits.',
    }));
  }
}

function hasAny(part: object, keys: readonly string[]): boolean {
  return keys.some((key) => Object.hasOwn(part, key));
}

function warnOfUseless(plan: Plan, path: string, warnings: Findings): void {
  const { name, limits, sticky, prefer = [] } = plan;
  if (limits?.then === 'queue') {
    warnings.add(`${path}/limits/then`, () => ({
      code: 'limits.nothing-follows',
      values: { plan: name },
      detail: `At the limits of plan “${name}” a conversation waits on as usual.`,
      remedy: 'Write message, close or plan:<name>, or remove limits.',
    }));
  }
  if (sticky !== undefined && sticky.waitFor === undefined && !prefer.includes('sticky')) {
    warnings.add(`${path}/sticky`, () => ({
      code: 'sticky.not-preferred',
      values: { plan: name },
      detail: `Plan “${name}” says who the sticky agent is, but neither prefers them nor waits for them.`,
      remedy: 'Add sticky to prefer or waitFor to sticky, or remove sticky.',
    }));
  }
  if (prefer.includes('skill') && prefer.includes('skill-ascending')) {
    warnings.add(`${path}/prefer`, () => ({
      code: 'prefer.contradicts',
      values: { plan: name },
      detail: `Plan “${name}” prefers the best fitted and also the least fitted; the later of both never decides.`,
      remedy: 'Leave skill or skill-ascending out.',
    }));
  }
}

function warnOfSame({ name, steps }: Plan, path: string, warnings: Findings): void {
  steps.forEach((step, nth) => {
    const before = steps[nth - 1];
    if (before === undefined || writeNeeds(before) !== writeNeeds(step)) return;
    warnings.add(`${path}${point('steps', nth)}`, () => ({
      code: 'step.changes-nothing',
      values: { plan: name, step: nth + 1 },
      detail: `Step ${nth + 1} of plan “${name}” needs the same as the step before it.`,
      remedy: 'Remove it, or change what it needs.',
    }));
  });
}

function writeNeeds({ team, skills, priority }: Step): string {
  const levels = skills && Object.entries(skills).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([team === undefined ? 'asked' : team, levels ?? 'asked', priority ?? null]);
}
