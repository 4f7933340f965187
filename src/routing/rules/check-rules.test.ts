import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operatorsOf, ruleFields } from '../../contract/policy/rule-fields.ts';
import { checkRules } from './check-rules.ts';
import { compileRules } from './compile-rules.ts';

const names = {
  plans: ['Default', 'Night', 'Level 2.1'],
  calendars: ['Office'],
  teams: ['Sales', '0190-team'],
  channels: ['Web', '0190-channel'],
};
// biome-ignore-start lint/suspicious/noThenProperty: the name is part of the public document.
const last = { name: 'Everybody else', then: { plan: 'Default' } };
const makeRule = (when: unknown, name = 'First') => ({ name, when, then: { plan: 'Default' } });
const doing = (then: unknown) => [{ name: 'First', then }];
// biome-ignore-end lint/suspicious/noThenProperty: the name is part of the public document.
const check = (rules: unknown) => checkRules(rules, names);
const when = (condition: unknown) => [makeRule(condition), last];

const source = { field: 'source', is: 'wa' };
const any = (rest: object) => ({ field: 'contact.attributes.tier', ...rest });
const deep = (groups: number, inner: unknown = source): unknown =>
  groups === 0 ? inner : { all: [deep(groups - 1, inner)] };
const nested = (depth: number): unknown => {
  let at: unknown = source;
  for (let left = depth; left > 0; left -= 1) at = { not: at };
  return at;
};

type Broken = [title: string, rules: unknown, code: string, path: string];

const brokenRules: Broken[] = [
  ['no list', {}, 'rules.no-list', '/rules'],
  ['null', null, 'rules.no-list', '/rules'],
  ['a text', 'rules', 'rules.no-list', '/rules'],
  ['too many', Array(501).fill(last), 'rules.too-many', '/rules'],
  ['a rule that is null', [null, last], 'rule.no-object', '/rules/0'],
  ['a rule that is a list', [[], last], 'rule.no-object', '/rules/0'],
  ['a rule that is a text', ['x', last], 'rule.no-object', '/rules/0'],
  ['no name', [{ ...last, name: undefined }], 'rule.no-name', '/rules/0/name'],
  ['an empty name', [{ ...last, name: '' }], 'rule.no-name', '/rules/0/name'],
  ['a name that is a number', [{ ...last, name: 1 }], 'rule.no-name', '/rules/0/name'],
  ['a long name', [{ ...last, name: 'x'.repeat(101) }], 'rule.no-name', '/rules/0/name'],
  ['a name with NUL', [{ ...last, name: 'a\0' }], 'rule.no-name', '/rules/0/name'],
  ['a name with half a character', [{ ...last, name: '\ud800' }], 'rule.no-name', '/rules/0/name'],
  ['a key too many', [{ ...last, stop: true }], 'rule.unknown-key', '/rules/0/stop'],
  ['a key to escape', [{ ...last, 'a/b~': 1 }], 'rule.unknown-key', '/rules/0/a~1b~0'],
  [
    'two of one name',
    [makeRule(source), makeRule(any({ is: 'x' })), last],
    'rule.name-taken',
    '/rules/1/name',
  ],
  [
    'two names but for the case',
    [makeRule(source, 'GROß'), makeRule(any({ is: 'x' }), 'gross'), last],
    'rule.name-taken',
    '/rules/1/name',
  ],
  ['no default', [makeRule(source)], 'rules.no-default', '/rules/0'],
  [
    'no default of two',
    [makeRule(source), makeRule(any({ is: 1 }), 'B')],
    'rules.no-default',
    '/rules/1',
  ],
  ['no then', doing(undefined), 'then.no-object', '/rules/0/then'],
  ['then null', doing(null), 'then.no-object', '/rules/0/then'],
  ['then a list', doing([]), 'then.no-object', '/rules/0/then'],
  ['no plan', doing({}), 'plan.missing', '/rules/0/then/plan'],
  ['a plan that is null', doing({ plan: null }), 'plan.missing', '/rules/0/then/plan'],
  ['an empty plan', doing({ plan: '' }), 'plan.missing', '/rules/0/then/plan'],
  ['an unknown plan', doing({ plan: 'Nihgt' }), 'plan.unknown', '/rules/0/then/plan'],
  ['a plan in another case', doing({ plan: 'night' }), 'plan.unknown', '/rules/0/then/plan'],
  ['an inherited plan', doing({ plan: '__proto__' }), 'plan.unknown', '/rules/0/then/plan'],
  [
    'a priority',
    doing({ plan: 'Night', priority: 'top' }),
    'priority.unknown',
    '/rules/0/then/priority',
  ],
  [
    'a priority null',
    doing({ plan: 'Night', priority: null }),
    'priority.unknown',
    '/rules/0/then/priority',
  ],
  [
    'tags no list',
    doing({ plan: 'Night', addTags: 'gold' }),
    'tags.no-list',
    '/rules/0/then/addTags',
  ],
  [
    '21 tags',
    doing({ plan: 'Night', addTags: Array.from({ length: 21 }, String) }),
    'tags.no-list',
    '/rules/0/then/addTags',
  ],
  [
    'an empty tag',
    doing({ plan: 'Night', addTags: ['a', ''] }),
    'tag.wrong',
    '/rules/0/then/addTags/1',
  ],
  ['a tag null', doing({ plan: 'Night', addTags: [null] }), 'tag.wrong', '/rules/0/then/addTags/0'],
  [
    'a long tag',
    doing({ plan: 'Night', addTags: ['x'.repeat(101)] }),
    'tag.wrong',
    '/rules/0/then/addTags/0',
  ],
  [
    'a tag twice',
    doing({ plan: 'Night', addTags: ['a', 'a'] }),
    'tag.twice',
    '/rules/0/then/addTags/1',
  ],
  [
    'a deed too many',
    doing({ plan: 'Night', team: 'Sales' }),
    'then.unknown-key',
    '/rules/0/then/team',
  ],
];

/** What follows is below /rules/0/when. */
const brokenConditions: Broken[] = [
  ['null', null, 'condition.no-object', ''],
  ['a list', [source], 'condition.no-object', ''],
  ['a text', 'always', 'condition.no-object', ''],
  ['true', true, 'condition.no-object', ''],
  ['null in a group', { all: [source, null] }, 'condition.no-object', '/all/1'],
  ['not of nothing', { not: null }, 'condition.no-object', '/not'],
  ['not of a list', { not: [source] }, 'condition.no-object', '/not'],
  ['an empty object', {}, 'comparison.no-field', ''],
  ['no field', { is: 'wa' }, 'comparison.no-field', ''],
  ['a field that is a number', { field: 1, is: 'wa' }, 'comparison.no-field', '/field'],
  [
    'a field of the prototype alone',
    JSON.parse('{"__proto__": {"field": "source"}}'),
    'comparison.no-field',
    '',
  ],
  ['two groups', { all: [source], any: [source] }, 'group.more-keys', '/any'],
  ['a group and a comparison', { all: [source], ...source }, 'group.more-keys', '/field'],
  ['all of an object', { all: source }, 'group.no-list', '/all'],
  ['any of a text', { any: 'x' }, 'group.no-list', '/any'],
  ['all of null', { all: null }, 'group.no-list', '/all'],
  ['an empty all', { all: [] }, 'group.empty', '/all'],
  ['an empty any', { any: [] }, 'group.empty', '/any'],
  [
    'an empty group in a group',
    { any: [source, { not: { all: [] } }] },
    'group.empty',
    '/any/1/not/all',
  ],
  ['too deep', deep(6), 'group.too-deep', '/all/0'.repeat(5)],
  ['100,000 deep', nested(100_000), 'group.too-deep', '/not'.repeat(5)],
  ['too large', { any: Array(101).fill(source) }, 'condition.too-large', ''],
  [
    'too large in all',
    { any: Array(11).fill({ all: Array(10).fill(source) }) },
    'condition.too-large',
    '',
  ],
  ['no operator', { field: 'source' }, 'comparison.no-operator', ''],
  ['two operators', { ...source, isNot: 'fb' }, 'comparison.two-operators', '/isNot'],
  ['an unknown operator', { field: 'source', equals: 'wa' }, 'operator.unknown', '/equals'],
  [
    'an operator of the prototype',
    { field: 'source', toString: 'wa' },
    'operator.unknown',
    '/toString',
  ],
  ['a regular expression', { field: 'source', matches: '.*' }, 'operator.unknown', '/matches'],
  ['an operator beside', { ...source, note: 'x' }, 'operator.unknown', '/note'],
  ['an unknown field', { field: 'contact.age', is: 3 }, 'field.unknown', '/field'],
  ['an empty field', { field: '', is: 3 }, 'field.unknown', '/field'],
  ['a field in another case', { field: 'Contact.Name', is: 'x' }, 'field.unknown', '/field'],
  ['an inherited field', { field: 'constructor', exists: true }, 'field.unknown', '/field'],
  ['a path of nothing', { field: 'contact.attributes.', is: 'x' }, 'field.unknown', '/field'],
  [
    'attributes without a path',
    { field: 'contact.attributes', is: 'x' },
    'field.unknown',
    '/field',
  ],
  ['a hole in a path', { field: 'conversation.meta.a..b', is: 'x' }, 'field.unknown', '/field'],
  [
    'a long path',
    { field: `conversation.meta.${'a'.repeat(300)}`, is: 'x' },
    'field.unknown',
    '/field',
  ],
  ['NUL in a path', { field: 'conversation.meta.\0', is: 'x' }, 'field.unknown', '/field'],
  ['more than a text', { field: 'contact.name', moreThan: 3 }, 'operator.unfit', '/moreThan'],
  ['less than a list', { field: 'contact.tags', lessThan: 3 }, 'operator.unfit', '/lessThan'],
  [
    'a number contains',
    { field: 'conversation.files', contains: '3' },
    'operator.unfit',
    '/contains',
  ],
  ['a number begins', { field: 'now.hour', startsWith: '1' }, 'operator.unfit', '/startsWith'],
  ['one of flags', { field: 'contact.proved', in: [true] }, 'operator.unfit', '/in'],
  ['a calendar exists', { field: 'now.open', exists: true }, 'operator.unfit', '/exists'],
  ['a text is a number', { field: 'source', is: 3 }, 'value.wrong-type', '/is'],
  ['a text is null', { field: 'source', is: null }, 'value.wrong-type', '/is'],
  ['a text is a list', { field: 'source', is: ['wa'] }, 'value.wrong-type', '/is'],
  ['a text is an object', { field: 'source', is: {} }, 'value.wrong-type', '/is'],
  ['a number is a text', { field: 'now.hour', is: '9' }, 'value.wrong-type', '/is'],
  ['a number is not true', { field: 'now.hour', isNot: true }, 'value.wrong-type', '/isNot'],
  ['a flag is a text', { field: 'contact.proved', is: 'true' }, 'value.wrong-type', '/is'],
  ['more than a text value', any({ moreThan: '3' }), 'value.wrong-type', '/moreThan'],
  [
    'less than without end',
    any({ lessThan: Number.POSITIVE_INFINITY }),
    'value.wrong-type',
    '/lessThan',
  ],
  ['exists yes', any({ exists: 'yes' }), 'value.wrong-type', '/exists'],
  ['contains a number', any({ contains: 3 }), 'value.wrong-type', '/contains'],
  ['a null among choices', any({ in: ['a', null] }), 'value.wrong-type', '/in/1'],
  ['in a text', { field: 'source', in: 'wa' }, 'value.no-list', '/in'],
  ['in nothing', { field: 'source', in: [] }, 'value.no-choice', '/in'],
  [
    'in 101',
    any({ in: Array.from({ length: 101 }, (_, nth) => nth) }),
    'value.too-many-choices',
    '/in',
  ],
  ['a long text', any({ is: 'x'.repeat(401) }), 'value.too-long', '/is'],
  ['NUL in a text', any({ is: '\0' }), 'value.not-storable', '/is'],
  ['half a character', any({ in: ['a', 'b\udc00'] }), 'value.not-storable', '/in/1'],
  ['contains nothing', any({ contains: '' }), 'value.empty', '/contains'],
  ['begins with nothing', any({ startsWith: '' }), 'value.empty', '/startsWith'],
  ['an unknown weekday', { field: 'now.weekday', is: 'monday' }, 'value.unknown', '/is'],
  [
    'an unknown weekday in a list',
    { field: 'now.weekday', in: ['mon', 'tues'] },
    'value.unknown',
    '/in/1',
  ],
  ['an unknown kind', { field: 'channelKind', isNot: 'whatsapp' }, 'value.unknown', '/isNot'],
  ['an unknown priority', { field: 'conversation.priority', is: 'top' }, 'value.unknown', '/is'],
  ['an unknown calendar', { field: 'now.open', is: 'Holidays' }, 'calendar.unknown', '/is'],
  [
    'a calendar in another case',
    { field: 'now.open', in: ['office'] },
    'calendar.unknown',
    '/in/0',
  ],
  ['an unknown channel', { field: 'channel', is: 'Fax' }, 'channel.unknown', '/is'],
  ['an unknown plan', { field: 'waiting.Day', moreThan: 3 }, 'plan.unknown', '/field'],
  ['an unknown team', { field: 'online.Support', lessThan: 1 }, 'team.unknown', '/field'],
  ['an inherited team', { field: 'online.__proto__', lessThan: 1 }, 'team.unknown', '/field'],
];

const broken: Broken[] = [
  ...brokenRules,
  ...brokenConditions.map(([title, condition, code, path]): Broken => {
    return [title, when(condition), code, `/rules/0/when${path}`];
  }),
];

test('at least 80 broken rules are tried', () => expect(broken.length).toBeGreaterThanOrEqual(80));

describe('one fault, with its place and remedy', () => {
  test.each(broken)('%s', (_, rules, code, path) => {
    const { faults } = check(rules);
    expect(faults.map((fault) => [fault.code, fault.path])).toEqual([[code, path]]);
    for (const { detail, remedy } of faults) {
      expect(detail).toMatch(/^[A-Z“].{8,400}\.$/s);
      expect(remedy).toMatch(/^[A-Z“].{8,600}\.$/s);
      expect(`${detail}${remedy}`.isWellFormed()).toBe(true);
    }
  });
});

test('what the check refuses of a condition’s form, never matches', () => {
  for (const [title, condition, code] of brokenConditions) {
    // Names, and the lengths that a store can hold, are no matter of form.
    if (/^(value\.(unknown|too-long|not|empty)|calendar|channel|plan|team)/.test(code)) continue;
    if (title.startsWith('NUL')) continue;
    expect([title, compileRules(when(condition) as never).rules.length]).toEqual([title, 1]);
  }
});

test.each<[string, unknown[], string, string]>([
  ['behind one without a condition', [last, makeRule(source)], 'rule.unreachable', '/rules/1'],
  ['a second without one', [last, { ...last, name: 'B' }], 'rule.unreachable', '/rules/1'],
  [
    'the same condition',
    [makeRule(source), makeRule(source, 'B'), last],
    'rule.repeated',
    '/rules/1',
  ],
  [
    'a value twice',
    when({ field: 'source', in: ['wa', 'WA'] }),
    'value.twice',
    '/rules/0/when/in/1',
  ],
  ['hour 24', when({ field: 'now.hour', is: 24 }), 'value.never', '/rules/0/when/is'],
  ['hour 9.5', when({ field: 'now.hour', is: 9.5 }), 'value.never', '/rules/0/when/is'],
  [
    'an address',
    when({ field: 'contact.emailDomain', is: '@x.io' }),
    'value.never',
    '/rules/0/when/is',
  ],
])('legal and useless: %s', (_, rules, code, path) => {
  const { faults, warnings } = check(rules);
  expect(faults).toEqual([]);
  expect(warnings.map((warning) => [warning.code, warning.path])).toEqual([[code, path]]);
});

const fitting: Record<string, unknown> = {
  ...{ text: 'x', texts: 'x', number: 3, flag: true, any: 'x', calendar: 'Office' },
};
const valueFor = (operator: string, value: unknown): unknown => {
  if (operator === 'exists') return true;
  if (operator === 'moreThan' || operator === 'lessThan') return 3;
  return operator === 'in' ? [value] : value;
};
const rest: Record<string, string> = { 'waiting.': 'Night', 'online.': 'Sales' };
const named: Record<string, string> = {
  ...{ channel: 'web', channelKind: 'WebChat', 'conversation.priority': 'high' },
  'now.weekday': 'mon',
};

test.each(Object.entries(ruleFields))('every operator of %s is legal', (field, type) => {
  for (const operator of operatorsOf[type]) {
    const name = field.endsWith('.') ? `${field}${rest[field] ?? 'a.0'}` : field;
    const value = valueFor(operator, named[field] ?? fitting[type]);
    const rules = when({ field: name, [operator]: value });
    expect(check(rules)).toEqual({ faults: [], warnings: [] });
    expect(compileRules(rules as never).rules).toHaveLength(2);
  }
});

test('no rules at all, the deepest and the largest condition are no fault', () => {
  expect(check([])).toEqual({ faults: [], warnings: [] });
  expect(check(when(deep(5))).faults).toEqual([]);
  expect(check(when({ any: Array(100).fill(source) })).faults).toEqual([]);
});

test('names that are not given are not looked at', () => {
  const rules = [makeRule({ field: 'channel', is: 'Fax' }), { ...last, name: 'B' }];
  expect(checkRules(rules, {}).faults).toEqual([]);
});

test('a name in another case is told as it is written', () => {
  const [fault] = check(when({ field: 'now.open', is: 'OFFICE' })).faults;
  expect(fault?.remedy).toContain('“Office”');
});

// What took the square of its size would take longer than a test may.
test('hostile rules are told in a hundred faults at most', () => {
  const wide = { all: Array(200_000).fill({ all: [] }) };
  const manyKeys = Object.fromEntries(Array.from({ length: 100_000 }, (_, nth) => [`k${nth}`, 1]));
  for (const rules of [
    ...[when(wide), when({ all: Array(200_000).fill(deep(7)) }), when(manyKeys)],
    ...[when({ all: [manyKeys, manyKeys] }), [manyKeys], doing(manyKeys), Array(500).fill(null)],
    when({ field: 'x'.repeat(1_000_000), ['y'.repeat(1_000_000)]: 1 }),
    when({ field: 'source', is: 'x'.repeat(10_000_000) }),
    when({ field: 'source', in: Array(1_000_000).fill(null) }),
  ]) {
    const { faults } = check(rules);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(faults).length).toBeLessThan(100_000);
  }
});

test('any JSON is answered', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      for (const rules of [json, [json], when(json), doing(json), when({ all: [json] })]) {
        expect(check(rules).faults).toBeInstanceOf(Array);
      }
    }),
    { numRuns: 2000 },
  );
});
