// The differences between two policies, as people would tell them.
import { expect, test } from 'vitest';
import { validPolicies } from '../../../test/makers/valid-policies.ts';
import { diffPolicies } from './diff-policies.ts';
import type { PolicyDocument } from './document.ts';

const full = (): PolicyDocument =>
  structuredClone(validPolicies()['the one of the guide'] as PolicyDocument);
const changed = (change: (policy: Required<PolicyDocument>) => void): PolicyDocument => {
  const policy = full();
  change(policy as Required<PolicyDocument>);
  return policy;
};
const told = (before: PolicyDocument, after: PolicyDocument) =>
  diffPolicies(before, after).map(({ kind, path }) => `${kind} ${path}`);

test('a policy does not differ from itself, in whatever order its fields stand', () => {
  const shuffled = changed((policy) => {
    const [plan, ...others] = policy.plans;
    if (plan)
      policy.plans = [Object.fromEntries(Object.entries(plan).toReversed()) as never, ...others];
  });
  expect(told(full(), full())).toEqual([]);
  expect(told(full(), shuffled)).toEqual([]);
});

test('what changed in a plan is told by its name, and in a step by its time', () => {
  const after = changed(({ plans: [billing, night] }) => {
    if (billing?.steps[1])
      billing.steps[1] = { after: 60, team: null, skills: { portuguese: 3, english: 1 } };
    if (billing?.sticky) billing.sticky.within = '7d';
    delete billing?.hours;
    night?.steps.push({ after: 90 });
  });
  expect(diffPolicies(full(), after)).toEqual([
    { path: '/plans/Billing/steps/60/team', kind: 'changed', before: 'Billing', after: null },
    { path: '/plans/Billing/steps/60/skills/portuguese', kind: 'changed', before: 2, after: 3 },
    { path: '/plans/Billing/steps/60/skills/english', kind: 'added', after: 1 },
    { path: '/plans/Billing/sticky/within', kind: 'changed', before: '30d', after: '7d' },
    {
      ...{ path: '/plans/Billing/hours', kind: 'removed' },
      before: { calendar: 'Office', otherwise: 'plan:Night' },
    },
    { path: '/plans/Night/steps/90', kind: 'added', after: { after: 90 } },
  ]);
});

test('of the order of plans and calendars nothing depends', () => {
  expect(
    told(
      full(),
      changed((policy) => policy.plans.reverse()),
    ),
  ).toEqual([]);
});

test('a plan under another name is another plan', () => {
  const after = changed(({ plans }) => {
    if (plans[1]) plans[1].name = 'Evening';
  });
  expect(told(full(), after)).toEqual(['removed /plans/Night', 'added /plans/Evening']);
});

test('only the rule that was moved is told as moved, with its places', () => {
  const many = (order: string) =>
    changed((policy) => {
      policy.rules = [...order].map((name) => ({ ...policy.rules[1], name }) as never);
    });
  const moved = (before: string, after: string) =>
    diffPolicies(many(before), many(after)).map(({ path, before: was, after: is }) => [
      path,
      was,
      is,
    ]);
  expect(moved('abcde', 'bcdea')).toEqual([['/rules/a', 1, 5]]);
  expect(moved('abcde', 'eabcd')).toEqual([['/rules/e', 5, 1]]);
  expect(moved('ab', 'ba')).toHaveLength(1);
  expect(told(many('abc'), many('axbc'))).toEqual(['added /rules/x']);
  expect(told(many('abc'), many('ac'))).toEqual(['removed /rules/b']);
});

test('the condition of a rule changes as a whole', () => {
  const when = { field: 'source', is: 'wa' };
  const after = changed(({ rules: [gold] }) => Object.assign(gold ?? {}, { when }));
  expect(diffPolicies(full(), after)).toEqual([
    {
      path: '/rules/Gold customers/when',
      kind: 'changed',
      before: full().rules?.[0]?.when,
      after: when,
    },
  ]);
});

test('the exceptions of a calendar are told by their dates', () => {
  const after = changed(({ calendars: [office] }) => {
    office?.exceptions?.splice(0, 1, { date: '2031-01-01' });
  });
  expect(told(full(), after)).toEqual([
    'removed /calendars/Office/exceptions/2030-12-25',
    'added /calendars/Office/exceptions/2031-01-01',
  ]);
});

test('names with signs, or such as every object has, are told as they are', () => {
  const odd = changed(({ plans: [billing] }) => {
    Object.assign(billing?.steps[0]?.skills ?? {}, { constructor: 2, 'a/b~c': 1 });
  });
  expect(told(full(), odd)).toEqual([
    'added /plans/Billing/steps/0/skills/constructor',
    'added /plans/Billing/steps/0/skills/a~1b~0c',
  ]);
});
