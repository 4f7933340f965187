// What the document can already say and the router does not yet do: refused, because a promise that nobody keeps is worse than none.

import type { PolicyFault } from '../../contract/policy/fault.ts';
import type { Plan } from '../../contract/policy/plan.ts';
import { point } from '../../contract/policy/point.ts';

const parts = { limits: 'limits', words: 'words' } as const;

export function findUnbuilt(plans: readonly Plan[]): PolicyFault[] {
  return plans.flatMap((plan, nth) => {
    const { name, hours } = plan;
    const found = Object.entries(parts).flatMap(([field, words]) =>
      isSaid(plan[field as keyof typeof parts])
        ? [say(point('plans', nth, field), `Plan “${name}” has ${words}`)]
        : [],
    );
    const ends = hours?.otherwise === 'message' || hours?.otherwise === 'close';
    const told = `Outside of its hours plan “${name}” would ${hours?.otherwise === 'close' ? 'end conversations' : 'tell the contact'}`;
    return ends ? [...found, say(point('plans', nth, 'hours', 'otherwise'), told)] : found;
  });
}

/** The order by rank is the one that there is. */
function isSaid(part: unknown): boolean {
  return part !== undefined && part !== 'rank';
}

function say(path: string, what: string): PolicyFault {
  return {
    path,
    code: 'plan.not-yet',
    detail: `${what}, which this version of Usher does not do yet.`,
    remedy: 'Leave it out; for hours write queue or plan:<name>.',
  };
}
