import { expect, test } from 'vitest';
import type { Rule } from '../../contract/policy/rule.ts';
import type { Condition } from '../../contract/policy/rule-fields.ts';
import { compileRules } from './compile-rules.ts';
import type { Facts } from './facts.ts';
import { matchRules } from './match-rules.ts';

function makeRule(name: string, when?: unknown, then: Partial<Rule['then']> = {}): Rule {
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const rule = { name, then: { plan: name, ...then } };
  return when === undefined ? rule : { ...rule, when: when as Condition };
}

const match = (rules: Rule[], facts: Facts) => matchRules(compileRules(rules), facts);
const holds = (when: unknown, facts: Facts) => match([makeRule('it', when)], facts) !== null;
const tier = (value: unknown): Facts => ({ contact: { attributes: { tier: value } } });
const byTier = (rest: object) => ({ field: 'contact.attributes.tier', ...rest });

test('the first rule that matches decides', () => {
  const rules = [
    makeRule('Silver', byTier({ is: 'silver' })),
    makeRule('Gold', byTier({ is: 'gold' }), { priority: 'high', addTags: ['gold'] }),
    makeRule('Metal', byTier({ exists: true })),
    makeRule('Everybody else'),
  ];
  expect(match(rules, tier('GOLD'))).toEqual({
    ...{ rule: 'Gold', nth: 1, plan: 'Gold', priority: 'high', addTags: ['gold'] },
    because: [
      {
        ...{ field: 'contact.attributes.tier', operator: 'is', value: 'gold' },
        ...{ holds: true, found: 'GOLD' },
      },
    ],
  });
  expect(match(rules, tier('tin'))?.rule).toBe('Metal');
  expect(match(rules, {})).toEqual({
    ...{ rule: 'Everybody else', nth: 3, plan: 'Everybody else', priority: null, addTags: [] },
    because: [],
  });
});

test('no rules, or none that matches, is no match', () => {
  expect(match([], {})).toBeNull();
  expect(match([makeRule('Gold', byTier({ is: 'gold' }))], {})).toBeNull();
});

test.each([
  [{ is: 'gold' }],
  [{ isNot: 'gold' }],
  [{ in: ['gold'] }],
  [{ contains: 'o' }],
  [{ startsWith: 'g' }],
  [{ moreThan: 1 }],
  [{ lessThan: 1 }],
  [{ exists: true }],
])('a missing field makes %j false', (rest) => {
  for (const facts of [{}, tier(null), tier(undefined), tier(Number.NaN), { contact: null }]) {
    expect(holds(byTier(rest), facts)).toBe(false);
  }
});

test.each([
  [{ is: 'gold' }, 'Gold', true],
  [{ is: 'gold' }, 'golden', false],
  [{ isNot: 'gold' }, 'silver', true],
  [{ isNot: 'gold' }, 'GOLD', false],
  [{ isNot: 'gold' }, '', true],
  [{ isNot: 'gold' }, [], true],
  [{ isNot: 'gold' }, ['silver', 'Gold'], false],
  [{ isNot: 'gold' }, {}, true],
  [{ is: 'gold' }, ['silver', 'Gold'], true],
  [{ in: ['silver', 'gold'] }, 'Gold', true],
  [{ in: ['silver', 5] }, '', false],
  [{ in: ['', 5] }, 'gold', false],
  [{ contains: 'OL' }, 'Gold', true],
  [{ contains: 'vip' }, 'not-vip', true],
  [{ contains: 'vip' }, ['not-vip'], false],
  [{ contains: 'vip' }, ['x', 'VIP'], true],
  [{ startsWith: 'go' }, 'GOLD', true],
  [{ startsWith: 'ol' }, 'GOLD', false],
  [{ startsWith: 'go' }, ['x', 'GOLD'], true],
  [{ startsWith: '62' }, 62_812, true],
  [{ is: 42 }, '42', true],
  [{ is: 42 }, ' 42.0 ', true],
  [{ is: '42' }, 42, true],
  [{ is: '42' }, '42.0', false],
  [{ is: true }, 'True', true],
  [{ is: 'true' }, true, true],
  [{ is: true }, 1, false],
  [{ is: 1 }, true, false],
  [{ is: 0 }, '', false],
  [{ moreThan: 41 }, '42', true],
  [{ moreThan: 42 }, 42, false],
  [{ lessThan: 42 }, '42', false],
  [{ lessThan: 43 }, ' +42 ', true],
  [{ lessThan: 1 }, '-3.5', true],
  [{ moreThan: 999 }, '1e3', true],
  [{ moreThan: 1 }, '0x10', false],
  [{ moreThan: 1 }, 'Infinity', false],
  [{ moreThan: 1 }, '1,000', false],
  [{ moreThan: 1 }, '12 items', false],
  [{ lessThan: 1 }, '', false],
  [{ moreThan: 0 }, true, false],
  [{ moreThan: 3 }, [1, '4'], true],
  [{ moreThan: 1 }, '9'.repeat(41), false],
  [{ exists: true }, 'x', true],
  [{ exists: true }, 0, true],
  [{ exists: true }, false, true],
  [{ exists: true }, {}, true],
  [{ exists: true }, '', false],
  [{ exists: true }, [], false],
  [{ exists: false }, null, true],
  [{ exists: false }, undefined, true],
  [{ exists: false }, '', true],
  [{ exists: false }, 'x', false],
])('%j of %j is %s', (rest, value, expected) => {
  expect(holds(byTier(rest), tier(value))).toBe(expected);
});

test('a channel is found by its id and by its name, in whole and in part', () => {
  const facts = { channel: ['0190-id', 'Support Jakarta'] };
  expect(holds({ field: 'channel', is: 'support jakarta' }, facts)).toBe(true);
  expect(holds({ field: 'channel', is: '0190-id' }, facts)).toBe(true);
  expect(holds({ field: 'channel', isNot: '0190-id' }, facts)).toBe(false);
  expect(holds({ field: 'channel', contains: 'jakarta' }, facts)).toBe(true);
});

test('a calendar that is not open makes `isNot` true, and `not` too', () => {
  const facts = { now: { open: ['Night'] } };
  expect(holds({ field: 'now.open', is: 'Night' }, facts)).toBe(true);
  expect(holds({ field: 'now.open', isNot: 'Office' }, facts)).toBe(true);
  expect(holds({ not: { field: 'now.open', is: 'Office' } }, facts)).toBe(true);
});

const yes = { field: 'source', exists: true };
const no = { field: 'source', exists: false };

test.each([
  [{ all: [yes, yes] }, true],
  [{ all: [yes, no] }, false],
  [{ any: [no, yes] }, true],
  [{ any: [no, no] }, false],
  [{ not: no }, true],
  [{ not: { all: [yes, { any: [no, yes] }] } }, false],
])('%j is %s', (when, expected) => {
  expect(holds(when, { source: 'wa' })).toBe(expected);
});

function because(when: unknown, facts: Facts) {
  const told = match([makeRule('it', when)], facts)?.because ?? [];
  return told.map(({ field, holds: held }) => `${held ? '' : 'not '}${field}`);
}

test('because of: of `all` each part, of `any` the first that holds, of `not` what does not hold', () => {
  const facts = { source: 'wa', channelKind: 'qiscus' };
  const source = { field: 'source', is: 'wa' };
  const kind = { field: 'channelKind', is: 'qiscus' };
  const page = { field: 'conversation.page', exists: true };
  const text = { field: 'conversation.text', exists: true };
  expect(because({ all: [source, kind] }, facts)).toEqual(['source', 'channelKind']);
  expect(because({ any: [page, kind, source] }, facts)).toEqual(['channelKind']);
  expect(because({ not: page }, facts)).toEqual(['not conversation.page']);
  expect(because({ not: { any: [page, text] } }, facts)).toEqual([
    'not conversation.page',
    'not conversation.text',
  ]);
  expect(because({ not: { all: [source, text, page] } }, facts)).toEqual(['not conversation.text']);
  expect(because({ not: { not: { all: [source, kind] } } }, facts)).toEqual([
    'source',
    'channelKind',
  ]);
});

test('what is told stays small: beginnings of texts and lists, the value of `in` that was found', () => {
  const long = 'x'.repeat(5000);
  const told = (rest: object, value: unknown) =>
    match([makeRule('it', byTier(rest))], tier(value))?.because[0];
  expect(told({ contains: 'x' }, long)?.found).toBe('x'.repeat(100));
  expect(told({ isNot: 'x' }, Array(50).fill(1))?.found).toHaveLength(10);
  expect(told({ in: ['a', 'b', 'GOLD'] }, 'gold')?.value).toBe('GOLD');
  expect(told({ exists: true }, { an: 'object' })).not.toHaveProperty('found');
  expect(told({ exists: true }, Number.POSITIVE_INFINITY)).not.toHaveProperty('found');
  expect(told({ exists: true }, `${'x'.repeat(99)}😀`)?.found).toBe(`${'x'.repeat(99)}\ufffd`);
  expect(told({ exists: true }, 'a\0b')?.found).toBe('a\ufffdb');
  const many = { all: Array(100).fill(byTier({ exists: true })) };
  expect(match([makeRule('it', many)], tier('x'))?.because).toHaveLength(20);
});

const deep = (groups: number, inner: unknown = yes): unknown =>
  groups === 0 ? inner : { all: [deep(groups - 1, inner)] };

test.each<[string, unknown]>([
  ['null', null],
  ['a list', [yes]],
  ['an empty object', {}],
  ['an empty group', { all: [] }],
  ['an empty group within', { any: [yes, { any: [] }] }],
  ['two groups', { all: [yes], any: [yes] }],
  ['an unknown field', { field: 'contact.age', exists: false }],
  ['an unknown operator', { field: 'source', like: 'wa' }],
  ['two operators', { field: 'source', exists: true, is: 'wa' }],
  ['an operator of another type', { field: 'source', moreThan: 1 }],
  ['a value of another type', { field: 'source', is: 1 }],
  ['groups too deep', deep(6)],
  ['too many comparisons', { all: Array(101).fill(yes) }],
])('a condition that is not understood never matches, nor below a `not`: %s', (_, when) => {
  expect(holds(when, { source: 'wa' })).toBe(false);
  expect(holds({ not: when }, { source: 'wa' })).toBe(false);
  expect(holds({ any: [yes, when] }, { source: 'wa' })).toBe(false);
});

test('the deepest and the largest condition that are allowed are understood', () => {
  expect(holds(deep(5), { source: 'wa' })).toBe(true);
  expect(holds({ all: Array(100).fill(yes) }, { source: 'wa' })).toBe(true);
});

test('only the beginning of what strangers send is looked at', () => {
  const text = (value: string): Facts => ({ conversation: { text: value } });
  const refund = { field: 'conversation.text', contains: 'refund' };
  expect(holds(refund, text(`${'x'.repeat(3994)}refund`))).toBe(true);
  expect(holds(refund, text(`${'x'.repeat(3995)}refund`))).toBe(false);
  expect(holds(byTier({ is: 1 }), tier([...Array(99).fill(0), 1]))).toBe(true);
  expect(holds(byTier({ is: 1 }), tier([...Array(100).fill(0), 1]))).toBe(false);
  const long = 'x'.repeat(1000);
  expect(holds(byTier({ is: 'gold' }), tier([...Array(19).fill(long), 'gold']))).toBe(true);
  expect(holds(byTier({ is: 'gold' }), tier([...Array(20).fill(long), 'gold']))).toBe(false);
  const hostile = 'a\u0301\u0316'.repeat(1_000_000);
  const began = performance.now();
  expect(holds(byTier({ is: 'a' }), tier(Array(1_000_000).fill(hostile)))).toBe(false);
  expect(holds(refund, text(hostile))).toBe(false);
  expect(performance.now() - began).toBeLessThan(1000);
});
