// Where the form of a rule shows what is wrong with it.
import { expect, test } from 'vitest';
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import { divideFaults } from './faults-of-rule.ts';
import type { QueryGroup } from './query.ts';

const fault = (path: string): PolicyFault => ({
  path,
  code: 'a.b',
  detail: `${path}.`,
  remedy: '',
});
const rule = (id: string) => ({ id, field: 'source', operator: 'is' as const, value: 'wa' });
const query: QueryGroup = {
  id: 'all',
  combinator: 'all',
  rules: [
    rule('first'),
    { id: 'none', combinator: 'none', rules: [rule('second'), rule('third')] },
    { id: 'not', combinator: 'none', alone: true, rules: [rule('fourth')] },
    { id: 'empty', combinator: 'any', rules: [] },
  ],
};

const ownersOf = (paths: string[], of = query) => {
  const faults = paths.map((path) => fault(`/rules/1${path}`));
  const { parts, rest } = divideFaults({ faults, warnings: [] }, { path: '/rules/1', query: of });
  return {
    parts: [...parts].map(([id, found]) => [id, found.faults.map(({ path }) => path)]),
    rest: rest.faults.map(({ path }) => path),
  };
};

test('a fault is shown at the innermost condition or group at whose place it stands', () => {
  const paths = [
    '/when/all/0/is',
    '/when/all/1/not/any/1/field',
    '/when/all/2/not/is',
    '/when/all/3/any',
    '/when',
  ];
  expect(ownersOf(paths).parts).toEqual([
    ['all', ['/when']],
    ['first', ['/when/all/0/is']],
    ['third', ['/when/all/1/not/any/1/field']],
    ['fourth', ['/when/all/2/not/is']],
    ['empty', ['/when/all/3/any']],
  ]);
});

test('of a rule with one condition the fault is shown there', () => {
  const only: QueryGroup = { id: 'all', combinator: 'all', alone: true, rules: [rule('only')] };
  expect(ownersOf(['/when/is'], only).parts).toEqual([['only', ['/when/is']]]);
});

test('the tenth condition is not the first, and what is of no field stands below the form', () => {
  const many = { ...query, rules: Array.from({ length: 11 }, (_, nth) => rule(`r${nth}`)) };
  expect(ownersOf(['/when/all/10/is'], many).parts).toEqual([['r10', ['/when/all/10/is']]]);
  expect(ownersOf(['', '/then', '/name', '/then/plan']).rest).toEqual(['', '/then']);
});

test('the name, the plan and the tags have their own, and those of other rules are left out', () => {
  const faults = ['/name', '/then/plan', '/then/addTags/3'].map((path) => fault(`/rules/1${path}`));
  const others = [fault('/rules/10/name'), fault('/plans/1/name')];
  const found = { faults: [...faults, ...others], warnings: [fault('/rules/1')] };
  const { name, plan, tags, rest } = divideFaults(found, { path: '/rules/1', query });
  expect([name, plan, tags]).toEqual(
    ['/name', '/then/plan', '/then/addTags/3'].map((path) => `/rules/1${path}.`),
  );
  expect(rest).toEqual({
    faults: [],
    warnings: [fault('')].map((one) => ({ ...one, detail: '/rules/1.' })),
  });
});
