import { expect, test } from 'vitest';
import { conditionFields } from '../../contract/policy/rule-fields.ts';
import { type Facts, fieldReader, readField } from './facts.ts';

/** Every field holds its own name. */
const everything = {
  ...{ channel: ['channel'], channelKind: 'channelKind', source: 'source' },
  externalChannel: 'externalChannel',
  contact: {
    ...{ name: 'contact.name', emailDomain: 'contact.emailDomain', phone: 'contact.phone' },
    ...{ language: 'contact.language', attributes: { x: 'contact.attributes.' } },
    ...{ tags: ['contact.tags'], proved: true, conversations: 7, lastRating: 4 },
    agent: ['contact.agent'],
  },
  conversation: {
    ...{ department: ['conversation.department'], priority: 'conversation.priority' },
    ...{ tags: ['conversation.tags'], meta: { x: 'conversation.meta.' } },
    ...{ text: 'conversation.text', page: 'conversation.page' },
    ...{ referrer: 'conversation.referrer', files: 2 },
  },
  now: { open: ['now.open'], weekday: 'now.weekday', hour: 9 },
  waiting: { x: 11 },
  online: { x: 12 },
  message: { author: 'message.author', kind: 'message.kind' },
} satisfies Facts;

const figures: Record<string, unknown> = {
  ...{ 'contact.proved': true, 'contact.conversations': 7, 'contact.lastRating': 4 },
  ...{ 'conversation.files': 2, 'now.hour': 9, 'waiting.': 11, 'online.': 12 },
};

test.each(Object.keys(conditionFields))('%s reads what is meant by it', (field) => {
  const found = readField(everything, field.endsWith('.') ? `${field}x` : field);
  expect([found].flat()).toEqual([figures[field] ?? field]);
});

test.each(Object.keys(conditionFields))('%s is missing where nothing is known', (field) => {
  const name = field.endsWith('.') ? `${field}x` : field;
  const nothing = { contact: null, conversation: {}, waiting: null } as Facts;
  expect(readField(nothing, name)).toBeUndefined();
});

const attributes = (value: unknown): Facts => ({ contact: { attributes: value } });

test.each([
  ['a.b', { a: { b: 1 } }, 1],
  ['a.0', { a: ['first'] }, 'first'],
  ['a.1.b', { a: [0, { b: 2 }] }, 2],
  ['a', { a: null }, undefined],
  ['a.b', { a: 'text' }, undefined],
  ['a.0', { a: 'text' }, undefined],
  ['a.length', { a: 'text' }, undefined],
  ['a.length', { a: ['first'] }, undefined],
  ['a.01', { a: [0, 1] }, undefined],
  ['a.-1', { a: [0, 1] }, undefined],
  ['a.1e0', { a: [0, 1] }, undefined],
  ['constructor', {}, undefined],
  ['constructor.name', {}, undefined],
  ['__proto__', {}, undefined],
  ['__proto__.x', JSON.parse('{"__proto__": {"x": 3}}'), 3],
  ['hasOwnProperty', {}, undefined],
  ['a.b.c.d.e', { a: { b: { c: { d: { e: 5 } } } } }, 5],
] as const)('the path %s in %j finds %s', (path, value, expected) => {
  expect(readField(attributes(value), `contact.attributes.${path}`)).toBe(expected);
});

test('what stands 100,000 deep is no reason to fail', () => {
  let deep: unknown = 'bottom';
  for (let depth = 0; depth < 100_000; depth += 1) deep = { a: deep };
  expect(readField(attributes(deep), 'contact.attributes.a.a.a')).toBeTypeOf('object');
});

test('a plan or team may have dots in its name', () => {
  expect(readField({ waiting: { 'Level 2.1': 4 } }, 'waiting.Level 2.1')).toBe(4);
});

test.each([
  ...['', 'contact', 'contact.', 'contact.age', 'toString', '__proto__', 'contact.attributes'],
  ...['contact.attributes.', 'contact.attributes.a..b', 'contact.attributes.a.', 'waiting.'],
  ...['Channel', `contact.attributes.${'a'.repeat(300)}`],
])('no field is called “%s”', (name) => {
  expect(fieldReader(name)).toBeNull();
});
