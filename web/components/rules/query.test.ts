// Conditions go to the query builder and come back as they were.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Condition,
  type FieldType,
  MAX_DEPTH,
  operatorsOf,
  ruleFields,
  type Scalar,
} from '../../../src/contract/policy/rule-fields.ts';
import { checkRules } from '../../../src/routing/rules/check-rules.ts';
import { toCondition, toQuery } from './query.ts';

const rest = fc.constantFrom('tier', 'address.city', 'items.0.sku', 'Größe', 'a b');
const fieldAndType = fc
  .tuple(fc.constantFrom(...(Object.entries(ruleFields) as [string, FieldType][])), rest)
  .map(([[name, type], below]) => ({ field: name.endsWith('.') ? `${name}${below}` : name, type }));

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const number = fc.oneof(fc.integer(), fc.constantFrom(0, -1.5, 1e6));
const scalars: Record<FieldType, fc.Arbitrary<Scalar>> = {
  text,
  texts: text,
  calendar: text,
  number,
  flag: fc.boolean(),
  any: fc.oneof<fc.Arbitrary<Scalar>[]>(text, number, fc.boolean()),
};

const comparison: fc.Arbitrary<Condition> = fieldAndType.chain(({ field, type }) =>
  fc.constantFrom(...operatorsOf[type]).chain((operator) => {
    const of = scalars[type];
    const value = {
      ...{ is: of, isNot: of, in: fc.array(of, { minLength: 1, maxLength: 4 }) },
      ...{ contains: text, startsWith: text, exists: fc.boolean() },
      ...{ moreThan: number, lessThan: number },
    }[operator] as fc.Arbitrary<Scalar | Scalar[]>;
    return value.map((one) => ({ field, [operator]: one }) as Condition);
  }),
);

/** At most `depth` groups within one another. */
function conditions(depth: number): fc.Arbitrary<Condition> {
  if (depth === 0) return comparison;
  const inner = conditions(depth - 1);
  const several = fc.array(inner, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 2, arbitrary: comparison },
    { weight: 1, arbitrary: several.map((all) => ({ all })) },
    { weight: 1, arbitrary: several.map((any) => ({ any })) },
    { weight: 1, arbitrary: inner.map((not) => ({ not })) },
  );
}

test('every condition that is legal comes back equal', () => {
  const run = fc.property(conditions(MAX_DEPTH), (when) => {
    expect(toCondition(toQuery(when))).toEqual(when);
  });
  fc.assert(run, { numRuns: 3000 });
});

test('what the property tries has groups of each form, at the greatest depth that the server takes', () => {
  const seen = fc.sample(conditions(MAX_DEPTH), { numRuns: 3000, seed: 1 });
  const said = seen.map((when) => JSON.stringify(when));
  for (const form of [
    '{"not":{"not"',
    '{"not":{"all"',
    '{"not":{"any"',
    '{"not":{"field"',
    '"any":[',
  ]) {
    expect(
      said.some((one) => one.includes(form)),
      form,
    ).toBe(true);
  }
  const codes = seen.flatMap((when) => {
    const then = { plan: 'p' };
    const rules = ['a', 'b'].map((name, nth) => ({ name, ...(nth === 0 && { when }), then }));
    return checkRules(rules, {}).faults.map(({ code }) => code);
  });
  expect(codes).not.toContain('group.too-deep');
});

test('a rule without a condition is an empty group, and stays without', () => {
  expect(toCondition(toQuery(undefined))).toBeUndefined();
});

test('a first comparison stands by itself, a second one makes a group of both', () => {
  const empty = toQuery(undefined);
  const one = { field: 'source', operator: 'is', value: 'wa' } as const;
  expect(toCondition({ ...empty, rules: [one] })).toEqual({ field: 'source', is: 'wa' });
  expect(toCondition({ ...empty, rules: [one, one] })).toEqual({
    all: [
      { field: 'source', is: 'wa' },
      { field: 'source', is: 'wa' },
    ],
  });
});
