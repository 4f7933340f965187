// What a policy has that the simulator does not follow: a run says so instead of passing over it.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Plan } from '../contract/policy/plan.ts';

const PARTS = ['offer', 'sticky', 'bot', 'silence'] as const satisfies readonly (keyof Plan)[];

export function listNotModelled({ plans = [] }: PolicyDocument): string[] {
  const parts = PARTS.filter((part) => plans.some((plan) => plan[part] !== undefined));
  const byDue = plans.some(({ order }) => order === 'due');
  return [...parts, ...(byDue ? ['order: due'] : [])];
}
