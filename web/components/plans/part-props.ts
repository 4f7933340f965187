// What each part of the form of a plan is given.
import type { Plan } from '../../../src/contract/policy/plan.ts';
import type { FaultsAt } from '../../forms/faults-at.ts';

export interface PartProps {
  plan: Plan;
  /** `stepName`: several changes of that name are taken back as one. */
  onChange(plan: Plan, stepName?: string): void;
  /** Names that its hours, limits and targets can go by. */
  calendars: readonly string[];
  otherPlans: readonly string[];
  disabled: boolean;
  faults: FaultsAt;
  warnings: FaultsAt;
}

/** undefined: the plan does without. */
export function setPart<Part extends keyof Plan>(
  plan: Plan,
  part: Part,
  value: Plan[Part] | undefined,
): Plan {
  if (value !== undefined) return { ...plan, [part]: value };
  const { [part]: _before, ...others } = plan;
  return others as Plan;
}
