// The centre of a scenario as half hours are staffed for: with nothing that depends on the time of day.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Scenario } from '../contract/scenario.ts';
import { listNotModelled } from '../simulation/list-not-modelled.ts';
import type { Centre } from './measure-agents.ts';
import type { Target } from './target.ts';

/**
 * A run begins on a Monday at midnight and lasts for days of simulated time, whichever half hour it
 * is for. So the opening hours of plans are left out; those of the calendar say where nobody is needed.
 */
export function makeCentre(
  { scenario, policy }: { scenario: Scenario; policy: PolicyDocument },
  { target, arrivals }: { target: Target; arrivals: number },
): { centre: Centre; notModelled: string[] } {
  const { plans = [] } = policy;
  const hasHours = plans.some(({ hours }) => hours !== undefined);
  const alwaysOpen = plans.map(({ hours: _, ...plan }) => plan);
  return {
    centre: { scenario, policy: { ...policy, plans: alwaysOpen }, target, arrivals },
    notModelled: [...listNotModelled(policy), ...(hasHours ? ['hours'] : [])],
  };
}
