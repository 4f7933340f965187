// Who is preferred among the eligible agents: a strategy is a list of criteria, of which the first that differs decides.

/** What agents are compared by. Whoever is equal in all of a strategy's goes by id. */
export const criteria = [
  'load-share',
  'idle',
  'turn',
  'skill',
  'skill-ascending',
  'sticky',
] as const;
export type Criterion = (typeof criteria)[number];

/** What a plan's `prefer` calls them. */
export const criterionNames = {
  sticky: 'sticky',
  skill: 'skill',
  'skill-ascending': 'skill-ascending',
  'least-loaded': 'load-share',
  'longest-idle': 'idle',
  'round-robin': 'turn',
} as const satisfies Record<string, Criterion>;
export type CriterionName = keyof typeof criterionNames;
export const criterionNameList = Object.keys(criterionNames) as CriterionName[];

/** Another strategy is another entry here, and its words in web/i18n; the types ask for both. */
export const strategies = {
  'least-loaded': {
    prefer: ['load-share', 'idle'],
    words: 'the smallest share of capacity in use, then the longest idle',
  },
  'longest-idle': {
    prefer: ['idle'],
    words: 'the longest time since a conversation was given or ended',
  },
  'round-robin': { prefer: ['turn'], words: 'the next in turn' },
} as const satisfies Record<string, { prefer: readonly Criterion[]; words: string }>;

export type Strategy = keyof typeof strategies;

export const strategyNames = Object.keys(strategies) as Strategy[];
