// The list of rules: the last one for everybody else stays the last, and starting points are policies without a fault.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultPolicy } from '../../../src/contract/policy/policy.ts';
import type { Rule } from '../../../src/contract/policy/rule.ts';
import { readPolicy } from '../../../src/routing/policy/read-policy.ts';
import {
  copyRule,
  insertRule,
  isLast,
  makeRule,
  moveRule,
  removeRule,
  withLastRule,
} from './rule-list.ts';
import { beginWith, startingPoints } from './starting-points.ts';

const rule = (name: string) => makeRule(name, { field: 'source', is: name }, { plan: 'Day' });
const last = makeRule('Everybody else', undefined, { plan: 'Day' });
const rules: Rule[] = [rule('a'), rule('b'), rule('c'), last];
const namesOf = (list: readonly Rule[]) => list.map(({ name }) => name).join('');

test('whatever is done with rules, the one for everybody else stands last and once', () => {
  const place = fc.integer({ min: 0, max: 6 });
  const step = fc.oneof(
    fc.tuple(place, place).map(
      ([from, to]) =>
        (list: Rule[]) =>
          moveRule(list, from, to),
    ),
    place.map((at) => (list: Rule[]) => removeRule(list, at)),
    place.map((at) => (list: Rule[]) => insertRule(list, rule('new'), at)),
    place.map((at) => (list: Rule[]) => copyRule(list, at, 'Copy')),
  );
  const run = fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
    const done = steps.reduce((list, change) => change(list), rules);
    expect(done.filter(({ when }) => when === undefined)).toEqual([last]);
    expect(isLast(done, done.length - 1)).toBe(true);
  });
  fc.assert(run);
});

test('a rule is moved to its place, and behind the others at most', () => {
  expect(namesOf(moveRule(rules, 2, 0))).toBe('cabEverybody else');
  expect(namesOf(moveRule(rules, 0, 9))).toBe('bcaEverybody else');
});

test('a copy stands behind its rule and has a name of its own', () => {
  const once = copyRule(rules, 0, 'a (copy)');
  expect(namesOf(copyRule(once, 0, 'A (copy)'))).toBe('aA (copy) 2a (copy)bcEverybody else');
});

test('a policy without rules gets one for everybody else and the plan that it names', () => {
  const { rules: made, plans } = withLastRule(defaultPolicy, { last: 'Rest', plan: 'Default' });
  expect(made).toEqual([makeRule('Rest', undefined, { plan: 'Default' })]);
  expect(plans).toEqual([{ name: 'Default', steps: [{ after: 0 }] }]);
});

const names = {
  ...{ last: 'Everybody else', defaultPlan: 'Default', gold: 'Gold', night: 'Night' },
  ...{ web: 'Web chat', office: 'Office' },
};
const args = { names, timeZone: 'Asia/Jakarta', nightTeam: 'Night team' };
const team = { id: '0190f5a0-0000-7000-8000-000000000001', name: 'Night team' };
const known = { teams: [team], skills: [], agents: [], channels: [] };

test('each starting point, and all of them one after the other, has no fault', () => {
  const alone = startingPoints.map((point) => beginWith(defaultPolicy, point, args));
  const together = startingPoints.reduce(
    (policy, point) => beginWith(policy, point, args),
    defaultPolicy,
  );
  const twice = startingPoints.reduce((policy, point) => beginWith(policy, point, args), together);
  for (const policy of [...alone, together, twice]) {
    expect(readPolicy(policy, known, Date.UTC(2026, 0, 1)).faults).toEqual([]);
  }
  expect(namesOf(together.rules ?? [])).toBe('Web chatNightGoldEverybody else');
});
