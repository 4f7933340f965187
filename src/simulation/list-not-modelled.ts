// What a policy has that a run does not follow, because the scenario does not say how people behave there: a run says so instead of passing over it.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Scenario } from '../contract/scenario.ts';

export function listNotModelled(
  { kinds, agents }: Pick<Scenario, 'kinds' | 'agents'>,
  { plans = [] }: PolicyDocument,
): string[] {
  const limits = plans.some(({ silence }) => silence !== undefined);
  const isSaid =
    kinds.some(({ silent }) => silent !== undefined) ||
    agents.some(({ unanswered }) => unanswered !== undefined);
  return limits && !isSaid ? ['silence'] : [];
}
