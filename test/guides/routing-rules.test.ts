// The guide to rules names every field and operator, and its examples are legal.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeRuleFields } from '../../scripts/describe-rule-fields.ts';
import { checkRules } from '../../src/routing/rules/check-rules.ts';

const guide = await readFile(`${import.meta.dirname}/../../docs/guides/routing-rules.md`, 'utf8');

test('the tables of fields and operators are as generated', () => {
  expect(describeRuleFields(guide)).toBe(guide);
});

test('the rules at its head are legal', () => {
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
  const names = { plans: ['Night', 'Default'], calendars: ['Office'] };
  expect(checkRules(JSON.parse(example), names)).toEqual({ faults: [], warnings: [] });
});
