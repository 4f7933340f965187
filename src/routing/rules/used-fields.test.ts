import { expect, test } from 'vitest';
import type { Rule } from '../../contract/policy/rule.ts';
import type { Condition } from '../../contract/policy/rule-fields.ts';
import { compileRules } from './compile-rules.ts';
import { usedFields } from './used-fields.ts';

const makeRule = (name: string, when?: Condition): Rule => {
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const rule = { name, then: { plan: 'Default' } };
  return when === undefined ? rule : { ...rule, when };
};

const use = (...rules: Rule[]) => usedFields(compileRules(rules));

test('fields, plans, teams and calendars are named once each, however deep they stand', () => {
  const used = use(
    makeRule('one', {
      all: [
        { field: 'contact.conversations', moreThan: 3 },
        { not: { any: [{ field: 'waiting.Night', moreThan: 5 }] } },
        { field: 'now.open', isNot: 'Office' },
      ],
    }),
    makeRule('two', { field: 'now.open', in: ['Office', 'Night'] }),
    makeRule('three', { field: 'online.Level 2.1', lessThan: 1 }),
    makeRule('else'),
  );
  expect([...used.fields]).toEqual([
    ...['contact.conversations', 'waiting.Night', 'now.open', 'online.Level 2.1'],
  ]);
  expect([...used.waiting.keys()]).toEqual(['Night']);
  expect([...used.online]).toEqual(['Level 2.1']);
  expect([...used.calendars]).toEqual(['Office', 'Night']);
});

test('rules behind one without a condition ask for nothing', () => {
  const used = use(makeRule('always'), makeRule('never', { field: 'source', is: 'wa' }));
  expect([...used.fields]).toEqual([]);
});

test('what waits in a plan is counted to a thousand, or beyond the largest number it is compared with', () => {
  const used = use(
    makeRule('few', { field: 'waiting.Night', moreThan: 5 }),
    makeRule('many', { not: { field: 'waiting.Day', in: [3000, 20] } }),
    makeRule('between', { field: 'waiting.Dusk', lessThan: 2000.5 }),
    makeRule('else'),
  );
  expect(Object.fromEntries(used.waiting)).toEqual({ Night: 1000, Day: 3001, Dusk: 2002 });
});
