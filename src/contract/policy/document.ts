// The policy as one document: the routing rules of a workspace with its calendars, rules and plans.
import { type Static, Type } from 'typebox';
import { Calendar } from './calendar.ts';
import { DryRun } from './dry-run.ts';
import { PolicyFault } from './fault.ts';
import { Plan } from './plan.ts';
import { Policy } from './policy.ts';
import { Rule } from './rule.ts';
import { Language } from './words.ts';

/** As it is stored and answered, in UTF-8 without spaces. */
export const MAX_POLICY_BYTES = 512 * 1024;

export const calendarLimit = 100;
export const ruleLimit = 500;
export const planLimit = 200;

export const PolicyDocument = Type.Object(
  {
    ...Policy.properties,
    language: Type.Optional(Language),
    calendars: Type.Optional(Type.Array(Calendar, { maxItems: calendarLimit })),
    rules: Type.Optional(
      Type.Array(Rule, {
        maxItems: ruleLimit,
        description: 'In order: the first one that matches decides.',
      }),
    ),
    plans: Type.Optional(Type.Array(Plan, { maxItems: planLimit })),
  },
  {
    additionalProperties: false,
    description:
      'Teams, skills, agents and channels may be named by id or, whatever the case, by name; they are stored and answered by id.',
  },
);
export type PolicyDocument = Static<typeof PolicyDocument>;

export const PolicyVersion = Type.Object({
  version: Type.Integer(),
  policy: PolicyDocument,
  createdAt: Type.String({ format: 'date-time' }),
  createdBy: Type.String(),
});
export type PolicyVersion = Static<typeof PolicyVersion>;

export const PolicyChange = Type.Object({
  path: Type.String({
    description:
      'What changed, as a JSON Pointer with names in place of positions: /plans/Billing/steps/60/team. A step goes by its `after`, an exception of a calendar by its date.',
  }),
  kind: Type.Enum(['added', 'removed', 'changed', 'moved'], {
    description: 'moved: of a rule, whose place among the others decides.',
  }),
  before: Type.Optional(
    Type.Unknown({ description: 'Not of what was added. Of a moved rule: its place, from 1.' }),
  ),
  after: Type.Optional(Type.Unknown({ description: 'Not of what was removed.' })),
});
export type PolicyChange = Static<typeof PolicyChange>;

export const PolicyCheck = Type.Object({
  faults: Type.Array(PolicyFault, { description: 'With any of them the policy is refused whole.' }),
  warnings: Type.Array(PolicyFault, { description: 'What is legal and useless.' }),
  changes: Type.Array(PolicyChange, {
    description: 'What putting it in force would change. Empty while there are faults.',
  }),
  dryRun: Type.Optional(DryRun),
});
export type PolicyCheck = Static<typeof PolicyCheck>;

export const PolicyDiff = Type.Object({
  version: Type.Integer(),
  against: Type.Union([Type.Integer(), Type.Null()], {
    description: 'null: it is the first version; everything in it was added.',
  }),
  changes: Type.Array(PolicyChange),
});
export type PolicyDiff = Static<typeof PolicyDiff>;
