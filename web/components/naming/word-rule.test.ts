// Rules as sentences, in each language.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Condition } from '../../../src/contract/policy/rule-fields.ts';
import { operators, ruleFields } from '../../../src/contract/policy/rule-fields.ts';
import { makeI18n } from '../../../test/makers/make-i18n.ts';
import { ar } from '../../i18n/ar.ts';
import { en } from '../../i18n/en.ts';
import { id } from '../../i18n/id.ts';
import { ko } from '../../i18n/ko.ts';
import { ptBr } from '../../i18n/pt-br.ts';
import { routingAr } from '../../i18n/routing-ar.ts';
import { routingEn } from '../../i18n/routing-en.ts';
import { routingId } from '../../i18n/routing-id.ts';
import { routingKo } from '../../i18n/routing-ko.ts';
import { routingPtBr } from '../../i18n/routing-pt-br.ts';
import { wordCondition, wordThen, wordWhen } from './word-rule.ts';

const words = {
  en: { ...en, ...routingEn },
  ar: { ...ar, ...routingAr },
  id: { ...id, ...routingId },
  ko: { ...ko, ...routingKo },
  'pt-BR': { ...ptBr, ...routingPtBr },
};
const wordings = await Promise.all(
  Object.entries(words).map(async ([language, own]) => {
    const i18n = await makeI18n(language, own);
    return { language, t: i18n.t };
  }),
);
const [english] = wordings as [(typeof wordings)[number]];

const gold: Condition = { field: 'contact.attributes.tier', is: 'gold' };

test.each<[Condition, string]>([
  [
    { all: [gold, { not: { field: 'now.open', is: 'Office' } }] },
    'the contact’s attribute tier is gold and Office is closed',
  ],
  [
    {
      any: [
        gold,
        {
          all: [
            { field: 'source', in: ['wa', 'fb'] },
            { field: 'now.hour', lessThan: 9 },
          ],
        },
      ],
    },
    'the contact’s attribute tier is gold or (the source is wa or fb and the hour is less than 9)',
  ],
  [{ field: 'now.weekday', is: 'mon' }, 'the weekday is Monday'],
  [{ field: 'contact.language', is: 'pt-BR' }, 'the contact’s language is Brazilian Portuguese'],
  [{ field: 'contact.tags', is: 'vip' }, 'the contact’s tags include vip'],
  [{ field: 'contact.proved', isNot: true }, 'the company does not vouch for the contact'],
  [{ field: 'waiting.Night', moreThan: 5 }, 'the number waiting in plan Night is more than 5'],
  [{ field: 'contact.phone', exists: false }, 'the contact’s phone number is not known'],
  [
    { not: { any: [gold, { field: 'now.open', isNot: 'Office' }] } },
    'not (the contact’s attribute tier is gold or Office is closed)',
  ],
])('%j', (condition, said) => {
  expect(wordCondition(condition, english)).toBe(said);
});

test('what a rule does, and one for everybody else', () => {
  const then = { plan: 'Night', priority: 'high' as const, addTags: ['gold', 'late'] };
  expect(wordThen({ then }, english)).toBe('plan Night, priority High, tags gold, late');
  expect(wordWhen({}, english)).toBe('All that no rule above matches');
});

test('every comparison is said in every language, whatever stands in it', () => {
  const field = fc
    .constantFrom(...Object.keys(ruleFields), 'no.such.field')
    .map((name) => (name.endsWith('.') ? `${name}x` : name));
  const letters = fc.stringMatching(/^[a-d 0-9]*$/);
  const value = fc.oneof(letters, fc.integer(), fc.boolean(), fc.array(letters));
  const comparison = fc
    .tuple(field, fc.constantFrom(...operators), value)
    .map(([name, operator, compared]) => ({ field: name, [operator]: compared }) as never);
  const run = fc.property(comparison, fc.constantFrom(...wordings), (condition, wording) => {
    const said = wordCondition(condition, wording);
    expect(said).not.toMatch(/rule\.|undefined|\{\{/);
  });
  fc.assert(run, { numRuns: 2000 });
});
