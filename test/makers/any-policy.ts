// Policies that hold, as fast-check draws them, for the company of `makeCompany`: few names, so that many things meet.
import fc from 'fast-check';
import type { PolicyDocument } from '../../src/contract/policy/document.ts';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import type { Condition } from '../../src/contract/policy/rule-fields.ts';

type Rules = NonNullable<PolicyDocument['rules']>;
type Plans = NonNullable<PolicyDocument['plans']>;
type Calendars = NonNullable<PolicyDocument['calendars']>;

const PLANS = ['Day', 'Night', 'Gold'] as const;
const SKILLS = ['billing', 'portuguese', 'english'] as const;
const priority = fc.constantFrom('low', 'normal', 'high', 'urgent');
const hour = (at: number) => `${String(at).padStart(2, '0')}:00`;

const comparison = fc.oneof(
  ...[
    fc.record({
      field: fc.constantFrom('contact.attributes.tier', 'conversation.tags'),
      is: fc.constantFrom('gold', 'silver', 'GOLD', 'tried'),
    }),
    fc.record({ field: fc.constant('contact.attributes.tier'), exists: fc.boolean() }),
    fc.record({ field: fc.constant('contact.name'), startsWith: fc.constantFrom('A', 's') }),
    fc.record({ field: fc.constant('conversation.priority'), is: priority }),
    fc.record({ field: fc.constant('channelKind'), is: fc.constantFrom('api', 'rapidpro') }),
    fc.record({
      field: fc.constant('conversation.department'),
      is: fc.constantFrom('Billing', 'sales'),
    }),
    fc.record({
      field: fc.constantFrom('waiting.Day', 'waiting.Night', 'online.Billing', 'online.Sales'),
      moreThan: fc.nat(6),
    }),
    fc.record({
      field: fc.constantFrom('contact.conversations', 'now.hour'),
      lessThan: fc.nat(24),
    }),
    fc.record({ field: fc.constant('now.open'), is: fc.constant('Office') }),
  ].map((one) => one as fc.Arbitrary<Condition>),
);
const pair = fc.tuple(comparison, comparison);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: comparison },
  pair.map((all) => ({ all })),
  pair.map((any) => ({ any })),
  comparison.map((not) => ({ not })),
);

const rules: fc.Arbitrary<Rules> = fc
  .tuple(
    fc.array(
      fc.record({
        when: condition,
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: fc.record(
          {
            plan: fc.constantFrom(...PLANS),
            priority,
            addTags: fc.constantFrom<string[][]>(['tried'], ['tried', 'seen']),
          },
          { requiredKeys: ['plan'] },
        ),
      }),
      { maxLength: 4 },
    ),
    fc.constantFrom(...PLANS),
  )
  .map(([some, plan]) => [
    ...some.map((rule, nth) => ({ name: `Rule ${nth}`, ...rule })),
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    { name: 'Everybody else', then: { plan } },
  ]);

const needs = fc.record(
  {
    team: fc.constantFrom('Billing', 'Support', null),
    skills: fc.dictionary(fc.constantFrom(...SKILLS), fc.integer({ min: 1, max: 5 })),
    priority,
  },
  { requiredKeys: [] },
);
const steps = fc
  .tuple(fc.subarray([60, 300, 1200]), fc.array(needs, { minLength: 4, maxLength: 4 }))
  .map(([later, all]) => [0, ...later].map((after, nth) => ({ after, ...all[nth] })));

/** A plan leads only to one behind it, so none leads back. */
const plans: fc.Arbitrary<Plans> = fc
  .tuple(...PLANS.map(() => fc.tuple(steps, fc.boolean(), fc.boolean(), fc.boolean())))
  .map((all) =>
    all.map(([itsSteps, hasHours, leads, isSticky], nth) => {
      const next = PLANS[nth + 1];
      const otherwise = leads && next !== undefined ? `plan:${next}` : 'queue';
      return {
        ...{ name: PLANS[nth] as string, steps: itsSteps },
        ...(hasHours && { hours: { calendar: 'Office', otherwise } }),
        ...(isSticky && { sticky: { within: '30d' } }),
      };
    }),
  );

const calendars: fc.Arbitrary<Calendars> = fc
  .tuple(
    fc.constantFrom('UTC', 'Asia/Jakarta', 'America/Sao_Paulo'),
    fc.subarray([0, 3, 6, 9, 12, 15, 18, 21]),
  )
  .map(([timeZone, hours]) => [
    {
      ...{ name: 'Office', timeZone },
      weekly: hours.map((from) => ({
        ...{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const },
        ...{ from: hour(from), to: hour(from + 2) },
      })),
    },
  ]) as fc.Arbitrary<Calendars>;

/** Now and then one without rules. */
export const anyPolicy: fc.Arbitrary<PolicyDocument> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record({ rules, plans, calendars })
      .map((parts): PolicyDocument => ({ ...defaultPolicy, ...parts })),
  },
  { weight: 1, arbitrary: fc.constant<PolicyDocument>(defaultPolicy) },
);
