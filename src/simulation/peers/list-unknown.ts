// What a scenario has that other desks' models do not know: a run says so instead of passing over it.
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { Scenario, ScenarioKind } from '../../contract/scenario.ts';

/** Of a plan a model reads what its first step needs. */
const READ = ['name', 'steps'];

export function listUnknown({ kinds, agents }: Scenario, { plans = [] }: PolicyDocument): string[] {
  const unread = plans.flatMap((plan) => Object.keys(plan)).filter((part) => !READ.includes(part));
  const some = (says: (needs: NonNullable<ScenarioKind['needs']>) => boolean) =>
    kinds.some(({ needs = {} }) => says(needs));
  const isQuiet =
    kinds.some(({ silent }) => silent !== undefined) ||
    agents.some(({ unanswered }) => unanswered !== undefined);
  return [
    ...(some(({ priority = 'normal' }) => priority !== 'normal') ? ['priority'] : []),
    ...(some(({ weight = 1 }) => weight !== 1) ? ['weight'] : []),
    ...(kinds.some(isReturning) ? ['returning contacts'] : []),
    ...(kinds.some(({ transfers }) => transfers !== undefined) ? ['transfers'] : []),
    ...(isQuiet ? ['silent contacts and agents'] : []),
    ...(plans.some(({ steps }) => steps.length > 1) ? ['steps after the first'] : []),
    ...new Set(unread),
  ];
}

function isReturning({ contacts, returning = 0 }: ScenarioKind): boolean {
  return contacts !== undefined || returning > 0;
}
