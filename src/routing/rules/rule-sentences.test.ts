// What people read about their rules, word by word, and the limits at which they begin to read it.
import { expect, test } from 'vitest';
import { operators, ruleFields } from '../../contract/policy/rule-fields.ts';
import { checkRules } from './check-rules.ts';
import type { RuleNames } from './rule-names.ts';

const THEN = 'then';
const then = (what: unknown) => ({ [THEN]: what });
const last = { name: 'Everybody else', ...then({ plan: 'Default' }) };
const first = (when: unknown) => ({ name: 'First', when, ...then({ plan: 'Default' }) });
const under = (when: unknown) => [first(when), last];
const doing = (what: unknown) => [{ name: 'Only', ...then(what) }];
const names = {
  plans: ['Default', 'Night'],
  calendars: ['Office'],
  teams: ['A', 'B', 'C', 'D', 'E'],
  channels: ['A', 'B', 'C', 'D', 'E', 'F', 'G'],
};

/** Each as its place, what is wrong and what to do. */
function say(rules: unknown, known: RuleNames = names): string[] {
  const { faults, warnings } = checkRules(rules, known);
  return [...faults, ...warnings].map(({ path, detail, remedy }) => `${path}: ${detail} ${remedy}`);
}
const saidOf = (condition: unknown) =>
  say(under(condition)).map((one) => one.replace('/rules/0/when', ''));

const source = { field: 'source', is: 'wa' };
const any = (compared: object) => ({ field: 'contact.attributes.tier', ...compared });
const comparison = 'Write a comparison as {"field": "source", "is": "wa"}, or a group as';
const choices = operators.join(', ');
const fields = `Use one of the fields: ${Object.keys(ruleFields).join(', ')}.`;
const noField = 'Name the field that is looked at: {"field": "source", "is": "wa"}.';
const unlike = (operator: string, what: string) =>
  `/${operator}: “${operator}” does not compare this field with ${what}.`;
const text = 'Write a text, as "gold".';

test.each<[unknown, string]>([
  [null, `: A condition is an object, and this is null. ${comparison} {"all": [..]}.`],
  [[], `: A condition is an object, and this is a list. ${comparison} {"all": [..]}.`],
  ['x', `: A condition is an object, and this is a string. ${comparison} {"all": [..]}.`],
  [{ is: 1 }, `: It has no “field”. ${noField}`],
  [{ field: 1, is: 'x' }, `/field: Its “field” is no text. ${noField}`],
  [
    { field: 'source', equals: 'x' },
    `/equals: There is no operator “equals”. Use one of ${choices}.`,
  ],
  [
    { field: 'source' },
    `: The comparison of “source” has no operator. Add one of ${choices}: {"field": "source", "is": "wa"}.`,
  ],
  [
    { field: 'contact.attributes', is: 'x' },
    '/field: There is no field “contact.attributes”. Say which: “contact.attributes.” and what follows it.',
  ],
  [
    { field: 'Conversation.Meta', is: 'x' },
    '/field: There is no field “Conversation.Meta”. Say which: “conversation.meta.” and what follows it.',
  ],
  [{ field: 'contact.attr', is: 'x' }, `/field: There is no field “contact.attr”. ${fields}`],
  [{ field: 'ource', is: 'x' }, `/field: There is no field “ource”. ${fields}`],
  [
    { field: 'contact.attributes.', is: 'x' },
    '/field: There is no field “contact.attributes.”. Write names after the last dot, none of them empty, 300 characters in all at most.',
  ],
  [
    { field: 'Contact.Name', is: 'x' },
    '/field: There is no field “Contact.Name”. Write “contact.name”.',
  ],
  [{ field: 'x'.repeat(60), is: 'x' }, `/field: There is no field “${'x'.repeat(60)}”. ${fields}`],
  [{ field: 'x'.repeat(61), is: 'x' }, `/field: There is no field “${'x'.repeat(60)}…”. ${fields}`],
  [
    { field: 'contact.name', moreThan: 3 },
    '/moreThan: “moreThan” does not fit “contact.name”. Use one of is, isNot, in, contains, startsWith, exists.',
  ],
  [{ field: 'source', is: null }, `${unlike('is', 'null')} ${text}`],
  [{ field: 'source', is: ['a'] }, `${unlike('is', 'a list')} ${text}`],
  [{ field: 'source', is: {} }, `${unlike('is', 'an object')} ${text}`],
  [{ field: 'source', is: true }, `${unlike('is', 'true or false')} ${text}`],
  [{ field: 'source', is: 3 }, `${unlike('is', 'a number')} ${text}`],
  [{ field: 'now.hour', is: '9' }, `${unlike('is', 'a text')} Write a number, as 3.`],
  [
    { field: 'now.hour', moreThan: Number.POSITIVE_INFINITY },
    `${unlike('moreThan', 'a number without end')} Write a number, as 3.`,
  ],
  [{ field: 'contact.proved', is: 'true' }, `${unlike('is', 'a text')} Write true or false.`],
  [any({ is: null }), `${unlike('is', 'null')} Write a text, a number, true or false.`],
  [any({ contains: 3 }), `${unlike('contains', 'a number')} ${text}`],
  [any({ startsWith: 3 }), `${unlike('startsWith', 'a number')} ${text}`],
  [any({ lessThan: 'x' }), `${unlike('lessThan', 'a text')} Write a number, as 3.`],
  [
    { field: 'source', in: [] },
    '/in: The list has 0 values. List 1 to 100 values; for more, use several comparisons in {"any": [..]}.',
  ],
  [
    { field: 'source', in: ['wa', 'WA'] },
    '/in/1: The value stands in the list before; upper and lower case are the same. Take one of them out.',
  ],
  [
    { field: 'contact.emailDomain', is: '@x.io' },
    '/is: A domain has no @ in it. Write what follows the @.',
  ],
  [
    { field: 'now.weekday', is: 'monday' },
    '/is: “now.weekday” is never “monday”. Use one of mon, tue, wed, thu, fri, sat, sun.',
  ],
  [
    { field: 'now.open', is: ' office ' },
    '/is: There is no calendar “ office ”. Write “Office”: names are compared letter by letter.',
  ],
  [
    { field: 'now.open', is: 'Home' },
    '/is: There is no calendar “Home”. Name one of “Office”, or make a calendar of that name first.',
  ],
  [
    { field: 'channel', is: 'Fax' },
    '/is: There is no channel “Fax”. Name one of “A”, “B”, “C”, “D”, “E”, and 2 more, or make a channel of that name first.',
  ],
  [
    { field: 'online.Z', lessThan: 1 },
    '/field: There is no team “Z”. Name one of “A”, “B”, “C”, “D”, “E”, or make a team of that name first.',
  ],
  [
    { field: 'waiting.Z', lessThan: 1 },
    '/field: There is no plan “Z”. Name one of “Default”, “Night”, or make a plan of that name first.',
  ],
])('of the condition %j it says %s', (condition, sentences) => {
  expect(saidOf(condition)).toEqual([sentences]);
});

test.each<[string, unknown, string]>([
  [
    'a rule behind one without a condition',
    [last, { ...last, name: 'B' }],
    '/rules/1: Rule 1 has no condition, so this one is never asked. Move it above that rule, or take it out.',
  ],
  [
    'a condition that stands there before',
    [first(any({ is: 1 })), { ...first(source), name: 'B' }, { ...first(source), name: 'C' }, last],
    '/rules/2: Rule 2 has the same condition, so this one never decides. Change the condition, or take the rule out.',
  ],
  [
    'a name that is taken',
    [first(source), first(any({ is: 1 })), last],
    '/rules/1/name: Rule 1 is called “First” too; upper and lower case are the same. Give each rule a name of its own.',
  ],
  [
    'a plan in another case',
    doing({ plan: 'night ' }),
    '/rules/0/then/plan: There is no plan “night ”. Write “Night”: names are compared letter by letter.',
  ],
  [
    'a priority',
    doing({ plan: 'Night', priority: 'top' }),
    '/rules/0/then/priority: There is no such priority. Use one of low, normal, high, urgent, or leave it out to keep the conversation’s own.',
  ],
])('of %s it says what it is', (_, rules, sentences) => {
  expect(say(rules)).toEqual([sentences]);
});

test('where there is nothing to be named, it says that this comes first', () => {
  const nothing = { plans: [], calendars: [], teams: [], channels: [] };
  const remedies = (rules: unknown) =>
    checkRules(rules, nothing).faults.map(({ remedy }) => remedy);
  const make = (kind: string) => `Make a ${kind} of that name first, or take this out.`;
  const wanting = {
    all: [
      { field: 'now.open', is: 'x' },
      { field: 'channel', is: 'x' },
    ],
  };
  expect(remedies([{ ...last, when: wanting }, last]).slice(0, 2)).toEqual([
    make('calendar'),
    make('channel'),
  ]);
  expect(remedies(doing({ plan: 'x' }))).toEqual([make('plan')]);
});

test('what there is to be named is not looked at where it is not known', () => {
  const all = [
    { field: 'now.open', is: 'x' },
    { field: 'channel', is: 'x' },
    { field: 'waiting.x', lessThan: 1 },
    { field: 'online.x', lessThan: 1 },
  ];
  expect(say([{ ...first({ all }), ...then({ plan: 'x' }) }, last], {})).toEqual([]);
});

test('an hour is from 0 to 23, and is compared with 0 to 24 at the ends', () => {
  const never = (compared: object) => saidOf({ field: 'now.hour', ...compared }).length === 1;
  expect([-1, 0, 9.5, 23, 24].map((is) => never({ is }))).toEqual([true, false, true, false, true]);
  for (const operator of ['moreThan', 'lessThan']) {
    const bounds = [-1, 0, 9.5, 23, 24, 25];
    const found = bounds.map((bound) => never({ [operator]: bound }));
    expect(found).toEqual([true, false, false, false, false, true]);
  }
  expect(saidOf({ field: 'now.hour', is: 24 })).toEqual([
    '/is: The hour is never 24. Write a whole number from 0 to 23.',
  ]);
  expect(saidOf({ field: 'conversation.files', is: 24 })).toEqual([]);
});

const many = (count: number) => Array.from({ length: count }, (_, nth) => `${nth}`);
const rules = (count: number) => [
  ...many(count - 1).map((name) => ({ ...first(any({ is: name })), name })),
  last,
];

test.each<[string, (count: number) => unknown, number]>([
  ['rules', rules, 500],
  ['comparisons', (count) => under({ any: many(count).map((is) => any({ is })) }), 100],
  ['values of a list', (count) => under(any({ in: many(count) })), 100],
  ['characters of a value', (count) => under(any({ is: 'x'.repeat(count) })), 400],
  ['characters of a name', (count) => [{ ...last, name: 'x'.repeat(count) }], 100],
  ['characters of a tag', (count) => doing({ plan: 'Night', addTags: ['x'.repeat(count)] }), 100],
  ['tags', (count) => doing({ plan: 'Night', addTags: many(count) }), 20],
  [
    'characters of a field',
    (count) => under({ field: 'conversation.meta.'.padEnd(count, 'x'), is: 'x' }),
    300,
  ],
])('the most %s are held, and one more is at fault', (_, make, most) => {
  expect(say(make(most))).toEqual([]);
  expect(say(make(most + 1))).toHaveLength(1);
});

test('no more than a hundred faults are told, and no further rule, key or value is looked at', () => {
  const keys = Object.fromEntries(many(150).map((key) => [key, 1]));
  expect(say([{ ...last, ...keys }])).toHaveLength(100);
  expect(say(doing({ plan: 'Night', ...keys }))).toHaveLength(100);
  expect(say([{ ...last, one: 1, two: 2 }])).toHaveLength(2);
  expect(say(doing({ plan: 'Night', one: 1, two: 2 }))).toHaveLength(2);
});
