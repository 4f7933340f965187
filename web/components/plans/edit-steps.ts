// Changes of the steps of a plan, which always stand by their time. Pure.
import type { Step } from '../../../src/contract/policy/plan.ts';

export const WEEK = 604_800;
export const MOST_STEPS = 20;

type Steps = readonly Step[];

/** With the place at which the changed step stands now. */
export interface Edited {
  steps: Step[];
  place: number;
}

/** Asks for what the last one asks for, twice as late. */
export function addStep(steps: Steps): Edited {
  const last = steps.at(-1) ?? { after: 0 };
  const after = Math.min(last.after === 0 ? 60 : last.after * 2, WEEK);
  return { steps: [...steps, { ...structuredClone(last), after }], place: steps.length };
}

export function changeStep(steps: Steps, place: number, step: Step): Edited {
  const changed = steps.map((one, at) => (at === place ? step : one));
  const sorted = changed.toSorted((a, b) => a.after - b.after);
  return { steps: sorted, place: sorted.indexOf(step) };
}

/** The first that is left begins at once: a plan says from the beginning on what holds. */
export function removeStep(steps: Steps, place: number): Step[] {
  const [first, ...rest] = steps.filter((_one, at) => at !== place);
  return first === undefined ? [] : [{ ...first, after: 0 }, ...rest];
}

/** How far the beginning of a step can be moved without passing another. */
export function rangeOf(steps: Steps, place: number): { least: number; most: number } {
  return {
    least: (steps[place - 1]?.after ?? 0) + 1,
    most: (steps[place + 1]?.after ?? WEEK + 1) - 1,
  };
}

/** The longer, the coarser: nobody means 7 minutes and 13 seconds. */
export function roundSeconds(seconds: number): number {
  const grain = seconds < 120 ? 5 : seconds < 900 ? 15 : seconds < 7200 ? 60 : 900;
  return Math.round(seconds / grain) * grain;
}
