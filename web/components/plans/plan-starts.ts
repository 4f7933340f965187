// What a plan can begin with.
import type { Plan } from '../../../src/contract/policy/plan.ts';
import { readyWords } from '../../../src/contract/policy/ready-words.ts';

type Body = Omit<Plan, 'name'>;

export const planStarts = {
  everybody: { steps: [{ after: 0 }] },
  widen: { steps: [{ after: 0 }, { after: 60, team: null }] },
  known: {
    steps: [{ after: 0 }],
    prefer: ['sticky', 'least-loaded', 'longest-idle'],
    sticky: { within: '30d' },
  },
  watched: {
    steps: [{ after: 0 }],
    silence: { agent: 300, contact: { remind: 600, close: 1200 } },
    words: { reminder: readyWords.reminder, ended: readyWords.ended },
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
