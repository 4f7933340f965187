// The centre of a scenario as half hours are staffed for: with nothing that depends on the time of day.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Scenario } from '../contract/scenario.ts';
import { listNotModelled } from '../simulation/list-not-modelled.ts';
import type { Centre } from './measure-agents.ts';
import type { Target } from './target.ts';

/**
 * A run begins on a Monday at midnight and lasts for days of simulated time, whichever half hour it
 * is for. So the opening hours of plans are left out; those of the calendar say where nobody is needed.
 * Bots are left out as well: who comes are those whom people get.
 */
export function makeCentre(
  { scenario, policy }: { scenario: Scenario; policy: PolicyDocument },
  { target, arrivals }: { target: Target; arrivals: number },
): { centre: Centre; notModelled: string[] } {
  const { plans = [] } = policy;
  const hasHours = plans.some(({ hours }) => hours !== undefined);
  const hasBot = plans.some(({ bot }) => bot !== undefined);
  const forPeople = plans.map(({ hours: _, bot: __, ...plan }) => plan);
  const agents = scenario.agents.filter(({ bot }) => bot === undefined);
  return {
    centre: {
      ...{ target, arrivals, scenario: { ...scenario, agents } },
      policy: { ...policy, plans: forPeople },
    },
    notModelled: [
      ...(hasBot ? ['bot'] : []),
      ...listNotModelled(scenario, policy),
      ...(hasHours ? ['hours'] : []),
    ],
  };
}
