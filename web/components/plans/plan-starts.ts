// What a plan can begin with.
import type { Plan } from '../../../src/contract/policy/plan.ts';

type Body = Omit<Plan, 'name'>;

export const planStarts = {
  everybody: { steps: [{ after: 0 }] },
  widen: { steps: [{ after: 0 }, { after: 60, team: null }] },
  known: {
    steps: [{ after: 0 }],
    prefer: ['sticky', 'least-loaded', 'longest-idle'],
    sticky: { within: '30d' },
  },
} satisfies Record<string, Body>;

/** Needs a skill that there is. */
export function expertsFirst(skill: string): Body {
  return {
    steps: [
      { after: 0, skills: { [skill]: 3 } },
      { after: 60, skills: { [skill]: 2 } },
      { after: 180, skills: { [skill]: 1 } },
    ],
    prefer: ['skill', 'least-loaded'],
  };
}
